package org.laplace4j.linalg.kernel;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Copies blocks of a matrix into the order in which the innermost loop reads them: panels of a few
 * columns, one after the other, each row by row.
 */
final class Packing {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  /** Panels that are filled at a time, so that what is read of a row is a few cache lines long. */
  private static final int TOGETHER = 4;

  /** Columns that are turned at a time: what is written of a row is a whole cache line. */
  private static final int TURNED = 8;

  private Packing() {}

  /**
   * Packs the first {@code depth} rows and {@code count} columns of M in panels of {@code width}
   * columns, the last of them filled up with zeros.
   */
  static void packPanels(Operand m, int depth, int count, int width, double[] into, int intoAt) {
    int whole = count - count % width;
    int first = 0;
    if (m.colStride() == 1) {
      for (; first < whole; first += TOGETHER * width) {
        int end = Math.min(whole, first + TOGETHER * width);
        copy(m.from(0, first), depth, end - first, width, into, intoAt + first * depth);
      }
      first = whole;
    }
    for (; first < count; first += width) {
      int left = Math.min(width, count - first);
      pack(m.from(0, first), depth, left, width, into, intoAt + first * depth);
    }
  }

  /**
   * Packs one panel: for each of {@code depth} rows of M {@code width} entries side by side, zeros
   * where there are only {@code count} columns.
   */
  static void pack(Operand m, int depth, int count, int width, double[] into, int intoAt) {
    if (count < width) {
      Arrays.fill(into, intoAt, intoAt + depth * width, 0);
    }
    if (m.colStride() == 1) {
      for (int p = 0; p < depth; p++) {
        System.arraycopy(m.values(), m.at(p, 0), into, intoAt + p * width, count);
      }
      return;
    }
    int turned = 0;
    if (m.rowStride() == 1) {
      for (; turned <= count - TURNED; turned += TURNED) {
        turn(m.from(0, turned), depth, width, into, intoAt + turned);
      }
    }
    double[] values = m.values();
    int rowStride = m.rowStride();
    for (int j = turned; j < count; j++) {
      int column = m.at(0, j);
      for (int p = 0; p < depth; p++) {
        into[intoAt + p * width + j] = values[column + p * rowStride];
      }
    }
  }

  /** Whole panels of a matrix whose rows are contiguous, row by row across all of them. */
  private static void copy(Operand m, int depth, int count, int width, double[] into, int intoAt) {
    double[] values = m.values();
    for (int p = 0; p < depth; p++) {
      int row = m.at(p, 0);
      for (int j = 0; j < count; j += width) {
        int to = intoAt + j * depth + p * width;
        for (int i = 0; i < width; i += LANES) {
          DoubleVector.fromArray(SPECIES, values, row + j + i).intoArray(into, to + i);
        }
      }
    }
  }

  /** Eight columns of a matrix whose columns are contiguous. */
  private static void turn(Operand m, int depth, int width, double[] into, int intoAt) {
    double[] values = m.values();
    int c0 = m.at();
    int c1 = m.at(0, 1);
    int c2 = m.at(0, 2);
    int c3 = m.at(0, 3);
    int c4 = m.at(0, 4);
    int c5 = m.at(0, 5);
    int c6 = m.at(0, 6);
    int c7 = m.at(0, 7);
    for (int p = 0; p < depth; p++) {
      int to = intoAt + p * width;
      into[to] = values[c0 + p];
      into[to + 1] = values[c1 + p];
      into[to + 2] = values[c2 + p];
      into[to + 3] = values[c3 + p];
      into[to + 4] = values[c4 + p];
      into[to + 5] = values[c5 + p];
      into[to + 6] = values[c6 + p];
      into[to + 7] = values[c7 + p];
    }
  }
}
