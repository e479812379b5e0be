package org.laplace4j.linalg.kernel;

import java.util.function.IntConsumer;

/**
 * The definition of every kernel, in plain loops; also what runs where the Vector API is missing.
 */
final class ScalarKernels implements Kernels {

  /** Terms of k in one chain of fused multiply-adds; part of the definition of a product. */
  static final int K_BLOCK = 256;

  /** Independent chains of a sum: as many as the widest vectors of interest have lanes, twice. */
  static final int CHAINS = 16;

  /** Rows of a lower triangle that are added to together. */
  private static final int LOWER_STRIP = 8;

  /** Rows of a symmetric product that are summed apart; part of its definition. */
  static final int SYMMETRIC_STRIP = 256;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void multiplyAdd(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double[] a,
      int aAt,
      int lda,
      double[] b,
      int bAt,
      int ldb,
      double[] c,
      int cAt,
      int ldc) {
    Operand left = Operand.of(transposeA, a, aAt, lda);
    Operand right = Operand.of(transposeB, b, bAt, ldb);
    for (int p = 0; p < k; p += K_BLOCK) {
      int depth = Math.min(K_BLOCK, k - p);
      for (int i = 0; i < m; i += 2) {
        for (int j = 0; j < n; j += 4) {
          addTile(i, m, j, n, p, depth, left, right, c, cAt, ldc);
        }
      }
    }
  }

  /**
   * Adds to 2 × 4 entries of C: eight chains at a time, since each alone would wait for itself. At
   * the edges of C the last row and column stand in for those that are missing.
   */
  private static void addTile(
      int i,
      int m,
      int j,
      int n,
      int p,
      int depth,
      Operand left,
      Operand right,
      double[] c,
      int cAt,
      int ldc) {
    double[] a = left.values();
    double[] b = right.values();
    int aStep = left.colStride();
    int bStep = right.rowStride();
    int a0 = left.at(i, p);
    int a1 = left.at(Math.min(i + 1, m - 1), p);
    int b0 = right.at(p, j);
    int b1 = right.at(p, Math.min(j + 1, n - 1));
    int b2 = right.at(p, Math.min(j + 2, n - 1));
    int b3 = right.at(p, Math.min(j + 3, n - 1));
    double c00 = 0;
    double c01 = 0;
    double c02 = 0;
    double c03 = 0;
    double c10 = 0;
    double c11 = 0;
    double c12 = 0;
    double c13 = 0;
    for (int q = 0; q < depth; q++) {
      double x0 = a[a0 + q * aStep];
      double x1 = a[a1 + q * aStep];
      double y0 = b[b0 + q * bStep];
      double y1 = b[b1 + q * bStep];
      double y2 = b[b2 + q * bStep];
      double y3 = b[b3 + q * bStep];
      c00 = Math.fma(x0, y0, c00);
      c01 = Math.fma(x0, y1, c01);
      c02 = Math.fma(x0, y2, c02);
      c03 = Math.fma(x0, y3, c03);
      c10 = Math.fma(x1, y0, c10);
      c11 = Math.fma(x1, y1, c11);
      c12 = Math.fma(x1, y2, c12);
      c13 = Math.fma(x1, y3, c13);
    }
    addRow(c, cAt + i * ldc + j, n - j, c00, c01, c02, c03);
    if (i + 1 < m) {
      addRow(c, cAt + (i + 1) * ldc + j, n - j, c10, c11, c12, c13);
    }
  }

  private static void addRow(
      double[] c, int at, int width, double c0, double c1, double c2, double c3) {
    c[at] += c0;
    if (width > 1) {
      c[at + 1] += c1;
    }
    if (width > 2) {
      c[at + 2] += c2;
    }
    if (width > 3) {
      c[at + 3] += c3;
    }
  }

  @Override
  public void upperRankAdd(
      boolean transpose, int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc) {
    multiplyAdd(transpose, !transpose, n, n, k, a, aAt, lda, a, aAt, lda, c, cAt, ldc);
  }

  /** In strips of rows: what is left of the diagonal as one product, the rest row by row. */
  @Override
  public void lowerRankAdd(
      int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc) {
    for (int i = 0; i < n; i += LOWER_STRIP) {
      int rows = Math.min(LOWER_STRIP, n - i);
      int strip = aAt + i * lda;
      multiplyAdd(false, true, rows, i, k, a, strip, lda, a, aAt, lda, c, cAt + i * ldc, ldc);
      for (int r = 0; r < rows; r++) {
        int row = strip + r * lda;
        int to = cAt + (i + r) * ldc + i;
        multiplyAdd(false, true, 1, r + 1, k, a, row, lda, a, strip, lda, c, to, ldc);
      }
    }
  }

  @Override
  public void mirror(int n, double[] c, int cAt, int ldc) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        c[cAt + i * ldc + j] = c[cAt + j * ldc + i];
      }
    }
  }

  @Override
  public double dot(double[] x, int xAt, double[] y, int yAt, int n) {
    double sum = 0;
    if (n <= CHAINS) {
      for (int i = 0; i < n; i++) {
        sum += x[xAt + i] * y[yAt + i];
      }
      return sum;
    }
    double[] chains = new double[CHAINS];
    int i = 0;
    for (; i <= n - CHAINS; i += CHAINS) {
      for (int j = 0; j < CHAINS; j++) {
        chains[j] = Math.fma(x[xAt + i + j], y[yAt + i + j], chains[j]);
      }
    }
    for (int j = 0; i < n; i++, j++) {
      chains[j] = Math.fma(x[xAt + i], y[yAt + i], chains[j]);
    }
    for (double chain : chains) {
      sum += chain;
    }
    return sum;
  }

  @Override
  public double sum(double[] x, int xAt, int n) {
    double sum = 0;
    if (n <= CHAINS) {
      for (int i = 0; i < n; i++) {
        sum += x[xAt + i];
      }
      return sum;
    }
    double[] chains = new double[CHAINS];
    int i = 0;
    for (; i <= n - CHAINS; i += CHAINS) {
      for (int j = 0; j < CHAINS; j++) {
        chains[j] += x[xAt + i + j];
      }
    }
    for (int j = 0; i < n; i++, j++) {
      chains[j] += x[xAt + i];
    }
    for (double chain : chains) {
      sum += chain;
    }
    return sum;
  }

  @Override
  public void addScaled(double c, double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Math.fma(c, x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  public void exp(double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ScalarMath.exp(x[xAt + i]);
    }
  }

  @Override
  public void log(double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ScalarMath.log(x[xAt + i]);
    }
  }

  @Override
  public void tanh(double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ScalarMath.tanh(x[xAt + i]);
    }
  }

  @Override
  public void erf(double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = ScalarMath.erf(x[xAt + i]);
    }
  }

  @Override
  public void relu(double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Math.max(x[xAt + i], 0);
    }
  }

  @Override
  public void symmetricMultiplyAdd(
      int n, double[] a, int aAt, int lda, double[] x, int xAt, double[] y, int yAt) {
    for (int from = 0; from < n; from += SYMMETRIC_STRIP) {
      double[] p = new double[n];
      symmetricRows(from, Math.min(n, from + SYMMETRIC_STRIP), n, a, aAt, lda, x, xAt, p);
      addScaled(1, p, from, y, yAt + from, n - from);
    }
  }

  /** Some rows of a strip of {@link #symmetricMultiplyAdd}, added to p (n). */
  static void symmetricRows(
      int from, int to, int n, double[] a, int aAt, int lda, double[] x, int xAt, double[] p) {
    double[] chains = new double[CHAINS];
    for (int i = from; i < to; i++) {
      int row = aAt + i * lda;
      double xi = x[xAt + i];
      java.util.Arrays.fill(chains, 0);
      chains[i % CHAINS] = a[row + i] * xi;
      for (int j = i + 1; j < n; j++) {
        double aij = a[row + j];
        p[j] = Math.fma(xi, aij, p[j]);
        chains[j % CHAINS] = Math.fma(aij, x[xAt + j], chains[j % CHAINS]);
      }
      double sum = 0;
      for (double chain : chains) {
        sum += chain;
      }
      p[i] += sum;
    }
  }

  @Override
  public void forEach(int n, IntConsumer task) {
    for (int i = 0; i < n; i++) {
      task.accept(i);
    }
  }
}
