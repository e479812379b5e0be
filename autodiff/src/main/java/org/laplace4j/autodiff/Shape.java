package org.laplace4j.autodiff;

import java.util.Arrays;

/**
 * The lengths of a tensor's axes. Axes are counted from the end where an operation names one
 * ({@code -1} is the last), so that leading axes may be added without a rule noticing.
 */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] dims;
  private final int size;

  private Shape(int[] dims) {
    long product = 1;
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            "Shape: an axis must have a length of at least 0, got " + Arrays.toString(dims) + ".");
      }
      product = Math.multiplyExact(product, (long) dim);
      if (product > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException("Shape: "
            + Arrays.toString(dims)
            + " has more elements than one array can hold (2^31 - 9); use smaller batches.");
      }
    }
    this.dims = dims;
    this.size = (int) product;
  }

  /** The shape with the given axis lengths; none for a scalar. */
  public static Shape of(int... dims) {
    return dims.length == 0 ? SCALAR : new Shape(dims.clone());
  }

  /** The number of axes. */
  public int rank() {
    return dims.length;
  }

  /** The number of elements. */
  public int size() {
    return size;
  }

  /** The length of an axis, counted from the front (0, 1, …) or from the end (-1, -2, …). */
  public int dim(int axis) {
    int at = axis < 0 ? axis + dims.length : axis;
    if (at < 0 || at >= dims.length) {
      throw new IllegalArgumentException("Shape.dim: axis " + axis + " was asked of the shape "
          + this + " of rank " + rank() + ".");
    }
    return dims[at];
  }

  /** The axis lengths, a copy. */
  public int[] dims() {
    return dims.clone();
  }

  /** This shape with axes of the given lengths in front. */
  public Shape prepend(int... leading) {
    int[] all = Arrays.copyOf(leading, leading.length + dims.length);
    System.arraycopy(dims, 0, all, leading.length, dims.length);
    return new Shape(all);
  }

  /** The axes from {@code from} to the end. */
  public Shape drop(int from) {
    return new Shape(Arrays.copyOfRange(dims, from, dims.length));
  }

  /** The first {@code count} axes. */
  public Shape leading(int count) {
    return new Shape(Arrays.copyOf(dims, count));
  }

  /** This shape with another length for one axis, counted from the front or the end. */
  public Shape with(int axis, int length) {
    int[] changed = dims.clone();
    changed[axis < 0 ? axis + dims.length : axis] = length;
    return new Shape(changed);
  }

  /** The shape to which both broadcast: aligned at the end, axes equal or 1. */
  public static Shape broadcast(Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] dims = new int[rank];
    for (int j = 1; j <= rank; j++) {
      int left = j <= a.rank() ? a.dim(-j) : 1;
      int right = j <= b.rank() ? b.dim(-j) : 1;
      if (left != right && left != 1 && right != 1) {
        throw new IllegalArgumentException("Shape.broadcast: "
            + a
            + " and "
            + b
            + " differ at axis -"
            + j
            + " ("
            + left
            + " against "
            + right
            + "); aligned at the end, lengths must be equal or 1.");
      }
      dims[rank - j] = left == 1 ? right : left;
    }
    return new Shape(dims);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape s && Arrays.equals(dims, s.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  /** For example {@code (3, 4)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < dims.length; i++) {
      text.append(i == 0 ? "" : ", ").append(dims[i]);
    }
    return text.append(')').toString();
  }
}
