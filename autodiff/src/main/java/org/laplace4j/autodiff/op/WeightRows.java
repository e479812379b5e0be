package org.laplace4j.autodiff.op;

import java.util.Arrays;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;

/**
 * The gradient of each example in a weight that its features are multiplied by, for x (N, …, in)
 * and cotangents δ (K, N, …, out), where the axes between are positions r.
 *
 * <pre>
 *   y = x Wᵀ, W (out, in)     row (n, k) = Σᵣ δₙₖᵣ ⊗ aₙᵣ
 *   y = x W,  W (in, out)     row (n, k) = Σᵣ aₙᵣ ⊗ δₙₖᵣ
 * </pre>
 *
 * <p>The first is kept factored where there is one position; all else is multiplied out, and then
 * only the wanted elements are kept.
 */
final class WeightRows {
  /**
   * A product of whole matrices does about this many multiply-adds while a gathered one does one.
   */
  private static final int GATHER_COST = 8;

  private final Tensor left;
  private final Tensor right;
  private final boolean cotangentsLeft;
  private final int columns;
  private final int examples;
  private final int positions;

  private WeightRows(Tensor x, Tensor bars, boolean transposed) {
    this.left = transposed ? bars : x;
    this.right = transposed ? x : bars;
    this.cotangentsLeft = transposed;
    this.columns = bars.shape().dim(0);
    this.examples = x.shape().dim(0);
    this.positions = x.shape().drop(1).leading(x.shape().rank() - 2).size();
  }

  /**
   * The wanted elements of the rows of W, where y = x Wᵀ if {@code transposed} and y = x W if not.
   */
  static Rows of(Tensor x, Tensor bars, boolean transposed, ElementMask wanted) {
    var rows = new WeightRows(x, bars, transposed);
    if (transposed && rows.positions == 1) {
      return factored(x, bars, wanted);
    }
    if ((long) wanted.count() * GATHER_COST < wanted.shape().size()) {
      return rows.dense(rows.gathered(wanted.indices()), wanted.count());
    }
    return wanted.select(rows.dense(rows.whole(), wanted.shape().size()));
  }

  /** δ ⊗ a, with the cotangents of those units alone that a wanted element leads to. */
  private static Rows factored(Tensor x, Tensor bars, ElementMask wanted) {
    int in = x.shape().dim(-1);
    Matrix a = x.reshape(x.shape().dim(0), in).matrix();
    if (wanted.isAll()) {
      return new KhatriRaoRows(byExample(bars), a);
    }
    int[] elements = wanted.indices();
    int[] units = new int[wanted.shape().dim(0)];
    int count = 0;
    for (int e = 0; e < elements.length; e++) {
      int unit = elements[e] / in;
      count = count > 0 && units[count - 1] == unit ? count : count + 1;
      units[count - 1] = unit;
      elements[e] = (count - 1) * in + elements[e] % in;
    }
    return new KhatriRaoRows(byExample(bars, Arrays.copyOf(units, count)), a).select(elements);
  }

  /** (K, N, …, D) with one position → (N·K, D): row n·K + k. */
  static Matrix byExample(Tensor bars) {
    int k = bars.shape().dim(0);
    int n = bars.shape().dim(1);
    int width = bars.shape().dim(-1);
    return bars.reshape(k, n, width).swapAxes(0, 1).reshape(n * k, width).matrix();
  }

  /** The same for some of the units of the last axis alone. */
  static Matrix byExample(Tensor bars, int[] units) {
    int k = bars.shape().dim(0);
    int n = bars.shape().dim(1);
    int width = bars.shape().dim(-1);
    double[] rows = new double[n * k * units.length];
    int at = 0;
    for (int row = 0; row < n * k; row++) {
      int from = (row % k * n + row / k) * width;
      for (int unit : units) {
        rows[at++] = bars.array()[from + unit];
      }
    }
    return Matrix.adopt(n * k, units.length, rows);
  }

  private DenseRows dense(double[] values, int width) {
    return new DenseRows(Matrix.adopt(examples * columns, width, values), examples, columns);
  }

  private double[] whole() {
    int m = left.shape().dim(-1);
    int n = right.shape().dim(-1);
    double[] rows = new double[Math.multiplyExact(examples * columns, m * n)];
    for (int row = 0; row < examples * columns; row++) {
      org.laplace4j.linalg.Arrays.multiplyAdd(
          true,
          false,
          m,
          n,
          positions,
          left.array(),
          start(row, cotangentsLeft) * m,
          m,
          right.array(),
          start(row, !cotangentsLeft) * n,
          n,
          rows,
          row * m * n,
          n);
    }
    return rows;
  }

  private double[] gathered(int[] elements) {
    int m = left.shape().dim(-1);
    int n = right.shape().dim(-1);
    double[] rows = new double[Math.multiplyExact(examples * columns, elements.length)];
    int at = 0;
    for (int row = 0; row < examples * columns; row++, at += elements.length) {
      for (int r = 0; r < positions; r++) {
        int leftAt = (start(row, cotangentsLeft) + r) * m;
        int rightAt = (start(row, !cotangentsLeft) + r) * n;
        for (int e = 0; e < elements.length; e++) {
          double factor = left.array()[leftAt + elements[e] / n];
          rows[at + e] += factor * right.array()[rightAt + elements[e] % n];
        }
      }
    }
    return rows;
  }

  /** Where the positions of row n·K + k begin: cotangents lie by column, then example. */
  private int start(int row, boolean cotangents) {
    int n = row / columns;
    return (cotangents ? row % columns * examples + n : n) * positions;
  }
}
