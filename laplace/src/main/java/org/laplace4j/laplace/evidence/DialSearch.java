package org.laplace4j.laplace.evidence;

import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * One number of a posterior, chosen by a score that is to be small: a grid of half decades from
 * 1e-6 to 1e6, then golden section around the best. If none is better than what there is, that
 * stays.
 *
 * @param dial what is chosen
 * @param where what messages call the tuner
 * @param advice what to do where no score is finite
 */
record DialSearch(Dial dial, String where, String advice) {
  /** Natural logarithms: 1e-6, in steps of half a decade, 24 of them. */
  private static final double FROM = -6 * Math.log(10);

  private static final double STEP = 0.5 * Math.log(10);
  private static final int STEPS = 24;

  /** In log δ: two hundredths of δ change no score by what could be measured. */
  private static final double WIDTH = 0.02;

  /**
   * The best.
   *
   * @param start the score of the posterior as it is
   * @param score that of a value; no precision that is not positive definite is the best
   */
  <K extends Likelihood> Tuned<K> smallest(
      LaplacePosterior<K> posterior, double start, DoubleUnaryOperator score) {
    return smallest(posterior, start, score, value -> dial.set(posterior, value));
  }

  /** The same where more is set with the number. */
  <K extends Likelihood> Tuned<K> smallest(
      LaplacePosterior<K> posterior,
      double start,
      DoubleUnaryOperator score,
      DoubleFunction<LaplacePosterior<K>> set) {
    LineSearch.Minimum found =
        LineSearch.of(z -> scoreOrWorst(score, Math.exp(z)), FROM, STEP, STEPS, WIDTH);
    if (!Double.isFinite(found.value()) && !Double.isFinite(start)) {
      throw new IllegalArgumentException(where + ": the score is " + start
          + " as it is, and is finite at none of " + found.evaluations()
          + " values from 1e-6 to 1e6; " + advice + ".");
    }
    boolean better = found.value() < start || !Double.isFinite(start);
    LaplacePosterior<K> after = better ? set.apply(Math.exp(found.at())) : posterior;
    TuningReport report = new TuningReport(
        posterior.evidence().logMarginalLikelihood(),
        after.evidence().logMarginalLikelihood(),
        after.effectiveParameters(),
        found.evaluations() + 1,
        found.path(),
        found.width(),
        found.width() <= WIDTH,
        isOnEdge(better ? OptionalDouble.of(found.at()) : dial.log(posterior)) ? 1 : 0);
    return new Tuned<>(after, report);
  }

  /** Whether the value that is kept is an end of the grid, or beyond. */
  private static boolean isOnEdge(OptionalDouble log) {
    double end = FROM + STEPS * STEP;
    return log.isPresent()
        && (log.getAsDouble() <= FROM + WIDTH || log.getAsDouble() >= end - WIDTH);
  }

  private static double scoreOrWorst(DoubleUnaryOperator score, double value) {
    try {
      return score.applyAsDouble(value);
    } catch (NotPositiveDefiniteException tooSmall) {
      return Double.POSITIVE_INFINITY;
    }
  }
}
