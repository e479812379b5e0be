package org.laplace4j.linalg.kernel;

import java.util.Arrays;

/**
 * The definition of every kernel, in plain loops; also what runs where the Vector API is missing.
 */
final class ScalarKernels implements Kernels {

  /** Terms of k in one chain of fused multiply-adds; part of the definition of a product. */
  static final int K_BLOCK = 256;

  /** Independent chains of a sum: as many as the widest vectors of interest have lanes, twice. */
  static final int CHAINS = 16;

  /** Columns of C at a time, so that a block of B stays in the cache. */
  private static final int COLUMN_BLOCK = 512;

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
    int aRow = transposeA ? 1 : lda;
    int aCol = transposeA ? lda : 1;
    double[] chain = new double[Math.min(n, COLUMN_BLOCK)];
    double[] panel = transposeB ? new double[Math.min(k, K_BLOCK) * chain.length] : b;
    for (int j = 0; j < n; j += COLUMN_BLOCK) {
      int width = Math.min(COLUMN_BLOCK, n - j);
      for (int p = 0; p < k; p += K_BLOCK) {
        int depth = Math.min(K_BLOCK, k - p);
        int panelAt = transposeB ? 0 : bAt + p * ldb + j;
        int panelRow = transposeB ? width : ldb;
        if (transposeB) {
          transpose(b, bAt + j * ldb + p, ldb, width, depth, panel);
        }
        for (int i = 0; i < m; i++) {
          Arrays.fill(chain, 0, width, 0);
          for (int q = 0; q < depth; q++) {
            double factor = a[aAt + i * aRow + (p + q) * aCol];
            int row = panelAt + q * panelRow;
            for (int l = 0; l < width; l++) {
              chain[l] = Math.fma(factor, panel[row + l], chain[l]);
            }
          }
          int to = cAt + i * ldc + j;
          for (int l = 0; l < width; l++) {
            c[to + l] += chain[l];
          }
        }
      }
    }
  }

  private static void transpose(double[] b, int at, int ldb, int rows, int cols, double[] into) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        into[j * rows + i] = b[at + i * ldb + j];
      }
    }
  }

  @Override
  public void symmetricRankAdd(
      boolean transpose, int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc) {
    multiplyAdd(transpose, !transpose, n, n, k, a, aAt, lda, a, aAt, lda, c, cAt, ldc);
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
}
