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

  /**
   * Columns of a packed panel: the rows of a tile, or a vector of its columns. Rows of A and
   * columns of B are packed alike, so that a symmetric product packs once.
   */
  static final int PANEL = Math.max(ROWS, LANES);

  private SimdTile() {}

  /**
   * Rows of A from i and columns of B from j on, both packed in panels of which the first is at the
   * offset; of C the first {@code height} rows and {@code width} columns, of the first row the
   * {@code first} columns and one more of each that follows; {@code edge} is scratch for a tile
   * that is cut off by one of these.
   */
  static void addPacked(
      int depth,
      double[] a,
      int aAt,
      int i,
      double[] b,
      int bAt,
      int j,
      int height,
      int width,
      int first,
      Operand c,
      double[] edge) {
    int left = aAt + Packing.inPanels(i, depth, PANEL);
    int even = bAt + Packing.inPanels(j, depth, PANEL);
    int odd = bAt + Packing.inPanels(j + LANES, depth, PANEL);
    if (height >= ROWS && width >= COLS && first >= COLS) {
      addPacked(depth, a, left, b, even, odd, c.values(), c.at(), c.rowStride());
    } else {
      clear(edge, 0);
      addPacked(depth, a, left, b, even, odd, edge, 0, COLS);
      addEdge(edge, 0, height, width, first, c);
    }
  }

  /** A and B with strides, B with contiguous rows; C and edge as above. */
  static void addStrided(
      int depth,
      Operand a,
      Operand b,
      int height,
      int width,
      int first,
      Operand c,
      double[] edge,
      int edgeAt) {
    if (height >= ROWS && width >= COLS && first >= COLS) {
      addStrided(depth, a, b, c.values(), c.at(), c.rowStride());
    } else {
      clear(edge, edgeAt);
      addStrided(depth, a, b, edge, edgeAt, COLS);
      addEdge(edge, edgeAt, height, width, first, c);
    }
  }

  private static void addPacked(
      int depth,
      double[] a,
      int aAt,
      double[] b,
      int b0At,
      int b1At,
      double[] c,
      int cAt,
      int ldc) {
    if (WIDE) {
      Tile8x2.addPacked(depth, a, aAt, b, b0At, b1At, c, cAt, ldc);
    } else {
      Tile4x2.addPacked(depth, a, aAt, b, b0At, b1At, c, cAt, ldc);
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

  private static void addEdge(
      double[] edge, int edgeAt, int height, int width, int first, Operand c) {
    double[] values = c.values();
    int rows = Math.min(height, ROWS);
    for (int i = 0; i < rows; i++) {
      int cols = Math.min(Math.min(width, first + i), COLS);
      for (int j = 0; j < cols; j++) {
        values[c.at(i, j)] += edge[edgeAt + i * COLS + j];
      }
    }
  }
}
