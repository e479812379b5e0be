package org.laplace4j.linalg.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * C += A B for one tile of C, in the shape that suits this machine's vectors: chosen at load time,
 * so the choice is free.
 */
final class SimdTile {

  private static final int LANES = DoubleVector.SPECIES_PREFERRED.length();
  private static final boolean WIDE = LANES >= 8;

  static final int ROWS = WIDE ? Tile8x2.ROWS : Tile4x2.ROWS;
  static final int COLS = 2 * LANES;
  static final int SIZE = ROWS * COLS;

  private SimdTile() {}

  /**
   * A and B packed, at their offsets; of C the first {@code height} rows and {@code width} columns,
   * {@code edge} being scratch for a tile that does not lie within C.
   */
  static void addPacked(
      int depth,
      double[] a,
      int aAt,
      double[] b,
      int bAt,
      int height,
      int width,
      Operand c,
      double[] edge,
      int edgeAt) {
    if (height >= ROWS && width >= COLS) {
      addPacked(depth, a, aAt, b, bAt, c.values(), c.at(), c.rowStride());
    } else {
      clear(edge, edgeAt);
      addPacked(depth, a, aAt, b, bAt, edge, edgeAt, COLS);
      addEdge(edge, edgeAt, height, width, c);
    }
  }

  /** A and B with strides, B with contiguous rows; C and edge as above. */
  static void addStrided(
      int depth,
      Operand a,
      Operand b,
      int height,
      int width,
      Operand c,
      double[] edge,
      int edgeAt) {
    if (height >= ROWS && width >= COLS) {
      addStrided(depth, a, b, c.values(), c.at(), c.rowStride());
    } else {
      clear(edge, edgeAt);
      addStrided(depth, a, b, edge, edgeAt, COLS);
      addEdge(edge, edgeAt, height, width, c);
    }
  }

  private static void addPacked(
      int depth, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int ldc) {
    if (WIDE) {
      Tile8x2.addPacked(depth, a, aAt, b, bAt, c, cAt, ldc);
    } else {
      Tile4x2.addPacked(depth, a, aAt, b, bAt, c, cAt, ldc);
    }
  }

  private static void addStrided(int depth, Operand a, Operand b, double[] c, int cAt, int ldc) {
    if (WIDE) {
      Tile8x2.addStrided(
          depth,
          a.values(),
          a.at(),
          a.rowStride(),
          a.colStride(),
          b.values(),
          b.at(),
          b.rowStride(),
          c,
          cAt,
          ldc);
    } else {
      Tile4x2.addStrided(
          depth,
          a.values(),
          a.at(),
          a.rowStride(),
          a.colStride(),
          b.values(),
          b.at(),
          b.rowStride(),
          c,
          cAt,
          ldc);
    }
  }

  /** To −0, since −0 + x is x for every x, the zeros included. */
  private static void clear(double[] edge, int edgeAt) {
    Arrays.fill(edge, edgeAt, edgeAt + SIZE, -0.0);
  }

  private static void addEdge(double[] edge, int edgeAt, int height, int width, Operand c) {
    double[] values = c.values();
    int rows = Math.min(height, ROWS);
    int cols = Math.min(width, COLS);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        values[c.at(i, j)] += edge[edgeAt + i * COLS + j];
      }
    }
  }
}
