package org.laplace4j.nn.train;

import org.laplace4j.linalg.Arrays;

/** ‖g‖₂ over the whole of R^Θ, and gradients no longer than a bound. */
final class GradientNorm {
  private GradientNorm() {}

  /** √Σ gᵢ², scaled by the largest entry so that squares neither overflow nor vanish. */
  static double of(double[] g) {
    double largest = 0;
    for (double each : g) {
      largest = Math.max(largest, Math.abs(each));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double each : g) {
      double scaled = each / largest;
      sum += scaled * scaled;
    }
    return largest * Math.sqrt(sum);
  }

  /** g min(1, c/‖g‖) (Pascanu, Mikolov and Bengio 2013). */
  static double[] clipped(double[] g, double c) {
    double norm = of(g);
    return norm > c ? Arrays.scale(g, c / norm) : g;
  }
}
