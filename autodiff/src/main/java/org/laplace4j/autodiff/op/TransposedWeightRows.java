package org.laplace4j.autodiff.op;

import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.DenseRows;

/**
 * The gradient of each example in the weight W (in, out) of y = x W, for x (N, …, in) and
 * cotangents δ (K, N, …, out), where the axes between are positions r.
 *
 * <pre>  row (n, k) = Σᵣ aₙᵣ ⊗ δₙₖᵣ  </pre>
 *
 * <p>Multiplied out; of few wanted elements only those are.
 */
final class TransposedWeightRows {
  /**
   * A product of whole matrices does about this many multiply-adds while a gathered one does one.
   */
  private static final int GATHER_COST = 8;

  private final Tensor x;
  private final Tensor bars;
  private final int in;
  private final int out;
  private final int columns;
  private final int examples;
  private final int positions;

  private TransposedWeightRows(Tensor x, Tensor bars) {
    this.x = x;
    this.bars = bars;
    this.in = x.shape().dim(-1);
    this.out = bars.shape().dim(-1);
    this.columns = bars.shape().dim(0);
    this.examples = x.shape().dim(0);
    this.positions = x.shape().drop(1).leading(x.shape().rank() - 2).size();
  }

  /** The wanted elements of the rows of W. */
  static DenseRows of(Tensor x, Tensor bars, ElementMask wanted) {
    var rows = new TransposedWeightRows(x, bars);
    boolean few = (long) wanted.count() * GATHER_COST < wanted.shape().size();
    if (few) {
      return rows.dense(rows.gathered(wanted.indices()), wanted.count());
    }
    DenseRows whole = rows.dense(rows.whole(), wanted.shape().size());
    return wanted.isAll() ? whole : whole.select(wanted.indices());
  }

  private DenseRows dense(double[] values, int width) {
    return new DenseRows(Matrix.adopt(examples * columns, width, values), examples, columns);
  }

  private double[] whole() {
    double[] rows = new double[Math.multiplyExact(examples * columns, in * out)];
    for (int row = 0; row < examples * columns; row++) {
      Arrays.multiplyAdd(
          true,
          false,
          in,
          out,
          positions,
          x.array(),
          inputs(row) * in,
          in,
          bars.array(),
          cotangents(row) * out,
          out,
          rows,
          row * in * out,
          out);
    }
    return rows;
  }

  private double[] gathered(int[] elements) {
    double[] rows = new double[Math.multiplyExact(examples * columns, elements.length)];
    int at = 0;
    for (int row = 0; row < examples * columns; row++, at += elements.length) {
      for (int r = 0; r < positions; r++) {
        int xAt = (inputs(row) + r) * in;
        int barAt = (cotangents(row) + r) * out;
        for (int e = 0; e < elements.length; e++) {
          double factor = x.array()[xAt + elements[e] / out];
          rows[at + e] += factor * bars.array()[barAt + elements[e] % out];
        }
      }
    }
    return rows;
  }

  /** Where the positions of row n·K + k begin among the inputs, which lie by example. */
  private int inputs(int row) {
    return row / columns * positions;
  }

  /** Where they begin among the cotangents, which lie by column, then example. */
  private int cotangents(int row) {
    return (row % columns * examples + row / columns) * positions;
  }
}
