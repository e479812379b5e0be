package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * A = L Lᵀ for a symmetric positive definite A, shape (n, n), with L lower triangular.
 *
 * <pre>
 *   log det A = 2 Σᵢ log Lᵢᵢ      A⁻¹ = L⁻ᵀ L⁻¹      (A⁻¹)ᵢᵢ = Σⱼ (L⁻¹)ⱼᵢ²
 * </pre>
 *
 * <p>Building and inverting cost O(n³), a solve O(n²) for each right-hand side. The lower triangle
 * of A is read. Immutable.
 */
public final class Cholesky {

  private static final Kernels KERNELS = KernelProvider.kernels();

  private final Matrix lower;

  /**
   * Decomposes A.
   *
   * @throws NotPositiveDefiniteException if a pivot is not positive
   */
  public Cholesky(Matrix a) {
    int n = a.rows();
    if (n != a.cols()) {
      throw new IllegalArgumentException(String.format(
          "Cholesky: the matrix must be square, but came (%d, %d); give a symmetric matrix.",
          n, a.cols()));
    }
    this.lower = Matrix.adopt(n, n, CholeskyPanels.factor(a.array(), n));
  }

  /** n. */
  public int size() {
    return lower.rows();
  }

  /** L, zero above the diagonal. */
  public Matrix lower() {
    return lower;
  }

  /** log det A = 2 Σᵢ log Lᵢᵢ. */
  public double logDet() {
    return 2 * Arrays.sumLog(lower.diagonal());
  }

  /** A⁻¹ b. */
  public double[] solve(double[] b) {
    return solveUpper(solveLower(b));
  }

  /** A⁻¹ B, shapes (n, n) · (n, k) → (n, k). */
  public Matrix solve(Matrix b) {
    return solveUpper(solveLower(b));
  }

  /** L⁻¹ b. */
  public double[] solveLower(double[] b) {
    double[] x = copyForSolve(b.length, b);
    double[] l = lower.array();
    int n = size();
    for (int i = 0; i < n; i++) {
      x[i] = (x[i] - KERNELS.dot(l, i * n, x, 0, i)) / l[i * n + i];
    }
    return x;
  }

  /** L⁻¹ B, shapes (n, n) · (n, k) → (n, k). */
  public Matrix solveLower(Matrix b) {
    double[] x = copyForSolve(b.rows(), b.array());
    BlockedTriangle.solveLower(lower.array(), size(), x, b.cols());
    return Matrix.adopt(size(), b.cols(), x);
  }

  /** L⁻ᵀ b. */
  public double[] solveUpper(double[] b) {
    double[] x = copyForSolve(b.length, b);
    double[] l = lower.array();
    int n = size();
    for (int i = n - 1; i >= 0; i--) {
      x[i] /= l[i * n + i];
      KERNELS.addScaled(-x[i], l, i * n, x, 0, i);
    }
    return x;
  }

  /** L⁻ᵀ B, shapes (n, n) · (n, k) → (n, k). */
  public Matrix solveUpper(Matrix b) {
    double[] x = copyForSolve(b.rows(), b.array());
    BlockedTriangle.solveUpper(lower.array(), size(), x, b.cols());
    return Matrix.adopt(size(), b.cols(), x);
  }

  /** A⁻¹ = L⁻ᵀ L⁻¹, exactly symmetric. */
  public Matrix inverse() {
    return lowerInverse().gram();
  }

  /** The diagonal of A⁻¹: the squares of L⁻¹ summed over each column. */
  public double[] inverseDiagonal() {
    Matrix m = lowerInverse();
    var sums = new double[size()];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j <= i; j++) {
        sums[j] = Math.fma(m.get(i, j), m.get(i, j), sums[j]);
      }
    }
    return sums;
  }

  /** L⁻¹, zero above the diagonal. */
  public Matrix lowerInverse() {
    return Matrix.adopt(size(), size(), BlockedTriangle.inverse(lower.array(), size()));
  }

  private double[] copyForSolve(int rows, double[] b) {
    if (rows != size()) {
      throw new IllegalArgumentException(String.format(
          "Cholesky: a right-hand side for a matrix (%d, %d) must have %d rows, but %d came; check the shapes.",
          size(), size(), size(), rows));
    }
    return b.clone();
  }
}
