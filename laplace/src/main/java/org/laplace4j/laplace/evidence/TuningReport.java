package org.laplace4j.laplace.evidence;

import java.util.List;
import java.util.Locale;

/**
 * What a tuner did: nothing is silent.
 *
 * @param before the log evidence at the start
 * @param after the log evidence at the optimum
 * @param effectiveParameters γ at the optimum
 * @param evaluations how often what the tuner looks at was computed
 * @param path the best value after each step of what the tuner looks at: log evidence, the larger
 *     the better, or a score, the smaller the better
 * @param gradientNorm the largest free component of the gradient with respect to the logarithms, at
 *     the optimum; of a search by values alone, the width in log δ of the interval that was left
 * @param converged whether that is below the tolerance
 * @param edges how many values ended on an edge of their range, where what the tuner looks at would
 *     have them go on
 */
public record TuningReport(
    double before,
    double after,
    double effectiveParameters,
    int evaluations,
    List<Double> path,
    double gradientNorm,
    boolean converged,
    int edges) {

  /** Copies the list. */
  public TuningReport {
    path = List.copyOf(path);
  }

  /** One line for a log, with a warning where there is reason for one. */
  @Override
  public String toString() {
    String summary = String.format(
        Locale.ROOT,
        "log evidence %.3f -> %.3f in %d evaluations, %.1f effective parameters",
        before,
        after,
        evaluations,
        effectiveParameters);
    String edge = edges == 0 ? "" : "; " + edges + " value(s) on an edge of the range";
    return summary + edge + (converged ? "" : "; not converged, gradient " + gradientNorm);
  }
}
