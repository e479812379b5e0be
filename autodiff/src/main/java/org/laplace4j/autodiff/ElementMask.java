package org.laplace4j.autodiff;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.laplace4j.linalg.rows.Rows;

/**
 * A set of elements of one tensor shape: one flag an element, immutable. Which weights are trained,
 * frozen, random: everything of that kind is such a mask.
 */
public final class ElementMask {
  private final Shape shape;
  private final BitSet flags;
  private final int count;

  private ElementMask(Shape shape, BitSet flags) {
    this.shape = shape;
    this.flags = flags;
    this.count = flags.cardinality();
  }

  /** Every element. */
  public static ElementMask all(Shape shape) {
    BitSet flags = new BitSet(shape.size());
    flags.set(0, shape.size());
    return new ElementMask(shape, flags);
  }

  /** No element. */
  public static ElementMask none(Shape shape) {
    return new ElementMask(shape, new BitSet());
  }

  /** The elements whose flag is set, row-major. */
  public static ElementMask of(Shape shape, boolean... flags) {
    if (flags.length != shape.size()) {
      throw new IllegalArgumentException("ElementMask.of: the shape "
          + shape
          + " needs "
          + shape.size()
          + " flags, got "
          + flags.length
          + ".");
    }
    return where(shape, i -> flags[i]);
  }

  /** The elements with the given row-major indices, in any order. */
  public static ElementMask ofIndices(Shape shape, int... indices) {
    BitSet flags = new BitSet(shape.size());
    for (int index : indices) {
      if (index < 0 || index >= shape.size()) {
        throw new IllegalArgumentException("ElementMask.ofIndices: index " + index
            + " is outside the " + shape.size() + " elements of the shape " + shape + ".");
      }
      flags.set(index);
    }
    return new ElementMask(shape, flags);
  }

  /** The elements whose row-major index satisfies a condition. */
  public static ElementMask where(Shape shape, IntPredicate selected) {
    BitSet flags = new BitSet(shape.size());
    for (int i = 0; i < shape.size(); i++) {
      flags.set(i, selected.test(i));
    }
    return new ElementMask(shape, flags);
  }

  /** Whole rows, that is indices along axis 0: the weights into the given units. */
  public static ElementMask rows(Shape shape, int... rows) {
    requireRows(shape);
    int[] columns = new int[shape.drop(1).size()];
    Arrays.setAll(columns, j -> j);
    return rectangle(shape, rows, columns);
  }

  /** The elements in the given rows and columns of a shape seen as (first axis, all others). */
  public static ElementMask rectangle(Shape shape, int[] rows, int[] columns) {
    requireRows(shape);
    int width = shape.drop(1).size();
    BitSet flags = new BitSet(shape.size());
    for (int row : rows) {
      for (int column : columns) {
        if (row < 0 || row >= shape.dim(0) || column < 0 || column >= width) {
          throw new IllegalArgumentException(
              "ElementMask: row " + row + ", column " + column + " is outside the " + shape.dim(0)
                  + " rows and " + width + " columns of the shape " + shape + ".");
        }
        flags.set(row * width + column);
      }
    }
    return new ElementMask(shape, flags);
  }

  private static void requireRows(Shape shape) {
    if (shape.rank() == 0) {
      throw new IllegalArgumentException(
          "ElementMask: a shape of rank 1 or more has rows, got the scalar " + shape + ".");
    }
  }

  /** The shape whose elements are flagged. */
  public Shape shape() {
    return shape;
  }

  /** The number of selected elements. */
  public int count() {
    return count;
  }

  /** Whether every element is selected. */
  public boolean isAll() {
    return count == shape.size();
  }

  /** Whether no element is selected. */
  public boolean isNone() {
    return count == 0;
  }

  /** Whether the element with the given row-major index is selected. */
  public boolean contains(int index) {
    return flags.get(java.util.Objects.checkIndex(index, shape.size()));
  }

  /** The row-major indices of the selected elements, ascending. */
  public int[] indices() {
    return flags.stream().toArray();
  }

  /** The elements selected in this mask or the other. */
  public ElementMask union(ElementMask other) {
    BitSet both = (BitSet) flags.clone();
    both.or(sameShape(other).flags);
    return new ElementMask(shape, both);
  }

  /** The elements selected in both masks. */
  public ElementMask intersection(ElementMask other) {
    BitSet both = (BitSet) flags.clone();
    both.and(sameShape(other).flags);
    return new ElementMask(shape, both);
  }

  /** The elements not selected. */
  public ElementMask complement() {
    BitSet others = (BitSet) flags.clone();
    others.flip(0, shape.size());
    return new ElementMask(shape, others);
  }

  private ElementMask sameShape(ElementMask other) {
    if (!shape.equals(other.shape)) {
      throw new IllegalArgumentException(
          "ElementMask: a mask of shape " + shape + " was combined with one of shape " + other.shape
              + "; masks must be over the same shape.");
    }
    return other;
  }

  /** The selected elements of a row-major array over the shape, in order. */
  public double[] gather(double[] values) {
    checkLength("ElementMask.gather", values);
    if (isAll()) {
      return values.clone();
    }
    double[] selected = new double[count];
    int at = 0;
    for (int i = flags.nextSetBit(0); i >= 0; i = flags.nextSetBit(i + 1)) {
      selected[at++] = values[i];
    }
    return selected;
  }

  /**
   * A copy of {@code base} with the selected elements replaced, in order, from {@code selected} at
   * {@code from}.
   */
  public double[] scatter(double[] selected, int from, double[] base) {
    checkLength("ElementMask.scatter", base);
    if (from < 0 || selected.length - from < count) {
      throw new IllegalArgumentException(
          "ElementMask.scatter: " + count + " numbers are needed from number " + from + ", got "
              + selected.length + "; give one for each selected element.");
    }
    double[] values = base.clone();
    if (isAll()) {
      System.arraycopy(selected, from, values, 0, count);
      return values;
    }
    int at = from;
    for (int i = flags.nextSetBit(0); i >= 0; i = flags.nextSetBit(i + 1)) {
      values[i] = selected[at++];
    }
    return values;
  }

  private void checkLength(String where, double[] values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(where + ": the shape " + shape + " needs " + shape.size()
          + " numbers, got " + values.length + ".");
    }
  }

  /** The columns of the selected elements, from rows with one column for every element. */
  public Rows select(Rows rows) {
    return isAll() ? rows : rows.select(indices());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ElementMask m && shape.equals(m.shape) && flags.equals(m.flags);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + flags.hashCode();
  }

  /** For example {@code 3 of (2, 4)}. */
  @Override
  public String toString() {
    return count + " of " + shape;
  }
}
