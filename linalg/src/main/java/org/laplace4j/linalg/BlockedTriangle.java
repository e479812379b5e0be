package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * The O(n³) work of a Cholesky decomposition, in blocks of 64 so that nearly all of it is matrix
 * products. With A split after its first block,
 *
 * <pre>
 *   [A₁₁  ·  ]   [L₁₁  0 ] [L₁₁ᵀ L₂₁ᵀ]      L₁₁ = chol A₁₁
 *   [A₂₁ A₂₂ ] = [L₂₁ L₂₂] [ 0   L₂₂ᵀ]      L₂₁ = A₂₁ L₁₁⁻ᵀ      L₂₂ = chol (A₂₂ − L₂₁ L₂₁ᵀ)
 * </pre>
 *
 * <p>and likewise for triangular systems. The diagonal blocks are inverted, so that what is beside
 * them is a product too.
 */
final class BlockedTriangle {
  private static final Kernels KERNELS = KernelProvider.kernels();
  private static final int BLOCK = 64;

  /**
   * Columns of an update that are written at a time; of the upper triangle no more than half of
   * this square is wasted.
   */
  private static final int STRIP = 128;

  private BlockedTriangle() {}

  /** Overwrites the lower triangle of A (n, n) with L, and the rest with zeros. */
  static void factor(double[] a, int n) {
    for (int at = 0; at < n; at += BLOCK) {
      int b = Math.min(BLOCK, n - at);
      factorBlock(a, n, at, b);
      int below = at + b;
      int m = n - below;
      if (m > 0) {
        double[] panel = takeBlock(a, n, below, at, m, b);
        KERNELS.multiplyAdd(
            false,
            true,
            m,
            b,
            b,
            panel,
            0,
            b,
            inverseBlock(a, n, at, b),
            0,
            b,
            a,
            below * n + at,
            n);
        subtractOuter(a, n, below, at, b);
      }
    }
    for (int i = 0; i < n; i++) {
      java.util.Arrays.fill(a, i * n + i + 1, (i + 1) * n, 0);
    }
  }

  /** A₂₂ −= L₂₁ L₂₁ᵀ on and below the diagonal, in strips of columns. */
  private static void subtractOuter(double[] a, int n, int below, int at, int b) {
    int m = n - below;
    double[] negative = negativeBlock(a, n, below, at, m, b);
    for (int strip = 0; strip < m; strip += STRIP) {
      int row = below + strip;
      KERNELS.multiplyAdd(
          false,
          true,
          m - strip,
          Math.min(STRIP, m - strip),
          b,
          a,
          row * n + at,
          n,
          negative,
          strip * b,
          b,
          a,
          row * n + row,
          n);
    }
  }

  /** The decomposition of one diagonal block, row by row. */
  private static void factorBlock(double[] a, int n, int at, int b) {
    for (int i = at; i < at + b; i++) {
      for (int j = at; j < i; j++) {
        double rest = a[i * n + j] - KERNELS.dot(a, i * n + at, a, j * n + at, j - at);
        a[i * n + j] = rest / a[j * n + j];
      }
      double pivot = a[i * n + i] - KERNELS.dot(a, i * n + at, a, i * n + at, i - at);
      // Written so that NaN fails too.
      if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
        throw new NotPositiveDefiniteException("Cholesky", n, i, pivot);
      }
      a[i * n + i] = Math.sqrt(pivot);
    }
  }

  /**
   * X ← L⁻¹ X, X (n, k); where X is lower triangular, what is right of its diagonal is left out.
   */
  private static void solveLower(double[] l, int n, double[] x, int k, boolean lowerTriangular) {
    for (int at = 0; at < n; at += BLOCK) {
      int b = Math.min(BLOCK, n - at);
      int below = at + b;
      int width = lowerTriangular ? below : k;
      double[] right = takeBlock(x, k, at, 0, b, width);
      KERNELS.multiplyAdd(
          false,
          false,
          b,
          width,
          b,
          inverseBlock(l, n, at, b),
          0,
          b,
          right,
          0,
          width,
          x,
          at * k,
          k);
      if (below < n) {
        double[] solved = negativeBlock(x, k, at, 0, b, width);
        KERNELS.multiplyAdd(
            false,
            false,
            n - below,
            width,
            b,
            l,
            below * n + at,
            n,
            solved,
            0,
            width,
            x,
            below * k,
            k);
      }
    }
  }

  /** X ← L⁻¹ X, X (n, k). */
  static void solveLower(double[] l, int n, double[] x, int k) {
    solveLower(l, n, x, k, false);
  }

  /** X ← L⁻ᵀ X, X (n, k). */
  static void solveUpper(double[] l, int n, double[] x, int k) {
    for (int at = (n - 1) / BLOCK * BLOCK; at >= 0; at -= BLOCK) {
      int b = Math.min(BLOCK, n - at);
      double[] right = takeBlock(x, k, at, 0, b, k);
      KERNELS.multiplyAdd(
          true, false, b, k, b, inverseBlock(l, n, at, b), 0, b, right, 0, k, x, at * k, k);
      if (at > 0) {
        double[] solved = negativeBlock(x, k, at, 0, b, k);
        KERNELS.multiplyAdd(true, false, at, k, b, l, at * n, n, solved, 0, k, x, 0, k);
      }
    }
  }

  /** L⁻¹, (n, n), lower triangular. */
  static double[] inverse(double[] l, int n) {
    double[] x = new double[n * n];
    for (int i = 0; i < n; i++) {
      x[i * n + i] = 1;
    }
    solveLower(l, n, x, n, true);
    return x;
  }

  /** The inverse of one diagonal block of L, (b, b), row by row. */
  private static double[] inverseBlock(double[] l, int n, int at, int b) {
    double[] x = new double[b * b];
    for (int i = 0; i < b; i++) {
      int row = (at + i) * n + at;
      for (int j = 0; j < i; j++) {
        KERNELS.addScaled(-l[row + j], x, j * b, x, i * b, j + 1);
      }
      x[i * b + i] = 1;
      for (int j = 0; j <= i; j++) {
        x[i * b + j] /= l[row + i];
      }
    }
    return x;
  }

  /** A copy of a block, which is set to zero where it was. */
  private static double[] takeBlock(double[] a, int ld, int row, int column, int m, int n) {
    double[] block = new double[m * n];
    for (int i = 0; i < m; i++) {
      int from = (row + i) * ld + column;
      System.arraycopy(a, from, block, i * n, n);
      java.util.Arrays.fill(a, from, from + n, 0);
    }
    return block;
  }

  private static double[] negativeBlock(double[] a, int ld, int row, int column, int m, int n) {
    double[] block = new double[m * n];
    for (int i = 0; i < m; i++) {
      int from = (row + i) * ld + column;
      for (int j = 0; j < n; j++) {
        block[i * n + j] = -a[from + j];
      }
    }
    return block;
  }
}
