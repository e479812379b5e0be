package org.laplace4j.linalg;

import java.util.Arrays;

/**
 * A block of a row-major matrix within an array: where it begins, and how far its rows are apart.
 */
final class Block {
  final double[] values;
  final int at;
  final int ld;

  Block(double[] values, int at, int ld) {
    this.values = values;
    this.at = at;
    this.ld = ld;
  }

  /** One of its own, of zeros. */
  static Block zeros(int rows, int columns) {
    return new Block(new double[rows * columns], 0, columns);
  }

  /** The block that begins at entry (i, j) of this one. */
  Block from(int i, int j) {
    return new Block(values, at + i * ld + j, ld);
  }

  /** Copies the first rows and columns to another block, and makes them zero. */
  void moveTo(Block other, int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, at + i * ld, other.values, other.at + i * other.ld, columns);
    }
    clear(rows, columns);
  }

  /** Makes the first rows and columns zero. */
  void clear(int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      Arrays.fill(values, at + i * ld, at + i * ld + columns, 0);
    }
  }

  /** Turns the sign of the first rows and columns, but of zero, which is positive after it. */
  void negate(int rows, int columns) {
    for (int i = 0; i < rows; i++) {
      int row = at + i * ld;
      for (int j = row; j < row + columns; j++) {
        values[j] = 0 - values[j];
      }
    }
  }
}
