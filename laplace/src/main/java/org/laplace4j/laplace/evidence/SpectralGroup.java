package org.laplace4j.laplace.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * The evidence of the elements that share one precision δ, n of them, from the eigenvalues λ ≥ 0 of
 * their curvature and q = Σ (θ*ᵢ − μᵢ)².
 *
 * <pre>
 *   E(log δ)  = ½ (n log δ − Σ log (λ + δ) − δ q)
 *   E′        = ½ (γ − δ q)                          γ = Σ λ/(λ + δ)
 *   γ = δ q at the top:  log δ ← log δ + log (γ/(δ q)) / (1 + Σ λ δ/(λ + δ)² / γ)
 * </pre>
 *
 * <p>E is concave in log δ, so E′ has one zero at most. The step is Newton's for the logarithm of
 * MacKay's (1992) fixed point δ = γ/q, and right at once both where δ is far below all λ and where
 * it is far above them; where it leaves the points between which the zero must lie, the middle is
 * taken. O(n) an evaluation, and no decomposition.
 *
 * @param eigenvalues λ, (n)
 * @param square q
 */
record SpectralGroup(double[] eigenvalues, double square) {
  /**
   * Where the ascent ended.
   *
   * @param at log δ
   * @param gradient |E′| there, 0 where it is held on an edge
   * @param onEdge whether it is held on an edge
   * @param path the best E after each evaluation
   */
  record Top(double at, double gradient, boolean onEdge, List<Double> path) {}

  /** E, E′, and the step. */
  private record Evaluation(double value, double slope, double step) {}

  /**
   * From a start, over −edge ≤ log δ ≤ edge, until |E′| is below the tolerance, or so many steps
   * are done.
   */
  Top climb(double start, double edge, double tolerance, int steps) {
    double lower = -edge;
    double upper = edge;
    double z = Math.max(lower, Math.min(upper, start));
    List<Double> path = new ArrayList<>();
    for (int step = 0; ; step++) {
      Evaluation here = at(z);
      path.add(path.isEmpty() ? here.value : Math.max(here.value, path.get(path.size() - 1)));
      boolean held = z == edge && here.slope > 0 || z == -edge && here.slope < 0;
      if (held || Math.abs(here.slope) <= tolerance || lower == upper || step == steps) {
        return new Top(z, held ? 0 : Math.abs(here.slope), held, List.copyOf(path));
      }
      lower = here.slope > 0 ? z : lower;
      upper = here.slope < 0 ? z : upper;
      z = next(z, here, lower, upper, edge);
    }
  }

  /** A point strictly between the two, or an edge that has not been tried yet. */
  private static double next(double z, Evaluation here, double lower, double upper, double edge) {
    double newton = z + here.step;
    if (newton > lower && newton < upper) {
      return newton;
    }
    if (newton >= edge && upper == edge) {
      return edge;
    }
    return newton <= -edge && lower == -edge ? -edge : lower + (upper - lower) / 2;
  }

  private Evaluation at(double z) {
    double delta = Math.exp(z);
    double logs = 0;
    double gamma = 0;
    double bend = 0;
    for (double lambda : eigenvalues) {
      double share = lambda / (lambda + delta);
      // log δ − log (λ + δ), without the difference of two large sums.
      logs -= Math.log1p(lambda / delta);
      gamma += share;
      bend += share * (1 - share);
    }
    double pull = delta * square;
    double step = Math.log(gamma / pull) / (1 + (gamma > 0 ? bend / gamma : 0));
    return new Evaluation(0.5 * (logs - pull), 0.5 * (gamma - pull), step);
  }
}
