package org.laplace4j.laplace.curvature;

import java.util.stream.IntStream;
import org.laplace4j.linalg.rows.FactoredRows;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.linalg.rows.SelectedRows;
import org.laplace4j.linalg.rows.SharedRows;

/**
 * Where the elements of one parameter lie in the rows × columns of it that they touch. Elements
 * whose rows are not factored are seen as rows of one column.
 */
final class Places {
  /** The most elements that a dense block may have. */
  private static final int DENSE_LIMIT = 8192;

  private final String name;
  private final int columns;
  private final int size;
  private final int[] places;

  private Places(String name, int columns, int size, int[] places) {
    this.name = name;
    this.columns = columns;
    this.size = size;
    this.places = places;
  }

  /** The places of the elements whose rows are given. */
  static Places of(String name, Rows rows) {
    if (rows instanceof SharedRows shared) {
      return new Places(name, shared.in(), rows.size(), shared.places());
    }
    int columns = rows instanceof FactoredRows weight ? weight.touched().a().cols() : 1;
    int[] places = rows instanceof SelectedRows selected ? selected.places() : new int[0];
    return new Places(name, columns, rows.size(), places);
  }

  /** The rows of every element of the rows × columns that the given ones touch. */
  static Rows touched(Rows rows) {
    if (rows instanceof SharedRows shared) {
      return shared.touched();
    }
    return rows instanceof FactoredRows weight ? weight.touched() : rows;
  }

  /** The number of elements. */
  int size() {
    return size;
  }

  /** Whether the elements are all of the rows × columns that they touch. */
  boolean isRectangle() {
    return places.length == 0;
  }

  /** The row of an element among those touched. */
  int row(int element) {
    return place(element) / columns;
  }

  /** The column of an element among those touched. */
  int column(int element) {
    return place(element) % columns;
  }

  private int place(int element) {
    return isRectangle() ? element : places[element];
  }

  /** Refuses to add what belongs to other elements. */
  void requireSame(Places other) {
    if (columns != other.columns
        || size != other.size
        || !java.util.Arrays.equals(places, other.places)) {
      throw new IllegalArgumentException("Curvature.plus: " + size + " elements of '" + name
          + "' were selected for one curvature and " + other.size
          + ", not the same, for the other; fit both over the same space.");
    }
  }

  /** The places of all elements, row-major. */
  int[] places() {
    return isRectangle() ? IntStream.range(0, size).toArray() : places.clone();
  }

  /** A number of this parameter's own, for what is drawn to estimate with. */
  long seed() {
    return name.hashCode();
  }

  /**
   * Whether a dense matrix over all elements is to be made: not too many, and with its copies at
   * most a quarter of the heap.
   */
  boolean isDenseAffordable() {
    return isDenseAffordable(size);
  }

  /** The same of so many elements. */
  static boolean isDenseAffordable(double size) {
    return size <= DENSE_LIMIT && 3 * 8.0 * size * size <= Runtime.getRuntime().maxMemory() / 4.0;
  }
}
