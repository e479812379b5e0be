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

  /** Columns that are copied at a time, so that what is read of a row is a few cache lines long. */
  private static final int COPIED = 4 * LANES;

  /** Columns that are turned at a time: what is written of a row is a whole cache line. */
  private static final int TURNED = 8;

  private Packing() {}

  /**
   * Packs the first {@code depth} rows and {@code count} columns of M in panels of {@code width}
   * columns, the last of them filled up with zeros.
   */
  static void packPanels(Operand m, int depth, int count, int width, double[] into, int intoAt) {
    int whole = m.colStride() == 1 ? count - count % width : 0;
    int j = 0;
    for (; j <= whole - COPIED; j += COPIED) {
      copyFour(m.from(0, j), depth, width, into, intoAt, j);
    }
    for (; j < whole; j += LANES) {
      copyOne(m.from(0, j), depth, width, into, intoAt + inPanels(j, depth, width));
    }
    for (; j < count; j += width) {
      pack(m.from(0, j), depth, Math.min(width, count - j), width, into, intoAt + j * depth);
    }
  }

  /** Where the first entry of a column is. */
  static int inPanels(int column, int depth, int width) {
    return column / width * width * depth + column % width;
  }

  /**
   * Packs one panel: for each of {@code depth} rows of M {@code width} entries side by side, zeros
   * where there are only {@code count} columns.
   */
  static void pack(Operand m, int depth, int count, int width, double[] into, int intoAt) {
    if (count < width) {
      Arrays.fill(into, intoAt, intoAt + depth * width, 0);
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

  /**
   * Four vectors of columns of a matrix whose rows are contiguous, to column j of the panels and
   * on. Written out: a loop over the four takes three times as long.
   */
  private static void copyFour(Operand m, int depth, int width, double[] into, int intoAt, int j) {
    double[] values = m.values();
    int to0 = intoAt + inPanels(j, depth, width);
    int to1 = intoAt + inPanels(j + LANES, depth, width);
    int to2 = intoAt + inPanels(j + 2 * LANES, depth, width);
    int to3 = intoAt + inPanels(j + 3 * LANES, depth, width);
    for (int p = 0; p < depth; p++) {
      int row = m.at() + p * m.rowStride();
      DoubleVector x0 = DoubleVector.fromArray(SPECIES, values, row);
      DoubleVector x1 = DoubleVector.fromArray(SPECIES, values, row + LANES);
      DoubleVector x2 = DoubleVector.fromArray(SPECIES, values, row + 2 * LANES);
      DoubleVector x3 = DoubleVector.fromArray(SPECIES, values, row + 3 * LANES);
      x0.intoArray(into, to0 + p * width);
      x1.intoArray(into, to1 + p * width);
      x2.intoArray(into, to2 + p * width);
      x3.intoArray(into, to3 + p * width);
    }
  }

  /** One vector of columns. */
  private static void copyOne(Operand m, int depth, int width, double[] into, int to) {
    double[] values = m.values();
    for (int p = 0; p < depth; p++) {
      int row = m.at() + p * m.rowStride();
      DoubleVector.fromArray(SPECIES, values, row).intoArray(into, to + p * width);
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
