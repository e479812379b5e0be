package org.laplace4j.laplace.evidence;

import java.util.List;
import java.util.function.Function;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The ascent of the evidence from the best of some starts.
 *
 * @param at the posterior at given coordinates
 * @param gradient the gradient of its evidence in them
 * @param concavity how fast that falls along each coordinate, about
 */
record Ascent<K extends Likelihood>(
    Function<double[], LaplacePosterior<K>> at,
    Function<LaplacePosterior<K>, double[]> gradient,
    Function<LaplacePosterior<K>, double[]> concavity) {

  /** Coordinates are logarithms; values stay between 1e-10 and 1e10. */
  static final double EDGE = Math.log(1e10);

  /** In nats a unit of a logarithm: what is left to gain is about the square of that. */
  static final double TOLERANCE = 1e-5;

  /** More steps than an ascent to the top takes. */
  static final int TO_THE_TOP = 200;

  /** From the best of the starts, by so many steps at most. */
  Tuned<K> from(LaplacePosterior<K> before, List<double[]> starts, int steps) {
    double[] best = starts.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (double[] coordinates : starts) {
      double value = value(coordinates);
      if (value > highest) {
        best = coordinates;
        highest = value;
      }
    }
    QuasiNewton.Optimum optimum =
        new QuasiNewton(this::evaluate, -EDGE, EDGE, TOLERANCE, steps).maximise(best);
    double start = before.evidence().logMarginalLikelihood();
    // What there was may be better than any optimum in the box: then it stays.
    LaplacePosterior<K> after = optimum.value() >= start ? at.apply(optimum.at()) : before;
    TuningReport report = new TuningReport(
        start,
        after.evidence().logMarginalLikelihood(),
        after.effectiveParameters(),
        optimum.evaluations() + starts.size(),
        optimum.path(),
        optimum.gradientNorm(),
        optimum.converged(),
        optimum.edges());
    return new Tuned<>(after, report);
  }

  private double value(double[] coordinates) {
    try {
      double value = at.apply(coordinates).evidence().logMarginalLikelihood();
      return Double.isFinite(value) ? value : Double.NEGATIVE_INFINITY;
    } catch (NotPositiveDefiniteException tooSmall) {
      return Double.NEGATIVE_INFINITY;
    }
  }

  private QuasiNewton.Evaluation evaluate(double[] coordinates) {
    try {
      LaplacePosterior<K> posterior = at.apply(coordinates);
      return new QuasiNewton.Evaluation(
          posterior.evidence().logMarginalLikelihood(),
          gradient.apply(posterior),
          concavity.apply(posterior));
    } catch (NotPositiveDefiniteException tooSmall) {
      return QuasiNewton.Evaluation.worst(coordinates.length);
    }
  }
}
