package org.laplace4j.laplace.evidence;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The ascent of the evidence from the best of some starts.
 *
 * @param at what there is at given coordinates: a posterior, say
 * @param evidence its evidence
 * @param effectiveParameters its γ
 * @param gradient the gradient of the log evidence in the coordinates
 * @param concavity how fast that falls along each coordinate, about
 */
record Ascent<P>(
    Function<double[], P> at,
    Function<P, Evidence> evidence,
    ToDoubleFunction<P> effectiveParameters,
    Function<P, double[]> gradient,
    Function<P, double[]> concavity) {

  /** Coordinates are logarithms; values stay between 1e-10 and 1e10. */
  static final double EDGE = Math.log(1e10);

  /** In nats a unit of a logarithm: what is left to gain is about the square of that. */
  static final double TOLERANCE = 1e-5;

  /** More steps than an ascent to the top takes. */
  static final int TO_THE_TOP = 200;

  /** Where it ended, and what was done. */
  record Top<P>(P after, TuningReport report) {}

  /** Of posteriors. */
  static <K extends Likelihood> Ascent<LaplacePosterior<K>> of(
      Function<double[], LaplacePosterior<K>> at,
      Function<LaplacePosterior<K>, double[]> gradient,
      Function<LaplacePosterior<K>, double[]> concavity) {
    return new Ascent<>(
        at, LaplacePosterior::evidence, LaplacePosterior::effectiveParameters, gradient, concavity);
  }

  /** From the best of the starts, by so many steps at most. */
  Top<P> from(P before, List<double[]> starts, int steps) {
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
    double start = logEvidence(before);
    // What there was may be better than any optimum in the box: then it stays.
    P after = start > optimum.value() ? before : at.apply(optimum.at());
    TuningReport report = new TuningReport(
        start,
        logEvidence(after),
        effectiveParameters.applyAsDouble(after),
        optimum.evaluations() + starts.size(),
        optimum.path(),
        optimum.gradientNorm(),
        optimum.converged(),
        optimum.edges());
    return new Top<>(after, report);
  }

  private double logEvidence(P of) {
    return evidence.apply(of).logMarginalLikelihood();
  }

  private double value(double[] coordinates) {
    try {
      double value = logEvidence(at.apply(coordinates));
      return Double.isFinite(value) ? value : Double.NEGATIVE_INFINITY;
    } catch (NotPositiveDefiniteException tooSmall) {
      return Double.NEGATIVE_INFINITY;
    }
  }

  private QuasiNewton.Evaluation evaluate(double[] coordinates) {
    try {
      P there = at.apply(coordinates);
      return new QuasiNewton.Evaluation(
          logEvidence(there), gradient.apply(there), concavity.apply(there));
    } catch (NotPositiveDefiniteException tooSmall) {
      return QuasiNewton.Evaluation.worst(coordinates.length);
    }
  }
}
