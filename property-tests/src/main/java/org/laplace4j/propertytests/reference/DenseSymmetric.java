package org.laplace4j.propertytests.reference;

/** A dense symmetric positive definite matrix in plain loops, by its Cholesky factor: P = L Lᵀ. */
final class DenseSymmetric {
  private final int n;
  private final double[] lower;

  DenseSymmetric(int n, double[] p) {
    this.n = n;
    this.lower = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = p[i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i * n + k] * lower[j * n + k];
        }
        if (i == j && !(sum > 0)) {
          throw new IllegalArgumentException(
              "pivot " + i + " of a positive definite matrix must be > 0, it is " + sum);
        }
        lower[i * n + j] = i == j ? Math.sqrt(sum) : sum / lower[j * n + j];
      }
    }
  }

  double logDet() {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += 2 * Math.log(lower[i * n + i]);
    }
    return sum;
  }

  /** L⁻¹ b; its squared norm is bᵀ P⁻¹ b. */
  double[] solveLower(double[] b) {
    double[] x = b.clone();
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i * n + k] * x[k];
      }
      x[i] /= lower[i * n + i];
    }
    return x;
  }

  /** P⁻¹ b = L⁻ᵀ (L⁻¹ b). */
  double[] solve(double[] b) {
    double[] x = solveLower(b);
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= lower[k * n + i] * x[k];
      }
      x[i] /= lower[i * n + i];
    }
    return x;
  }

  /** The diagonal of P⁻¹ = L⁻ᵀ L⁻¹: squared norms of the columns of L⁻¹. */
  double[] inverseDiagonal() {
    var diagonal = new double[n];
    for (int j = 0; j < n; j++) {
      var unit = new double[n];
      unit[j] = 1;
      double[] column = solveLower(unit);
      for (double x : column) {
        diagonal[j] += x * x;
      }
    }
    return diagonal;
  }
}
