package org.laplace4j.linalg.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The product of a symmetric matrix with a vector, four rows and two vectors at a time: each entry
 * of the upper triangle is read once, and used for both of its places. Bound by the reading of the
 * matrix, so several threads help where it is larger than their caches.
 */
final class SymmetricProduct {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int CHAINS = ScalarKernels.CHAINS;
  private static final int STRIP = ScalarKernels.SYMMETRIC_STRIP;
  private static final int ROWS = 4;

  /** The rows of smaller matrices are not worth a second thread. */
  private static final int THREADED = 1536;

  /**
   * Factors of a block of the diagonal: 0 up to the diagonal and 1 after it. Read from
   * {@code CHAINS − 1 − r} on, they are those of its row r.
   */
  private static final double[] STEP = new double[2 * CHAINS];

  static {
    Arrays.fill(STEP, CHAINS, 2 * CHAINS, 1);
  }

  private final WorkerPool pool;

  SymmetricProduct(WorkerPool pool) {
    this.pool = pool;
  }

  /** y += A x as {@link Kernels#symmetricMultiplyAdd} defines it. */
  void add(int n, double[] a, int aAt, int lda, double[] x, int xAt, double[] y, int yAt) {
    // To whole blocks of 16 columns, so that the last need no loop of their own.
    int padded = (n + CHAINS - 1) / CHAINS * CHAINS;
    double[] px = Arrays.copyOf(Arrays.copyOfRange(x, xAt, xAt + n), padded);
    int strips = (n - 1) / STRIP + 1;
    if (n < THREADED) {
      for (int s = 0; s < strips; s++) {
        addTo(y, yAt, s * STRIP, strip(s * STRIP, n, padded, a, aAt, lda, px), n);
      }
      return;
    }
    double[][] sums = new double[strips][];
    pool.forEach(strips, s -> sums[s] = strip(s * STRIP, n, padded, a, aAt, lda, px));
    for (int s = 0; s < strips; s++) {
      addTo(y, yAt, s * STRIP, sums[s], n);
    }
  }

  private static void addTo(double[] y, int yAt, int from, double[] p, int n) {
    for (int j = from; j < n; j++) {
      y[yAt + j] += p[j];
    }
  }

  private static double[] strip(
      int from, int n, int padded, double[] a, int aAt, int lda, double[] x) {
    double[] p = new double[padded];
    double[] chains = new double[ROWS * CHAINS];
    int to = Math.min(n, from + STRIP);
    // What is read beyond the end of a row lies in the next one.
    int vectorTo = Math.min(to, (n - CHAINS) / ROWS * ROWS);
    int i = from;
    for (; i < vectorTo; i += ROWS) {
      int row = aAt + i * lda;
      Arrays.fill(chains, 0);
      for (int r = 0; r < ROWS; r++) {
        chains[r * CHAINS + (i + r) % CHAINS] = a[row + r * lda + i + r] * x[i + r];
      }
      // Vectors of eight do all 16 chains at once, narrower ones some in each pass.
      for (int chain = 0; chain < CHAINS; chain += 2 * LANES) {
        rows(i, chain, n, a, row, lda, x, p, chains);
      }
      for (int r = 0; r < ROWS; r++) {
        double sum = 0;
        for (int c = 0; c < CHAINS; c++) {
          sum += chains[r * CHAINS + c];
        }
        p[i + r] += sum;
      }
    }
    ScalarKernels.symmetricRows(i, to, n, a, aAt, lda, x, 0, p);
    return p;
  }

  /** Four rows from row i on: first the block of the diagonal, then what is right of it. */
  private static void rows(
      int i,
      int chain,
      int n,
      double[] a,
      int row,
      int lda,
      double[] x,
      double[] p,
      double[] chains) {
    DoubleVector s00 = DoubleVector.fromArray(SPECIES, chains, chain);
    DoubleVector s01 = DoubleVector.fromArray(SPECIES, chains, chain + LANES);
    DoubleVector s10 = DoubleVector.fromArray(SPECIES, chains, chain + CHAINS);
    DoubleVector s11 = DoubleVector.fromArray(SPECIES, chains, chain + CHAINS + LANES);
    DoubleVector s20 = DoubleVector.fromArray(SPECIES, chains, chain + 2 * CHAINS);
    DoubleVector s21 = DoubleVector.fromArray(SPECIES, chains, chain + 2 * CHAINS + LANES);
    DoubleVector s30 = DoubleVector.fromArray(SPECIES, chains, chain + 3 * CHAINS);
    DoubleVector s31 = DoubleVector.fromArray(SPECIES, chains, chain + 3 * CHAINS + LANES);
    DoubleVector b0 = DoubleVector.broadcast(SPECIES, x[i]);
    DoubleVector b1 = DoubleVector.broadcast(SPECIES, x[i + 1]);
    DoubleVector b2 = DoubleVector.broadcast(SPECIES, x[i + 2]);
    DoubleVector b3 = DoubleVector.broadcast(SPECIES, x[i + 3]);
    int from = i / CHAINS * CHAINS + chain;
    int step = CHAINS - 1 - (i - from);
    DoubleVector u = DoubleVector.fromArray(SPECIES, x, from);
    DoubleVector v = DoubleVector.fromArray(SPECIES, x, from + LANES);
    DoubleVector p0 = DoubleVector.fromArray(SPECIES, p, from);
    DoubleVector p1 = DoubleVector.fromArray(SPECIES, p, from + LANES);
    DoubleVector a0 = DoubleVector.fromArray(SPECIES, a, row + from)
        .mul(DoubleVector.fromArray(SPECIES, STEP, step));
    DoubleVector c0 = DoubleVector.fromArray(SPECIES, a, row + from + LANES)
        .mul(DoubleVector.fromArray(SPECIES, STEP, step + LANES));
    s00 = a0.fma(u, s00);
    s01 = c0.fma(v, s01);
    p0 = b0.fma(a0, p0);
    p1 = b0.fma(c0, p1);
    DoubleVector a1 = DoubleVector.fromArray(SPECIES, a, row + lda + from)
        .mul(DoubleVector.fromArray(SPECIES, STEP, step - 1));
    DoubleVector c1 = DoubleVector.fromArray(SPECIES, a, row + lda + from + LANES)
        .mul(DoubleVector.fromArray(SPECIES, STEP, step - 1 + LANES));
    s10 = a1.fma(u, s10);
    s11 = c1.fma(v, s11);
    p0 = b1.fma(a1, p0);
    p1 = b1.fma(c1, p1);
    DoubleVector a2 = DoubleVector.fromArray(SPECIES, a, row + 2 * lda + from)
        .mul(DoubleVector.fromArray(SPECIES, STEP, step - 2));
    DoubleVector c2 = DoubleVector.fromArray(SPECIES, a, row + 2 * lda + from + LANES)
        .mul(DoubleVector.fromArray(SPECIES, STEP, step - 2 + LANES));
    s20 = a2.fma(u, s20);
    s21 = c2.fma(v, s21);
    p0 = b2.fma(a2, p0);
    p1 = b2.fma(c2, p1);
    DoubleVector a3 = DoubleVector.fromArray(SPECIES, a, row + 3 * lda + from)
        .mul(DoubleVector.fromArray(SPECIES, STEP, step - 3));
    DoubleVector c3 = DoubleVector.fromArray(SPECIES, a, row + 3 * lda + from + LANES)
        .mul(DoubleVector.fromArray(SPECIES, STEP, step - 3 + LANES));
    s30 = a3.fma(u, s30);
    s31 = c3.fma(v, s31);
    b3.fma(a3, p0).intoArray(p, from);
    b3.fma(c3, p1).intoArray(p, from + LANES);
    for (int j = from + CHAINS; j < n; j += CHAINS) {
      u = DoubleVector.fromArray(SPECIES, x, j);
      v = DoubleVector.fromArray(SPECIES, x, j + LANES);
      p0 = DoubleVector.fromArray(SPECIES, p, j);
      p1 = DoubleVector.fromArray(SPECIES, p, j + LANES);
      a0 = DoubleVector.fromArray(SPECIES, a, row + j);
      c0 = DoubleVector.fromArray(SPECIES, a, row + j + LANES);
      s00 = a0.fma(u, s00);
      s01 = c0.fma(v, s01);
      p0 = b0.fma(a0, p0);
      p1 = b0.fma(c0, p1);
      a1 = DoubleVector.fromArray(SPECIES, a, row + lda + j);
      c1 = DoubleVector.fromArray(SPECIES, a, row + lda + j + LANES);
      s10 = a1.fma(u, s10);
      s11 = c1.fma(v, s11);
      p0 = b1.fma(a1, p0);
      p1 = b1.fma(c1, p1);
      a2 = DoubleVector.fromArray(SPECIES, a, row + 2 * lda + j);
      c2 = DoubleVector.fromArray(SPECIES, a, row + 2 * lda + j + LANES);
      s20 = a2.fma(u, s20);
      s21 = c2.fma(v, s21);
      p0 = b2.fma(a2, p0);
      p1 = b2.fma(c2, p1);
      a3 = DoubleVector.fromArray(SPECIES, a, row + 3 * lda + j);
      c3 = DoubleVector.fromArray(SPECIES, a, row + 3 * lda + j + LANES);
      s30 = a3.fma(u, s30);
      s31 = c3.fma(v, s31);
      b3.fma(a3, p0).intoArray(p, j);
      b3.fma(c3, p1).intoArray(p, j + LANES);
    }
    s00.intoArray(chains, chain);
    s01.intoArray(chains, chain + LANES);
    s10.intoArray(chains, chain + CHAINS);
    s11.intoArray(chains, chain + CHAINS + LANES);
    s20.intoArray(chains, chain + 2 * CHAINS);
    s21.intoArray(chains, chain + 2 * CHAINS + LANES);
    s30.intoArray(chains, chain + 3 * CHAINS);
    s31.intoArray(chains, chain + 3 * CHAINS + LANES);
  }
}
