package org.laplace4j.propertytests.reference;

import java.util.Arrays;

/** Eigenvalues of a symmetric matrix by Jacobi's rotations, each of which makes one pair of entries zero. */
final class JacobiEigenvalues {
  /** Convergence is quadratic: a dozen sweeps do for any size that fits in memory. */
  private static final int SWEEPS = 30;

  private JacobiEigenvalues() {}

  /** In ascending order. */
  static double[] of(double[] square) {
    int n = (int) Math.round(Math.sqrt(square.length));
    double[] m = square.clone();
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(m, n, p, q);
        }
      }
    }
    var values = new double[n];
    Arrays.setAll(values, i -> m[i * n + i]);
    Arrays.sort(values);
    return values;
  }

  private static void rotate(double[] m, int n, int p, int q) {
    if (m[p * n + q] == 0) {
      return;
    }
    double half = (m[q * n + q] - m[p * n + p]) / (2 * m[p * n + q]);
    double t = Math.signum(half) / (Math.abs(half) + Math.hypot(1, half));
    t = half == 0 ? 1 : t;
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    for (int k = 0; k < n; k++) {
      double x = m[k * n + p];
      double y = m[k * n + q];
      m[k * n + p] = c * x - s * y;
      m[k * n + q] = s * x + c * y;
    }
    for (int k = 0; k < n; k++) {
      double x = m[p * n + k];
      double y = m[q * n + k];
      m[p * n + k] = c * x - s * y;
      m[q * n + k] = s * x + c * y;
    }
  }
}
