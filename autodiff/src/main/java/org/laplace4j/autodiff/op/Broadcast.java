package org.laplace4j.autodiff.op;

import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.Rows;

/** Two shapes aligned at the end: values combined along them, and cotangents summed back. */
final class Broadcast {
  private Broadcast() {}

  /** f(a, b) over the common shape. */
  static Tensor combine(Tensor a, Tensor b, DoubleBinaryOperator f) {
    Shape shape = Shape.broadcast(a.shape(), b.shape());
    double[] x = a.array();
    double[] y = b.array();
    double[] out = new double[shape.size()];
    if (repeats(a.shape(), shape) && repeats(b.shape(), shape)) {
      // Each operand is whole, or whole again and again: its index is the output's, modulo its
      // size.
      int i = 0;
      int j = 0;
      for (int at = 0; at < out.length; at++) {
        out[at] = f.applyAsDouble(x[i], y[j]);
        i = i + 1 == x.length ? 0 : i + 1;
        j = j + 1 == y.length ? 0 : j + 1;
      }
      return Tensor.adopt(shape, out);
    }
    int[] xAt = positions(a.shape(), shape);
    int[] yAt = positions(b.shape(), shape);
    for (int at = 0; at < out.length; at++) {
      out[at] = f.applyAsDouble(x[xAt[at]], y[yAt[at]]);
    }
    return Tensor.adopt(shape, out);
  }

  /** The values of {@code a} repeated to the shape {@code to}. */
  static double[] expand(Tensor a, Shape to) {
    double[] x = a.array();
    double[] out = new double[to.size()];
    if (repeats(a.shape(), to)) {
      for (int at = 0; at < out.length; at += x.length) {
        System.arraycopy(x, 0, out, at, x.length);
      }
      return out;
    }
    int[] positions = positions(a.shape(), to);
    for (int at = 0; at < out.length; at++) {
      out[at] = x[positions[at]];
    }
    return out;
  }

  /** Whether the shape, its leading ones dropped, is the end of {@code to}. */
  private static boolean repeats(Shape from, Shape to) {
    int skip = 0;
    while (skip < from.rank() && from.dim(skip) == 1) {
      skip++;
    }
    Shape core = from.drop(skip);
    return core.equals(to.drop(to.rank() - core.rank())) && core.size() > 0;
  }

  private static int[] positions(Shape from, Shape to) {
    int[] at = new int[to.size()];
    int inner = 1;
    int stride = 1;
    for (int j = 1; j <= to.rank(); j++) {
      int length = to.dim(-j);
      boolean moves = j <= from.rank() && from.dim(-j) > 1;
      if (moves) {
        for (int i = 0; i < at.length; i++) {
          at[i] += (i / inner) % length * stride;
        }
        stride *= length;
      }
      inner *= length;
    }
    return at;
  }

  /**
   * A cotangent of the broadcast shape {@code out}, possibly with leading axes of its own, summed
   * back to the shape {@code in}.
   */
  static Tensor sumTo(Tensor bar, Shape out, Shape in) {
    if (out.equals(in)) {
      return bar;
    }
    int extra = bar.shape().rank() - out.rank();
    int[] axes = IntStream.rangeClosed(1, out.rank())
        .filter(j -> j > in.rank() || in.dim(-j) == 1 && out.dim(-j) != 1)
        .map(j -> -j)
        .toArray();
    Tensor summed = axes.length == 0 ? bar : bar.sum(true, axes);
    return summed.reshape(in.prepend(bar.shape().leading(extra).dims()));
  }

  /**
   * The rows of an input that was broadcast over the examples, from the cotangents (K, B, …) of its
   * broadcast value: row (n, k) is cotangent k of example n, summed back to the input's shape.
   * Empty where the input has an axis of examples itself.
   */
  static Optional<Rows> exampleRows(Tensor bars, Shape out, Shape in) {
    boolean perExample = in.rank() == out.rank() && in.rank() > 0 && in.dim(0) != 1;
    if (out.rank() == 0 || perExample) {
      return Optional.empty();
    }
    int k = bars.shape().dim(0);
    int n = out.dim(0);
    int[] kept = new int[out.rank()];
    java.util.Arrays.fill(kept, 1);
    for (int j = 1; j <= Math.min(in.rank(), out.rank()); j++) {
      kept[out.rank() - j] = in.dim(-j);
    }
    kept[0] = n;
    Tensor summed = sumTo(bars, out, Shape.of(kept)).reshape(k, n, in.size());
    Tensor rows = summed.swapAxes(0, 1).reshape(n * k, in.size());
    return Optional.of(new DenseRows(rows.matrix(), n, k));
  }
}
