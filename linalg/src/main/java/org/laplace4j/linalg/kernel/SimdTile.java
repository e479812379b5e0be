package org.laplace4j.linalg.kernel;

import jdk.incubator.vector.DoubleVector;

/**
 * The tile that suits this machine's vectors, chosen at load time so that calls to it cost nothing.
 */
final class SimdTile {

  private static final int LANES = DoubleVector.SPECIES_PREFERRED.length();
  private static final boolean WIDE = LANES >= 8;

  static final int ROWS = WIDE ? Tile8x2.ROWS : Tile4x2.ROWS;
  static final int COLS = 2 * LANES;

  private SimdTile() {}

  static void addPacked(
      int depth, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int ldc) {
    if (WIDE) {
      Tile8x2.addPacked(depth, a, aAt, b, bAt, c, cAt, ldc);
    } else {
      Tile4x2.addPacked(depth, a, aAt, b, bAt, c, cAt, ldc);
    }
  }

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
    if (WIDE) {
      Tile8x2.addStrided(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, cAt, ldc);
    } else {
      Tile4x2.addStrided(depth, a, aAt, aRow, aCol, b, bAt, bRow, c, cAt, ldc);
    }
  }
}
