package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * Δ by itself, shape (N·K, out): what the K columns of each example do among each other and with
 * what the inputs have been made into, one row an example.
 *
 * @param delta Δ
 * @param columns K
 */
record PulledBack(Matrix delta, int columns) {

  /** Rotated numbers at a time: a quarter of the second cache. */
  private static final int ROTATED = 1 << 15;

  private static final Kernels KERNELS = KernelProvider.kernels();

  /** Entry (n, k) is δₙₖᵀ pₙ, for P (N, out). */
  double[] times(Matrix p) {
    return rowDots(delta, p);
  }

  /** Entry (n, k) is (δₙₖ ∘ δₙₖ)ᵀ pₙ, for P (N, out). */
  double[] squaredTimes(Matrix p) {
    return rowDots(delta.hadamard(delta), p);
  }

  private double[] rowDots(Matrix left, Matrix p) {
    var dots = new double[left.rows()];
    for (int row = 0; row < dots.length; row++) {
      dots[row] = KERNELS.dot(left.array(), row * out(), p.array(), row / columns * out(), out());
    }
    return dots;
  }

  /** Row n is Σₖ uₙₖ δₙₖ, shape (N, out). */
  Matrix combined(double[] u) {
    var combined = new double[examples() * out()];
    for (int row = 0, at = 0; row < delta.rows(); row++) {
      int into = row / columns * out();
      for (int i = 0; i < out(); i++, at++)
        combined[into + i] = Math.fma(u[row], delta.array()[at], combined[into + i]);
    }
    return Matrix.adopt(examples(), out(), combined);
  }

  /** Row n is Σₖ δₙₖ ∘ δₙₖ, shape (N, out). */
  Matrix combinedSquares() {
    var combined = new double[examples() * out()];
    Parallel.ranges(examples(), (columns + 1L) * out(), (from, to) -> {
      for (int row = from * columns, at = row * out(); row < to * columns; row++) {
        int into = row / columns * out();
        for (int i = 0; i < out(); i++, at++) {
          double value = delta.array()[at];
          combined[into + i] = Math.fma(value, value, combined[into + i]);
        }
      }
    });
    return Matrix.adopt(examples(), out(), combined);
  }

  /** The blocks Δₙ diag(wₙ) Δₙᵀ, stacked (N·K, K), for W (N, out). */
  Matrix blocks(Matrix w) {
    var blocks = new double[delta.rows() * columns];
    Parallel.ranges(
        examples(), 2L * columns * (out() + columns), columns * out(), (first, end, scaled) -> {
          for (int n = first; n < end; n++) {
            writeBlock(n, delta.array(), n * columns * out(), w, scaled, 0, blocks);
          }
        });
    return Matrix.adopt(delta.rows(), columns, blocks);
  }

  /** The blocks of Δ U for U (out, out), of which a few examples' rows exist at a time. */
  Matrix rotatedBlocks(Matrix u, Matrix w) {
    int together = Math.max(1, ROTATED / Math.max(1, columns * out()));
    int groups = (examples() + together - 1) / together;
    int ofExample = columns * out();
    int scratch = Math.multiplyExact(together + 1, ofExample);
    var blocks = new double[delta.rows() * columns];
    Parallel.ranges(groups, 2L * together * ofExample, scratch, (first, end, s) -> {
      for (int group = first; group < end; group++) {
        int from = group * together;
        int count = Math.min(together, examples() - from);
        java.util.Arrays.fill(s, 0, count * ofExample, 0);
        rotate(from * columns, count * columns, u, s);
        for (int n = 0; n < count; n++) {
          writeBlock(from + n, s, n * ofExample, w, s, together * ofExample, blocks);
        }
      }
    });
    return Matrix.adopt(delta.rows(), columns, blocks);
  }

  private void rotate(int row, int rows, Matrix u, double[] into) {
    Arrays.multiplyAdd(
        false,
        false,
        rows,
        out(),
        out(),
        delta.array(),
        row * out(),
        out(),
        u.array(),
        0,
        out(),
        into,
        0,
        out());
  }

  /** Block n from the rows δₙ at an offset, which are scaled by wₙ at another. */
  private void writeBlock(
      int n, double[] rows, int from, Matrix w, double[] scaled, int scaledAt, double[] blocks) {
    for (int k = 0, at = 0; k < columns; k++) {
      for (int i = 0; i < out(); i++, at++)
        scaled[scaledAt + at] = rows[from + at] * w.array()[n * out() + i];
    }
    Arrays.multiplyAdd(
        false,
        true,
        columns,
        columns,
        out(),
        scaled,
        scaledAt,
        out(),
        rows,
        from,
        out(),
        blocks,
        n * columns * columns,
        columns);
    LowerTriangle.mirror(blocks, n * columns * columns, columns, columns);
  }

  private int examples() {
    return delta.rows() / columns;
  }

  private int out() {
    return delta.cols();
  }
}
