package org.laplace4j.linalg.kernel;

import java.util.Arrays;

/** Copies blocks of a matrix into the order in which the innermost loop reads them. */
final class Packing {

  private Packing() {}

  /**
   * Packs the first {@code depth} rows and {@code count} columns of M: for each row {@code width}
   * entries side by side, zeros where there are fewer columns.
   */
  static void pack(Operand m, int depth, int count, int width, double[] into, int intoAt) {
    double[] values = m.values();
    int at = m.at();
    int rowStride = m.rowStride();
    int colStride = m.colStride();
    if (count < width) {
      Arrays.fill(into, intoAt, intoAt + depth * width, 0);
    }
    if (colStride == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(values, at + p * rowStride, into, intoAt + p * width, count);
      }
      return;
    }
    for (int j = 0; j < count; j++) {
      for (int p = 0; p < depth; p++) {
        into[intoAt + p * width + j] = values[at + j * colStride + p * rowStride];
      }
    }
  }
}
