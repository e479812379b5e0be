package org.laplace4j.linalg.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of a product: C += A B for 4 rows and two vectors of columns, the sums held in
 * registers.
 *
 * <p>For machines with 16 vector registers: 8 sums, 4 entries of A and 2 vectors of B fit.
 * Everything is written out: what goes through a helper, an array or a condition is not kept in
 * registers by the compiler of JDK 17, at a tenth of the speed.
 */
final class Tile4x2 {

  static final int ROWS = 4;

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PANEL = SimdTile.PANEL;

  private Tile4x2() {}

  /**
   * A and B packed in panels of {@link SimdTile#PANEL} columns; the two vectors of B each from
   * their own offset.
   */
  static void addPacked(
      int depth,
      double[] a,
      int aAt,
      double[] b,
      int b0At,
      int b1At,
      double[] c,
      int cAt,
      int ldc) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = DoubleVector.zero(SPECIES);
    DoubleVector c10 = DoubleVector.zero(SPECIES);
    DoubleVector c11 = DoubleVector.zero(SPECIES);
    DoubleVector c20 = DoubleVector.zero(SPECIES);
    DoubleVector c21 = DoubleVector.zero(SPECIES);
    DoubleVector c30 = DoubleVector.zero(SPECIES);
    DoubleVector c31 = DoubleVector.zero(SPECIES);
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, b0At + p * PANEL);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, b1At + p * PANEL);
      DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[aAt + p * PANEL]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[aAt + p * PANEL + 1]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[aAt + p * PANEL + 2]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[aAt + p * PANEL + 3]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    int at = cAt;
    DoubleVector.fromArray(SPECIES, c, at).add(c00).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c01).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c10).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c11).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c20).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c21).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c30).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c31).intoArray(c, at + LANES);
  }

  /** A with any strides, B with any row stride. */
  static void addStrided(
      int depth,
      double[] a,
      int aAt,
      int aRow,
      int aCol,
      double[] b,
      int bAt,
      int bRow,
      double[] c,
      int cAt,
      int ldc) {
    DoubleVector c00 = DoubleVector.zero(SPECIES);
    DoubleVector c01 = DoubleVector.zero(SPECIES);
    DoubleVector c10 = DoubleVector.zero(SPECIES);
    DoubleVector c11 = DoubleVector.zero(SPECIES);
    DoubleVector c20 = DoubleVector.zero(SPECIES);
    DoubleVector c21 = DoubleVector.zero(SPECIES);
    DoubleVector c30 = DoubleVector.zero(SPECIES);
    DoubleVector c31 = DoubleVector.zero(SPECIES);
    int a1 = aAt + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt + p * bRow);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + p * bRow + LANES);
      DoubleVector x0 = DoubleVector.broadcast(SPECIES, a[aAt + p * aCol]);
      c00 = x0.fma(b0, c00);
      c01 = x0.fma(b1, c01);
      DoubleVector x1 = DoubleVector.broadcast(SPECIES, a[a1 + p * aCol]);
      c10 = x1.fma(b0, c10);
      c11 = x1.fma(b1, c11);
      DoubleVector x2 = DoubleVector.broadcast(SPECIES, a[a2 + p * aCol]);
      c20 = x2.fma(b0, c20);
      c21 = x2.fma(b1, c21);
      DoubleVector x3 = DoubleVector.broadcast(SPECIES, a[a3 + p * aCol]);
      c30 = x3.fma(b0, c30);
      c31 = x3.fma(b1, c31);
    }
    int at = cAt;
    DoubleVector.fromArray(SPECIES, c, at).add(c00).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c01).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c10).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c11).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c20).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c21).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c30).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c31).intoArray(c, at + LANES);
  }
}
