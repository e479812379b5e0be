package org.laplace4j.autodiff.op;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.Rows;

/** Two shapes aligned at the end: values combined along them, and cotangents summed back. */
final class Broadcast {
  private Broadcast() {}

  /** Runs shorter than this are not worth a call each; values are then repeated first. */
  private static final int LONG_RUN = 16;

  /** f over the values of both, aligned at the end. */
  static Tensor combine(Tensor a, Tensor b, Arithmetic.Runs f) {
    Shape shape = Shape.broadcast(a.shape(), b.shape());
    double[] z = new double[shape.size()];
    int axes = commonAxes(a.shape(), b.shape());
    int run = shape.drop(shape.rank() - axes).size();
    if (run < LONG_RUN || axes == shape.rank()) {
      double[] x = expand(a, shape);
      double[] y = expand(b, shape);
      Parallel.ranges(z.length, 3, (from, to) -> f.apply(x, from, y, from, z, from, to - from));
      return Tensor.adopt(shape, z);
    }
    Shape leading = shape.leading(shape.rank() - axes);
    int[] ofA = indices(a.shape().leading(a.shape().rank() - axes), leading);
    int[] ofB = indices(b.shape().leading(b.shape().rank() - axes), leading);
    Parallel.ranges(ofA.length, 3L * run, (from, to) -> {
      for (int i = from; i < to; i++) {
        f.apply(a.array(), ofA[i] * run, b.array(), ofB[i] * run, z, i * run, run);
      }
    });
    return Tensor.adopt(shape, z);
  }

  /** How many axes at the end are of the same length in both. */
  private static int commonAxes(Shape a, Shape b) {
    int axes = 0;
    while (axes < Math.min(a.rank(), b.rank()) && a.dim(-1 - axes) == b.dim(-1 - axes)) {
      axes++;
    }
    return axes;
  }

  /**
   * For each element of {@code to}, the row-major index of the element of {@code from} it repeats.
   */
  static int[] indices(Shape from, Shape to) {
    double[] index = new double[from.size()];
    Arrays.setAll(index, i -> i);
    double[] repeated = expand(Tensor.adopt(from, index), to);
    int[] indices = new int[repeated.length];
    Arrays.setAll(indices, i -> (int) repeated[i]);
    return indices;
  }

  /**
   * The values of {@code a} repeated to the shape {@code to}; its own array where nothing is
   * repeated.
   */
  static double[] expand(Tensor a, Shape to) {
    double[] values = a.array();
    int inner = 1;
    int times = 1;
    for (int j = 1; j <= to.rank(); j++) {
      int own = j <= a.shape().rank() ? a.shape().dim(-j) : 1;
      int length = to.dim(-j);
      if (own == length) {
        values = repeat(values, inner, times);
        inner *= times * length;
        times = 1;
      } else {
        times *= length;
      }
    }
    return repeat(values, inner, times);
  }

  /** Each run of {@code inner} numbers that many times. */
  private static double[] repeat(double[] x, int inner, int times) {
    if (times == 1) {
      return x;
    }
    double[] repeated = new double[x.length * times];
    int at = 0;
    for (int from = 0; from < x.length && times > 0; from += inner) {
      if (inner == 1) {
        Arrays.fill(repeated, at, at + times, x[from]);
        at += times;
      } else {
        for (int t = 0; t < times; t++, at += inner) {
          System.arraycopy(x, from, repeated, at, inner);
        }
      }
    }
    return repeated;
  }

  /** Whether an input's axis 0 is another axis of the shape to which it is repeated. */
  static boolean mixesExamples(Shape in, Shape out) {
    return in.rank() != out.rank() || in.rank() > 0 && in.dim(0) != out.dim(0);
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
  static Optional<Rows> exampleRows(Tensor bars, Shape out, Shape in, ElementMask wanted) {
    boolean perExample = in.rank() == out.rank() && in.rank() > 0 && in.dim(0) != 1;
    if (out.rank() == 0 || perExample) {
      return Optional.empty();
    }
    int k = bars.shape().dim(0);
    int n = out.dim(0);
    int[] kept = new int[out.rank()];
    Arrays.fill(kept, 1);
    for (int j = 1; j <= Math.min(in.rank(), out.rank()); j++) {
      kept[out.rank() - j] = in.dim(-j);
    }
    kept[0] = n;
    Tensor summed = sumTo(bars, out, Shape.of(kept)).reshape(k, n, in.size());
    Tensor rows = summed.swapAxes(0, 1).reshape(n * k, in.size());
    return Optional.of(wanted.select(new DenseRows(rows.matrix(), n, k)));
  }
}
