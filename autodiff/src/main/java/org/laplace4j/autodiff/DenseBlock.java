package org.laplace4j.autodiff;

import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.Rows;

/** Dense rows over one block of the space, while they are filled: (N·K, size), zero at first. */
final class DenseBlock {
  /** Rows are multiplied out so many numbers at a time: 8 MiB. */
  private static final int CHUNK = 1 << 20;

  private final int examples;
  private final int columns;
  private final int size;
  private final double[] values;

  DenseBlock(ParameterSpace.Block block, int examples, int columns) {
    this.examples = examples;
    this.columns = columns;
    this.size = block.size();
    this.values = new double[Math.multiplyExact(examples * columns, size)];
  }

  void add(int row, int element, double value) {
    values[row * size + element] += value;
  }

  /** Adds the selected elements of {@code count} gradients of the whole parameter, one a row. */
  void add(int firstRow, int count, double[] gradients, ElementMask mask) {
    int[] selected = mask.indices();
    for (int row = 0; row < count; row++) {
      for (int e = 0; e < selected.length; e++) {
        add(firstRow + row, e, gradients[row * mask.shape().size() + selected[e]]);
      }
    }
  }

  DenseRows rows() {
    return new DenseRows(Matrix.adopt(examples * columns, size, values), examples, columns);
  }

  /** What is done with the rows of some examples, the first of which has the given number. */
  interface Chunk {
    void take(Rows rows, int firstRow);
  }

  /** The rows a few examples at a time, so that what is multiplied out of them stays small. */
  static void inChunks(Rows rows, Chunk chunk) {
    int step = (int) Math.max(1, CHUNK / ((long) rows.columns() * rows.size()));
    for (int from = 0; from < rows.examples(); from += step) {
      int to = Math.min(from + step, rows.examples());
      chunk.take(rows.examples(from, to), from * rows.columns());
    }
  }
}
