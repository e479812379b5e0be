package org.laplace4j.autodiff;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.laplace4j.autodiff.op.Affine;
import org.laplace4j.autodiff.op.Arithmetic;
import org.laplace4j.autodiff.op.Elementwise;
import org.laplace4j.autodiff.op.Layout;
import org.laplace4j.autodiff.op.LogSoftmax;
import org.laplace4j.autodiff.op.MatMul;
import org.laplace4j.autodiff.op.Reduce;
import org.laplace4j.autodiff.op.Selection;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.Cotangents;

/**
 * A shape and a contiguous row-major {@code double[]}; immutable. A tracked tensor also remembers
 * the op and the inputs that made it, which is the whole graph: there is no tape besides.
 *
 * <p>{@code of} clones, {@code adopt} takes over, {@link #array()} shares read-only by contract;
 * reshaping shares the array, and {@link Matrix} ↔ tensor never copies.
 */
public final class Tensor {
  private final Shape shape;
  private final double[] values;
  private final Origin origin;
  private Optional<Kept> kept = Optional.empty();

  private Tensor(Shape shape, double[] values, Origin origin) {
    this.shape = shape;
    this.values = values;
    this.origin = origin;
  }

  /** A tensor of the given values, row-major, copied. */
  public static Tensor of(Shape shape, double... values) {
    return adopt(shape, values.clone());
  }

  /** A tensor that takes the array over: the caller must not write to it again. */
  public static Tensor adopt(Shape shape, double[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException("Tensor: the shape "
          + shape
          + " needs "
          + shape.size()
          + " values, got "
          + values.length
          + ".");
    }
    return new Tensor(shape, values, Origin.Constant.PLAIN);
  }

  /** A tensor of rank 0. */
  public static Tensor scalar(double value) {
    return adopt(Shape.of(), new double[] {value});
  }

  /** A tensor of rank 1, copied. */
  public static Tensor vector(double... values) {
    return of(Shape.of(values.length), values);
  }

  /** A tensor of rank 2 that shares the matrix's array. */
  public static Tensor of(Matrix matrix) {
    return adopt(Shape.of(matrix.rows(), matrix.cols()), matrix.array());
  }

  /** All zeros. */
  public static Tensor zeros(Shape shape) {
    return adopt(shape, new double[shape.size()]);
  }

  /** All ones. */
  public static Tensor ones(Shape shape) {
    return full(shape, 1);
  }

  /** Every element the same. */
  public static Tensor full(Shape shape, double value) {
    double[] values = new double[shape.size()];
    java.util.Arrays.fill(values, value);
    return adopt(shape, values);
  }

  /** The value of an op at the given inputs, recorded where one of them is tracked. */
  public static Tensor apply(Op op, Tensor... inputs) {
    return apply(op, List.of(inputs));
  }

  /** The value of an op at the given inputs, recorded where one of them is tracked. */
  public static Tensor apply(Op op, List<Tensor> inputs) {
    boolean tracked = false;
    boolean fromData = false;
    for (Tensor input : inputs) {
      tracked |= input.tracked();
      fromData |= input.fromData();
    }
    Tensor value = op.forward(tracked ? detached(inputs) : inputs);
    if (tracked) {
      return new Tensor(value.shape, value.values, new Origin.Computed(op, inputs, fromData));
    }
    return fromData ? value.asData() : value;
  }

  static List<Tensor> detached(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::detach).toList();
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The number of elements. */
  public int size() {
    return values.length;
  }

  /** The values, row-major: shared, to be read only. */
  public double[] array() {
    return values;
  }

  /** The one value of a tensor of one element. */
  public double item() {
    if (values.length != 1) {
      throw new IllegalArgumentException(
          "Tensor.item: needs exactly one element, the shape is " + shape + ".");
    }
    return values[0];
  }

  /** The element at the given position, one index an axis. */
  public double get(int... index) {
    if (index.length != shape.rank()) {
      throw new IllegalArgumentException("Tensor.get: the shape " + shape + " needs " + shape.rank()
          + " indices, got " + index.length + ".");
    }
    int at = 0;
    for (int axis = 0; axis < index.length; axis++) {
      at = at * shape.dim(axis) + java.util.Objects.checkIndex(index[axis], shape.dim(axis));
    }
    return values[at];
  }

  /** A tensor of rank 2 as a matrix that shares its array. */
  public Matrix matrix() {
    if (shape.rank() != 2) {
      throw new IllegalArgumentException(
          "Tensor.matrix: needs rank 2, the shape is " + shape + ".");
    }
    return Matrix.adopt(shape.dim(0), shape.dim(1), values);
  }

  /** Whether a derivative is asked for this tensor or for something it was made from. */
  public boolean tracked() {
    return origin.tracked();
  }

  /** Whether this tensor depends on the data, so that its axis 0 is the axis of examples. */
  public boolean fromData() {
    return origin.fromData();
  }

  Origin origin() {
    return origin;
  }

  /** The same values without their history; the mark of data stays. */
  public Tensor detach() {
    return tracked() ? new Tensor(shape, values, constant(fromData())) : this;
  }

  /** The same values, marked as data: axis 0 is the axis of examples. */
  public Tensor asData() {
    return fromData() ? this : new Tensor(shape, values, Origin.Constant.DATA);
  }

  /** The same values without history and without the mark of data. */
  Tensor plain() {
    return origin == Origin.Constant.PLAIN
        ? this
        : new Tensor(shape, values, Origin.Constant.PLAIN);
  }

  /** The same values as a new starting point of derivatives. */
  Tensor asLeaf() {
    return new Tensor(shape, values, new Origin.Leaf());
  }

  private static Origin constant(boolean fromData) {
    return fromData ? Origin.Constant.DATA : Origin.Constant.PLAIN;
  }

  /** x + y, broadcast. */
  public Tensor plus(Tensor y) {
    return apply(Arithmetic.ADD, this, y);
  }

  /** x + c. */
  public Tensor plus(double c) {
    return plus(scalar(c));
  }

  /** x − y, broadcast. */
  public Tensor minus(Tensor y) {
    return apply(Arithmetic.SUBTRACT, this, y);
  }

  /** x − c. */
  public Tensor minus(double c) {
    return minus(scalar(c));
  }

  /** x ∘ y, broadcast. */
  public Tensor times(Tensor y) {
    return apply(Arithmetic.MULTIPLY, this, y);
  }

  /** c x. */
  public Tensor times(double c) {
    return times(scalar(c));
  }

  /** x / y, element by element, broadcast. */
  public Tensor dividedBy(Tensor y) {
    return apply(Arithmetic.DIVIDE, this, y);
  }

  /** −x. */
  public Tensor negate() {
    return apply(Elementwise.NEGATE, this);
  }

  /** 1 / x. */
  public Tensor reciprocal() {
    return apply(Elementwise.RECIPROCAL, this);
  }

  /** x². */
  public Tensor square() {
    return apply(Elementwise.SQUARE, this);
  }

  /** √x. */
  public Tensor sqrt() {
    return apply(Elementwise.SQRT, this);
  }

  /** eˣ. */
  public Tensor exp() {
    return apply(Elementwise.EXP, this);
  }

  /** log x, natural. */
  public Tensor log() {
    return apply(Elementwise.LOG, this);
  }

  /** tanh x. */
  public Tensor tanh() {
    return apply(Elementwise.TANH, this);
  }

  /** 1 / (1 + e⁻ˣ). */
  public Tensor sigmoid() {
    return apply(Elementwise.SIGMOID, this);
  }

  /** max(x, 0), with slope 0 at 0. */
  public Tensor relu() {
    return apply(Elementwise.RELU, this);
  }

  /** log(1 + eˣ). */
  public Tensor softplus() {
    return apply(Elementwise.SOFTPLUS, this);
  }

  /** The error function 2/√π ∫₀ˣ exp(−t²) dt. */
  public Tensor erf() {
    return apply(Elementwise.ERF, this);
  }

  /** x Φ(x), Φ the normal distribution function. */
  public Tensor gelu() {
    return apply(Elementwise.GELU, this);
  }

  /** x y, shapes (…, m, k) · (…, k, n) → (…, m, n); leading axes broadcast. */
  public Tensor matmul(Tensor y) {
    return matmul(false, y, false);
  }

  /** op(x) op(y), each transposed in its last two axes where its flag is set. */
  public Tensor matmul(boolean transposeThis, Tensor y, boolean transposeY) {
    return apply(new MatMul(transposeThis, transposeY), this, y);
  }

  /** x Wᵀ + b, shapes (…, in), (out, in), (out) → (…, out). */
  public Tensor affine(Tensor weight, Tensor bias) {
    return apply(new Affine(), this, weight, bias);
  }

  /** The sum of all elements, of rank 0. */
  public Tensor sum() {
    int[] axes = new int[shape.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i - axes.length;
    }
    return sum(false, axes);
  }

  /** The sum over the given axes, which are kept with length 1 or dropped. */
  public Tensor sum(boolean keep, int... axes) {
    return apply(new Reduce.Sum(shape, keep, axes), this);
  }

  /** The mean over the given axes, which are kept with length 1 or dropped. */
  public Tensor mean(boolean keep, int... axes) {
    Tensor total = sum(keep, axes);
    return total.times(total.size() / (double) size());
  }

  /** This tensor repeated along new axes and axes of length 1. */
  public Tensor broadcastTo(Shape to) {
    return shape.equals(to) ? this : apply(new Reduce.BroadcastTo(to), this);
  }

  /** x − log Σ eˣ over the last axis. */
  public Tensor logSoftmax() {
    return apply(new LogSoftmax(), this);
  }

  /** eˣ / Σ eˣ over the last axis. */
  public Tensor softmax() {
    return logSoftmax().exp();
  }

  /** The same values in another shape; the array is shared. */
  public Tensor reshape(int... dims) {
    return reshape(Shape.of(dims));
  }

  /** The same values in another shape; the array is shared. */
  public Tensor reshape(Shape to) {
    return shape.equals(to) ? this : apply(new Layout.Reshape(to), this);
  }

  /** The last two axes swapped. */
  public Tensor transpose() {
    return swapAxes(-1, -2);
  }

  /** Two axes swapped. */
  public Tensor swapAxes(int first, int second) {
    return apply(new Layout.SwapAxes(fromEnd(first), fromEnd(second)), this);
  }

  /** The part from {@code from} (inclusive) to {@code to} (exclusive) along an axis. */
  public Tensor slice(int axis, int from, int to) {
    return apply(new Selection.Slice(fromEnd(axis), from, to), this);
  }

  /** Zeros added before and after along an axis. */
  public Tensor pad(int axis, int before, int after) {
    return apply(new Selection.Pad(fromEnd(axis), before, after), this);
  }

  /** The tensors one after the other along an axis. */
  public static Tensor concat(int axis, List<Tensor> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("Tensor.concat: at least 1 tensor is needed, got 0.");
    }
    return apply(new Selection.Concat(parts.get(0).fromEnd(axis)), parts);
  }

  /** The entries named by {@code indices} along an axis; an index may come more than once. */
  public Tensor gather(int axis, int... indices) {
    return apply(new Selection.Gather(fromEnd(axis), indices), this);
  }

  /**
   * What a function makes of this tensor, kept until another function is asked: the rows of a
   * weight and of its bias have the same cotangents, put in order once, as one matrix.
   */
  public synchronized Cotangents kept(Function<Tensor, Cotangents> function) {
    if (kept.isEmpty() || kept.get().function != function) {
      kept = Optional.of(new Kept(function, function.apply(this)));
    }
    return kept.get().made;
  }

  private record Kept(Function<Tensor, Cotangents> function, Cotangents made) {}

  private int fromEnd(int axis) {
    int counted = axis < 0 ? axis : axis - shape.rank();
    if (counted < -shape.rank() || counted >= 0) {
      throw new IllegalArgumentException("Tensor: axis " + axis + " was asked of the shape " + shape
          + " of rank " + shape.rank() + ".");
    }
    return counted;
  }

  /** Shape and, for small tensors, the values. */
  @Override
  public String toString() {
    return "Tensor" + shape + (size() <= 16 ? java.util.Arrays.toString(values) : "");
  }
}
