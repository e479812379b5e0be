package org.laplace4j.propertytests.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.op.Window;

/** Shapes and tensors for the properties of ops: small axes, values of order 1 away from kinks. */
final class Tensors {
  private Tensors() {}

  /** Shapes of a rank in the given range, whose axes have lengths 1 to 3. */
  static Arbitrary<Shape> shapes(int minRank, int maxRank) {
    return Arbitraries.integers()
        .between(1, 3)
        .array(int[].class)
        .ofMinSize(minRank)
        .ofMaxSize(maxRank)
        .map(Shape::of);
  }

  /** Windows of 1 to 3 rows and columns, strides of 1 or 2, paddings of 0 or 1. */
  static Arbitrary<Window> windows() {
    Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 3);
    Arbitrary<Integer> strides = Arbitraries.integers().between(1, 2);
    Arbitrary<Integer> paddings = Arbitraries.integers().between(0, 1);
    return Combinators.combine(sizes, sizes, strides, strides, paddings, paddings)
        .as(Window::new);
  }

  /** A shape that broadcasts to {@code to}: leading axes dropped, other axes set to 1. */
  static Shape broadcastable(Shape to, Random random) {
    int[] dims = to.drop(random.nextInt(to.rank() + 1)).dims();
    for (int axis = 0; axis < dims.length; axis++) {
      dims[axis] = random.nextInt(3) == 0 ? 1 : dims[axis];
    }
    return Shape.of(dims);
  }

  /** Values in ±[0.2, 1.2]: no kink, no pole, no large derivative. */
  static Tensor signed(Shape shape, Random random) {
    return filled(shape, i -> (random.nextBoolean() ? 1 : -1) * (0.2 + random.nextDouble()));
  }

  /** Values in [0.5, 1.5]. */
  static Tensor positive(Shape shape, Random random) {
    return filled(shape, i -> 0.5 + random.nextDouble());
  }

  /** Values in [−1, 1] no two of which are nearer than 1/size: which is largest does not change. */
  static Tensor distinct(Shape shape, Random random) {
    List<Integer> ranks = new ArrayList<>();
    for (int rank = 0; rank < shape.size(); rank++) {
      ranks.add(rank);
    }
    java.util.Collections.shuffle(ranks, random);
    return filled(shape, i -> 2.0 * ranks.get(i) / shape.size() - 1);
  }

  /** A value for each row-major index. */
  static Tensor filled(Shape shape, java.util.function.IntToDoubleFunction value) {
    double[] values = new double[shape.size()];
    java.util.Arrays.setAll(values, value);
    return Tensor.adopt(shape, values);
  }

  /** All index tuples of a shape, row-major. */
  static List<int[]> indices(Shape shape) {
    List<int[]> indices = new ArrayList<>();
    for (int at = 0; at < shape.size(); at++) {
      int[] index = new int[shape.rank()];
      int rest = at;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        index[axis] = rest % shape.dim(axis);
        rest /= shape.dim(axis);
      }
      indices.add(index);
    }
    return indices;
  }

  /** The element of a broadcast tensor at an index of the shape to which it was repeated. */
  static double broadcastGet(Tensor x, int[] index) {
    int[] own = new int[x.shape().rank()];
    for (int axis = 0; axis < own.length; axis++) {
      int at = index[index.length - own.length + axis];
      own[axis] = x.shape().dim(axis) == 1 ? 0 : at;
    }
    return x.get(own);
  }
}
