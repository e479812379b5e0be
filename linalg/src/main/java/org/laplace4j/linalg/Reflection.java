package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/** H = I − τ v vᵀ with v₀ = 1, which maps some vector to β times the first unit vector. */
final class Reflection {
  private static final Kernels KERNELS = KernelProvider.kernels();

  /** Of squares of entries of a matrix whose largest is about 1. */
  private static final double NOTHING = 1e-280;

  final double tau;
  final double beta;

  private Reflection(double tau, double beta) {
    this.tau = tau;
    this.beta = beta;
  }

  /** That of the m ≥ 1 entries from {@code at} on, which become v. */
  static Reflection of(double[] x, int at, int m) {
    double first = x[at];
    double rest = KERNELS.dot(x, at + 1, x, at + 1, m - 1);
    x[at] = 1;
    if (rest <= NOTHING) {
      // Already a multiple of a unit vector; squares this small have too few digits to reflect
      // with.
      java.util.Arrays.fill(x, at + 1, at + m, 0);
      return new Reflection(0, first);
    }
    double beta = -Math.copySign(Math.sqrt(first * first + rest), first);
    double scale = 1 / (first - beta);
    for (int i = at + 1; i < at + m; i++) {
      x[i] *= scale;
    }
    return new Reflection((beta - first) / beta, beta);
  }
}
