package org.laplace4j.laplace.evidence;

import java.util.List;
import java.util.Locale;

/**
 * What a tuner did: nothing is silent.
 *
 * @param before the log evidence at the start
 * @param after the log evidence at the optimum
 * @param effectiveParameters γ at the optimum
 * @param evaluations how often the evidence and its gradient were computed
 * @param path the best log evidence after each step of the ascent
 * @param gradientNorm the largest free component of the gradient with respect to the logarithms, at
 *     the optimum
 * @param converged whether that is below the tolerance
 * @param edges how many values ended on an edge of their range, where the evidence would have them
 *     go on
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
