package org.laplace4j.linalg.kernel;

import java.util.Arrays;

/**
 * Copies blocks of a matrix into the order in which the innermost loop reads them, and adds back
 * what it leaves.
 */
final class Packing {

  private Packing() {}

  /**
   * Packs columns {@code from} to {@code from + count} of the rows {@code row} to {@code row +
   * depth} of M: for each row {@code width} entries side by side, zeros where fewer columns are
   * left.
   */
  static void pack(
      Operand m, int row, int depth, int from, int count, int width, double[] into, int intoAt) {
    double[] values = m.values();
    int at = m.at(row, from);
    if (count < width) {
      Arrays.fill(into, intoAt, intoAt + depth * width, 0);
    }
    if (m.colStride() == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(values, at + p * m.rowStride(), into, intoAt + p * width, count);
      }
    } else {
      for (int j = 0; j < count; j++) {
        int column = at + j * m.colStride();
        for (int p = 0; p < depth; p++) {
          into[intoAt + p * width + j] = values[column + p * m.rowStride()];
        }
      }
    }
  }

  /** Adds the part of a tile, {@code tileCols} wide, that lies within C. */
  static void addEdge(
      double[] tile,
      int tileAt,
      int tileCols,
      int height,
      int width,
      double[] c,
      int cAt,
      int ldc) {
    for (int i = 0; i < height; i++) {
      for (int j = 0; j < width; j++) {
        c[cAt + i * ldc + j] += tile[tileAt + i * tileCols + j];
      }
    }
  }
}
