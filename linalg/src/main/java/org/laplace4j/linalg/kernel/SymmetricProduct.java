package org.laplace4j.linalg.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a symmetric matrix with a vector, four rows at a time, for vectors of eight: each
 * entry of the upper triangle is read once, and used for both of its places.
 */
final class SymmetricProduct {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int CHAINS = ScalarKernels.CHAINS;
  private static final int ROWS = 4;

  /** Rows shorter than this are left to the definition. */
  private static final int SHORTEST = 64;

  private SymmetricProduct() {}

  /** Does some of the first rows, and returns how many. */
  static int rows(int n, double[] a, int aAt, int lda, double[] x, int xAt, double[] y, int yAt) {
    double[] chains = new double[ROWS * CHAINS];
    int i = 0;
    for (; i + ROWS + SHORTEST <= n; i += ROWS) {
      java.util.Arrays.fill(chains, 0);
      int from = Math.min(n, (i + ROWS + CHAINS - 1) / CHAINS * CHAINS);
      int to = n / CHAINS * CHAINS;
      scalar(i, i, from, a, aAt, lda, x, xAt, y, yAt, chains);
      vectors(
          from,
          to,
          a,
          aAt + i * lda,
          lda,
          x,
          xAt,
          x[xAt + i],
          x[xAt + i + 1],
          x[xAt + i + 2],
          x[xAt + i + 3],
          y,
          yAt,
          chains);
      scalar(i, to, n, a, aAt, lda, x, xAt, y, yAt, chains);
      for (int r = 0; r < ROWS; r++) {
        double sum = 0;
        for (int c = 0; c < CHAINS; c++) {
          sum += chains[r * CHAINS + c];
        }
        y[yAt + i + r] += sum;
      }
    }
    return i;
  }

  /** The columns {@code from} to {@code to} of four rows, as the definition does them. */
  private static void scalar(
      int i,
      int from,
      int to,
      double[] a,
      int aAt,
      int lda,
      double[] x,
      int xAt,
      double[] y,
      int yAt,
      double[] chains) {
    for (int r = 0; r < ROWS; r++) {
      int row = aAt + (i + r) * lda;
      double xr = x[xAt + i + r];
      for (int j = Math.max(from, i + r); j < to; j++) {
        int chain = r * CHAINS + j % CHAINS;
        chains[chain] = Math.fma(a[row + j], x[xAt + j], chains[chain]);
        if (j > i + r) {
          y[yAt + j] = Math.fma(xr, a[row + j], y[yAt + j]);
        }
      }
    }
  }

  private static void vectors(
      int from,
      int to,
      double[] a,
      int row,
      int lda,
      double[] x,
      int xAt,
      double x0,
      double x1,
      double x2,
      double x3,
      double[] y,
      int yAt,
      double[] chains) {
    DoubleVector s00 = DoubleVector.fromArray(SPECIES, chains, 0);
    DoubleVector s01 = DoubleVector.fromArray(SPECIES, chains, LANES);
    DoubleVector s10 = DoubleVector.fromArray(SPECIES, chains, 2 * LANES);
    DoubleVector s11 = DoubleVector.fromArray(SPECIES, chains, 3 * LANES);
    DoubleVector s20 = DoubleVector.fromArray(SPECIES, chains, 4 * LANES);
    DoubleVector s21 = DoubleVector.fromArray(SPECIES, chains, 5 * LANES);
    DoubleVector s30 = DoubleVector.fromArray(SPECIES, chains, 6 * LANES);
    DoubleVector s31 = DoubleVector.fromArray(SPECIES, chains, 7 * LANES);
    DoubleVector b0 = DoubleVector.broadcast(SPECIES, x0);
    DoubleVector b1 = DoubleVector.broadcast(SPECIES, x1);
    DoubleVector b2 = DoubleVector.broadcast(SPECIES, x2);
    DoubleVector b3 = DoubleVector.broadcast(SPECIES, x3);
    for (int j = from; j < to; j += 2 * LANES) {
      DoubleVector u = DoubleVector.fromArray(SPECIES, x, xAt + j);
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xAt + j + LANES);
      DoubleVector p = DoubleVector.fromArray(SPECIES, y, yAt + j);
      DoubleVector q = DoubleVector.fromArray(SPECIES, y, yAt + j + LANES);
      DoubleVector a0 = DoubleVector.fromArray(SPECIES, a, row + j);
      DoubleVector c0 = DoubleVector.fromArray(SPECIES, a, row + j + LANES);
      s00 = a0.fma(u, s00);
      s01 = c0.fma(v, s01);
      p = b0.fma(a0, p);
      q = b0.fma(c0, q);
      DoubleVector a1 = DoubleVector.fromArray(SPECIES, a, row + lda + j);
      DoubleVector c1 = DoubleVector.fromArray(SPECIES, a, row + lda + j + LANES);
      s10 = a1.fma(u, s10);
      s11 = c1.fma(v, s11);
      p = b1.fma(a1, p);
      q = b1.fma(c1, q);
      DoubleVector a2 = DoubleVector.fromArray(SPECIES, a, row + 2 * lda + j);
      DoubleVector c2 = DoubleVector.fromArray(SPECIES, a, row + 2 * lda + j + LANES);
      s20 = a2.fma(u, s20);
      s21 = c2.fma(v, s21);
      p = b2.fma(a2, p);
      q = b2.fma(c2, q);
      DoubleVector a3 = DoubleVector.fromArray(SPECIES, a, row + 3 * lda + j);
      DoubleVector c3 = DoubleVector.fromArray(SPECIES, a, row + 3 * lda + j + LANES);
      s30 = a3.fma(u, s30);
      s31 = c3.fma(v, s31);
      b3.fma(a3, p).intoArray(y, yAt + j);
      b3.fma(c3, q).intoArray(y, yAt + j + LANES);
    }
    s00.intoArray(chains, 0);
    s01.intoArray(chains, LANES);
    s10.intoArray(chains, 2 * LANES);
    s11.intoArray(chains, 3 * LANES);
    s20.intoArray(chains, 4 * LANES);
    s21.intoArray(chains, 5 * LANES);
    s30.intoArray(chains, 6 * LANES);
    s31.intoArray(chains, 7 * LANES);
  }
}
