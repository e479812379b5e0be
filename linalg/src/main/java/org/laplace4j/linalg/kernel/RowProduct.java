package org.laplace4j.linalg.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * c += a B for one row a: eight vectors of columns at a time, whose sums stay in registers. Bound
 * by the reading of B, once; a tile would do the work of all its rows for one.
 */
final class RowProduct {
  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int WIDE = 8 * LANES;
  private static final int K_BLOCK = ScalarKernels.K_BLOCK;

  private RowProduct() {}

  /**
   * Does whole vectors of the n columns, the rows of B being contiguous; returns how many columns.
   */
  static int add(int n, int k, Operand a, Operand b, double[] c, int cAt) {
    for (int p = 0; p < k; p += K_BLOCK) {
      int depth = Math.min(K_BLOCK, k - p);
      int x = a.at(0, p);
      int j = 0;
      for (; j <= n - WIDE; j += WIDE) {
        addWide(
            depth, a.values(), x, a.colStride(), b.values(), b.at(p, j), b.rowStride(), c, cAt + j);
      }
      for (; j <= n - LANES; j += LANES) {
        addOne(
            depth, a.values(), x, a.colStride(), b.values(), b.at(p, j), b.rowStride(), c, cAt + j);
      }
    }
    return n - n % LANES;
  }

  private static void addWide(
      int depth,
      double[] a,
      int aAt,
      int aStep,
      double[] b,
      int bAt,
      int bRow,
      double[] c,
      int cAt) {
    DoubleVector s0 = DoubleVector.zero(SPECIES);
    DoubleVector s1 = DoubleVector.zero(SPECIES);
    DoubleVector s2 = DoubleVector.zero(SPECIES);
    DoubleVector s3 = DoubleVector.zero(SPECIES);
    DoubleVector s4 = DoubleVector.zero(SPECIES);
    DoubleVector s5 = DoubleVector.zero(SPECIES);
    DoubleVector s6 = DoubleVector.zero(SPECIES);
    DoubleVector s7 = DoubleVector.zero(SPECIES);
    for (int p = 0; p < depth; p++) {
      DoubleVector x = DoubleVector.broadcast(SPECIES, a[aAt + p * aStep]);
      int row = bAt + p * bRow;
      s0 = x.fma(DoubleVector.fromArray(SPECIES, b, row), s0);
      s1 = x.fma(DoubleVector.fromArray(SPECIES, b, row + LANES), s1);
      s2 = x.fma(DoubleVector.fromArray(SPECIES, b, row + 2 * LANES), s2);
      s3 = x.fma(DoubleVector.fromArray(SPECIES, b, row + 3 * LANES), s3);
      s4 = x.fma(DoubleVector.fromArray(SPECIES, b, row + 4 * LANES), s4);
      s5 = x.fma(DoubleVector.fromArray(SPECIES, b, row + 5 * LANES), s5);
      s6 = x.fma(DoubleVector.fromArray(SPECIES, b, row + 6 * LANES), s6);
      s7 = x.fma(DoubleVector.fromArray(SPECIES, b, row + 7 * LANES), s7);
    }
    DoubleVector.fromArray(SPECIES, c, cAt).add(s0).intoArray(c, cAt);
    DoubleVector.fromArray(SPECIES, c, cAt + LANES).add(s1).intoArray(c, cAt + LANES);
    DoubleVector.fromArray(SPECIES, c, cAt + 2 * LANES).add(s2).intoArray(c, cAt + 2 * LANES);
    DoubleVector.fromArray(SPECIES, c, cAt + 3 * LANES).add(s3).intoArray(c, cAt + 3 * LANES);
    DoubleVector.fromArray(SPECIES, c, cAt + 4 * LANES).add(s4).intoArray(c, cAt + 4 * LANES);
    DoubleVector.fromArray(SPECIES, c, cAt + 5 * LANES).add(s5).intoArray(c, cAt + 5 * LANES);
    DoubleVector.fromArray(SPECIES, c, cAt + 6 * LANES).add(s6).intoArray(c, cAt + 6 * LANES);
    DoubleVector.fromArray(SPECIES, c, cAt + 7 * LANES).add(s7).intoArray(c, cAt + 7 * LANES);
  }

  private static void addOne(
      int depth,
      double[] a,
      int aAt,
      int aStep,
      double[] b,
      int bAt,
      int bRow,
      double[] c,
      int cAt) {
    DoubleVector s = DoubleVector.zero(SPECIES);
    for (int p = 0; p < depth; p++) {
      DoubleVector x = DoubleVector.broadcast(SPECIES, a[aAt + p * aStep]);
      s = x.fma(DoubleVector.fromArray(SPECIES, b, bAt + p * bRow), s);
    }
    DoubleVector.fromArray(SPECIES, c, cAt).add(s).intoArray(c, cAt);
  }
}
