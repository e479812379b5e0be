package org.laplace4j.linalg.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loop of a product: C += A B for 8 rows and two vectors of columns, the sums held in
 * registers.
 *
 * <p>For vectors of 8 numbers, whose machines have 32 registers: 16 sums, 8 entries of A and 2
 * vectors of B fit. Everything is written out: what goes through a helper, an array or a condition
 * is not kept in registers by the compiler of JDK 17, at a tenth of the speed.
 */
final class Tile8x2 {

  static final int ROWS = 8;

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PANEL = SimdTile.PANEL;

  private Tile8x2() {}

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
    DoubleVector c40 = DoubleVector.zero(SPECIES);
    DoubleVector c41 = DoubleVector.zero(SPECIES);
    DoubleVector c50 = DoubleVector.zero(SPECIES);
    DoubleVector c51 = DoubleVector.zero(SPECIES);
    DoubleVector c60 = DoubleVector.zero(SPECIES);
    DoubleVector c61 = DoubleVector.zero(SPECIES);
    DoubleVector c70 = DoubleVector.zero(SPECIES);
    DoubleVector c71 = DoubleVector.zero(SPECIES);
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
      DoubleVector x4 = DoubleVector.broadcast(SPECIES, a[aAt + p * PANEL + 4]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      DoubleVector x5 = DoubleVector.broadcast(SPECIES, a[aAt + p * PANEL + 5]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      DoubleVector x6 = DoubleVector.broadcast(SPECIES, a[aAt + p * PANEL + 6]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      DoubleVector x7 = DoubleVector.broadcast(SPECIES, a[aAt + p * PANEL + 7]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
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
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c40).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c41).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c50).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c51).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c60).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c61).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c70).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c71).intoArray(c, at + LANES);
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
    DoubleVector c40 = DoubleVector.zero(SPECIES);
    DoubleVector c41 = DoubleVector.zero(SPECIES);
    DoubleVector c50 = DoubleVector.zero(SPECIES);
    DoubleVector c51 = DoubleVector.zero(SPECIES);
    DoubleVector c60 = DoubleVector.zero(SPECIES);
    DoubleVector c61 = DoubleVector.zero(SPECIES);
    DoubleVector c70 = DoubleVector.zero(SPECIES);
    DoubleVector c71 = DoubleVector.zero(SPECIES);
    int a1 = aAt + aRow;
    int a2 = a1 + aRow;
    int a3 = a2 + aRow;
    int a4 = a3 + aRow;
    int a5 = a4 + aRow;
    int a6 = a5 + aRow;
    int a7 = a6 + aRow;
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
      DoubleVector x4 = DoubleVector.broadcast(SPECIES, a[a4 + p * aCol]);
      c40 = x4.fma(b0, c40);
      c41 = x4.fma(b1, c41);
      DoubleVector x5 = DoubleVector.broadcast(SPECIES, a[a5 + p * aCol]);
      c50 = x5.fma(b0, c50);
      c51 = x5.fma(b1, c51);
      DoubleVector x6 = DoubleVector.broadcast(SPECIES, a[a6 + p * aCol]);
      c60 = x6.fma(b0, c60);
      c61 = x6.fma(b1, c61);
      DoubleVector x7 = DoubleVector.broadcast(SPECIES, a[a7 + p * aCol]);
      c70 = x7.fma(b0, c70);
      c71 = x7.fma(b1, c71);
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
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c40).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c41).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c50).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c51).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c60).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c61).intoArray(c, at + LANES);
    at += ldc;
    DoubleVector.fromArray(SPECIES, c, at).add(c70).intoArray(c, at);
    DoubleVector.fromArray(SPECIES, c, at + LANES).add(c71).intoArray(c, at + LANES);
  }
}
