package org.laplace4j.propertytests.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.laplace4j.autodiff.DerivativeCheck;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.op.Affine;
import org.laplace4j.autodiff.op.Arithmetic;
import org.laplace4j.autodiff.op.Conv2d;
import org.laplace4j.autodiff.op.Elementwise;
import org.laplace4j.autodiff.op.Layout;
import org.laplace4j.autodiff.op.LogSoftmax;
import org.laplace4j.autodiff.op.MatMul;
import org.laplace4j.autodiff.op.Pooling;
import org.laplace4j.autodiff.op.Reduce;
import org.laplace4j.autodiff.op.Selection;
import org.laplace4j.autodiff.op.Window;

/** Every op's rules against each other and against differences, to second order, over shapes. */
@Tag("scalar")
class OpDerivativesProperties {
  // Sums of up to 3⁴ products of numbers of order 1.
  private static final double ROUNDING = 1e-12;
  // h⁴/30 of the fifth derivative, which is below 1e5 for 1/x at 0.2, relative to values above 1.
  private static final double DIFFERENCE = 2e-7;

  private static void check(Op op, Random random, Tensor... inputs) {
    DerivativeCheck.of(op, List.of(inputs), random).requireWithin(ROUNDING, DIFFERENCE);
  }

  @Property(tries = 300)
  void elementwise(
      @ForAll("elementwiseOps") Elementwise op,
      @ForAll("shapes") Shape shape,
      @ForAll Random random) {
    boolean positive =
        op == Elementwise.LOG || op == Elementwise.SQRT || op == Elementwise.RECIPROCAL;
    check(op, random, positive ? Tensors.positive(shape, random) : Tensors.signed(shape, random));
  }

  @Property(tries = 300)
  void arithmeticWithBroadcasting(
      @ForAll("arithmeticOps") Arithmetic op,
      @ForAll("shapes") Shape shape,
      @ForAll Random random) {
    Tensor whole = Tensors.positive(shape, random);
    Tensor part = Tensors.positive(Tensors.broadcastable(shape, random), random);
    if (random.nextBoolean()) {
      check(op, random, whole, part);
    } else {
      check(op, random, part, whole);
    }
  }

  @Property(tries = 100)
  void arithmeticOfShapesThatBothRepeat(
      @ForAll("arithmeticOps") Arithmetic op,
      @ForAll @IntRange(min = 2, max = 3) int n,
      @ForAll Random random) {
    check(
        op,
        random,
        Tensors.positive(Shape.of(n, 1), random),
        Tensors.positive(Shape.of(1, 2), random));
  }

  @Property(tries = 200)
  void matMul(
      @ForAll boolean transposeA,
      @ForAll boolean transposeB,
      @ForAll("leading") Shape leading,
      @ForAll @IntRange(min = 1, max = 3) int m,
      @ForAll @IntRange(min = 1, max = 3) int k,
      @ForAll @IntRange(min = 1, max = 3) int n,
      @ForAll Random random) {
    Shape a = transposeA ? Shape.of(k, m) : Shape.of(m, k);
    Shape b = transposeB ? Shape.of(n, k) : Shape.of(k, n);
    Shape part = Tensors.broadcastable(leading, random);
    boolean wholeLeft = random.nextBoolean();
    check(
        new MatMul(transposeA, transposeB),
        random,
        Tensors.signed(a.prepend(wholeLeft ? leading.dims() : part.dims()), random),
        Tensors.signed(b.prepend(wholeLeft ? part.dims() : leading.dims()), random));
  }

  @Property(tries = 100)
  void affine(
      @ForAll("leading") Shape leading,
      @ForAll @IntRange(min = 1, max = 3) int in,
      @ForAll @IntRange(min = 1, max = 3) int out,
      @ForAll Random random) {
    check(
        new Affine(),
        random,
        Tensors.signed(Shape.of(in).prepend(leading.dims()), random),
        Tensors.signed(Shape.of(out, in), random),
        Tensors.signed(Shape.of(out), random));
  }

  @Property(tries = 100)
  void sum(@ForAll("shapes") Shape shape, @ForAll boolean keep, @ForAll Random random) {
    int[] axes = random.ints(0, 4).limit(2).filter(axis -> axis < shape.rank()).toArray();
    check(new Reduce.Sum(shape, keep, axes), random, Tensors.signed(shape, random));
  }

  @Property(tries = 100)
  void broadcastTo(@ForAll("shapes") Shape shape, @ForAll Random random) {
    Tensor x = Tensors.signed(Tensors.broadcastable(shape, random), random);
    check(new Reduce.BroadcastTo(shape), random, x);
  }

  @Property(tries = 50)
  void logSoftmax(@ForAll("withAxes") Shape shape, @ForAll Random random) {
    check(new LogSoftmax(), random, Tensors.signed(shape, random));
  }

  @Property(tries = 50)
  void reshape(@ForAll("shapes") Shape shape, @ForAll Random random) {
    Shape to = random.nextBoolean() ? Shape.of(shape.size()) : shape.prepend(1);
    check(new Layout.Reshape(to), random, Tensors.signed(shape, random));
  }

  @Property(tries = 100)
  void swapAxes(@ForAll("withAxes") Shape shape, @ForAll Random random) {
    check(
        new Layout.SwapAxes(axis(shape, random), axis(shape, random)),
        random,
        Tensors.signed(shape, random));
  }

  @Property(tries = 100)
  void sliceAndPad(@ForAll("withAxes") Shape shape, @ForAll Random random) {
    int axis = axis(shape, random);
    int to = 1 + random.nextInt(shape.dim(axis));
    int from = random.nextInt(to);
    check(new Selection.Slice(axis, from, to), random, Tensors.signed(shape, random));
    check(
        new Selection.Pad(axis, random.nextInt(3), random.nextInt(3)),
        random,
        Tensors.signed(shape, random));
  }

  @Property(tries = 100)
  void concat(
      @ForAll("withAxes") Shape shape,
      @ForAll @IntRange(min = 1, max = 3) int parts,
      @ForAll Random random) {
    int axis = axis(shape, random);
    List<Tensor> inputs = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      inputs.add(Tensors.signed(shape.with(axis, 1 + random.nextInt(3)), random));
    }
    check(new Selection.Concat(axis), random, inputs.toArray(new Tensor[0]));
  }

  @Property(tries = 100)
  void gatherAndScatterAdd(@ForAll("withAxes") Shape shape, @ForAll Random random) {
    int axis = axis(shape, random);
    int length = shape.dim(axis);
    int[] gathered = random.ints(4, 0, length).toArray();
    check(new Selection.Gather(axis, gathered), random, Tensors.signed(shape, random));
    int[] scattered = random.ints(length, 0, 4).toArray();
    check(new Selection.ScatterAdd(axis, 4, scattered), random, Tensors.signed(shape, random));
  }

  @Property(tries = 100)
  void convolution(@ForAll("windows") Window window, @ForAll Random random) {
    int channels = 1 + random.nextInt(2);
    int out = 1 + random.nextInt(2);
    Tensor x = Tensors.signed(images(window, channels, random), random);
    Tensor w = Tensors.signed(Shape.of(out, channels, window.height(), window.width()), random);
    if (random.nextBoolean()) {
      check(new Conv2d(window), random, x, w);
    } else {
      check(new Conv2d(window), random, x, w, Tensors.signed(Shape.of(out), random));
    }
  }

  @Property(tries = 100)
  void pooling(@ForAll("windows") Window window, @ForAll Random random) {
    Assume.that(2 * window.paddingHeight() <= window.height()
        && 2 * window.paddingWidth() <= window.width());
    Tensor x = Tensors.signed(images(window, 1 + random.nextInt(2), random), random);
    check(new Pooling.Average2d(window), random, x);
    check(new Pooling.Max2d(window), random, Tensors.distinct(x.shape(), random));
  }

  /** Up to two images, a little larger than the window. */
  private static Shape images(Window window, int channels, Random random) {
    int height = Math.max(1, window.height() - 2 * window.paddingHeight()) + random.nextInt(3);
    int width = Math.max(1, window.width() - 2 * window.paddingWidth()) + random.nextInt(3);
    return Shape.of(1 + random.nextInt(2), channels, height, width);
  }

  private static int axis(Shape shape, Random random) {
    return -1 - random.nextInt(shape.rank());
  }

  @Provide
  Arbitrary<Elementwise> elementwiseOps() {
    return Arbitraries.of(
        Elementwise.NEGATE,
        Elementwise.RECIPROCAL,
        Elementwise.SQUARE,
        Elementwise.SQRT,
        Elementwise.EXP,
        Elementwise.LOG,
        Elementwise.TANH,
        Elementwise.SIGMOID,
        Elementwise.RELU,
        Elementwise.SOFTPLUS,
        Elementwise.ERF,
        Elementwise.GELU);
  }

  @Provide
  Arbitrary<Arithmetic> arithmeticOps() {
    return Arbitraries.of(
        Arithmetic.ADD, Arithmetic.SUBTRACT, Arithmetic.MULTIPLY, Arithmetic.DIVIDE);
  }

  @Provide
  Arbitrary<Window> windows() {
    return Tensors.windows();
  }

  @Provide
  Arbitrary<Shape> shapes() {
    return Tensors.shapes(0, 4);
  }

  @Provide
  Arbitrary<Shape> withAxes() {
    return Tensors.shapes(1, 4);
  }

  @Provide
  Arbitrary<Shape> leading() {
    return Tensors.shapes(0, 2);
  }
}
