package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * Which entries of a weight (out, in) are there, row by row: entry e of row i is one of rowStart[i]
 * … rowStart[i+1] − 1 and lies in column[e]. A vector over the entries is then a sparse matrix V
 * (out, in).
 *
 * <p>Where at least an eighth of the weight is there, V is filled with zeros and multiplied as a
 * whole, since a product of whole matrices does about eight multiply-adds while a gathered one does
 * one. The choice depends on the pattern alone.
 */
final class SparsePattern {

  private static final Kernels KERNELS = KernelProvider.kernels();

  private static final int GATHER_COST = 8;

  /** Moving a row or a column costs about as much as this many entries gain. */
  private static final int ENTRIES_WORTH_TRANSPOSING = 4;

  private final int in;
  private final int[] rowStart;
  private final int[] column;

  /** The entries with these places in the weight, row-major and ascending. */
  SparsePattern(int out, int in, int[] places) {
    this.in = in;
    this.rowStart = new int[out + 1];
    this.column = new int[places.length];
    for (int e = 0; e < places.length; e++) {
      rowStart[places[e] / in + 1]++;
      column[e] = places[e] % in;
    }
    for (int i = 0; i < out; i++) rowStart[i + 1] += rowStart[i];
  }

  int size() {
    return column.length;
  }

  /** The numbers kept for the pattern itself. */
  long storedNumbers() {
    return (long) rowStart.length + column.length;
  }

  boolean equalTo(SparsePattern other) {
    return in == other.in
        && java.util.Arrays.equals(rowStart, other.rowStart)
        && java.util.Arrays.equals(column, other.column);
  }

  /** The places in the weight, row-major, of all entries. */
  int[] places() {
    var places = new int[size()];
    for (int i = 0; i < out(); i++) {
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) places[e] = i * in + column[e];
    }
    return places;
  }

  /** A Vᵀ for the first {@code count} rows of A (·, in), shape (count, out). */
  Matrix timesTranspose(Matrix a, int count, double[] v) {
    var product = new double[count * out()];
    if (isNearlyWhole()) {
      Arrays.multiplyAdd(
          false, true, count, out(), in, a.array(), 0, in, spread(v), 0, in, product, 0, out());
      return Matrix.adopt(count, out(), product);
    }
    for (int n = 0, to = 0; n < count; n++) {
      for (int i = 0; i < out(); i++, to++) {
        double sum = 0;
        for (int e = rowStart[i]; e < rowStart[i + 1]; e++)
          sum = Math.fma(v[e], a.array()[n * in + column[e]], sum);
        product[to] = sum;
      }
    }
    return Matrix.adopt(count, out(), product);
  }

  /**
   * The entries of Bᵀ A that are there, for B (N, out) and A (N, in). Where there are many for each
   * row and column, both are transposed first: then an entry is the dot product of two rows, which
   * vectors do.
   */
  double[] transposeTimes(Matrix b, Matrix a) {
    if (isNearlyWhole()) return gathered(b.transposeTimes(a));
    if (size() >= ENTRIES_WORTH_TRANSPOSING * (long) (out() + in)) return rowDots(b, a);
    var product = new double[size()];
    for (int n = 0, from = 0; n < a.rows(); n++) {
      for (int i = 0; i < out(); i++, from++) {
        double factor = b.array()[from];
        for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
          product[e] = Math.fma(factor, a.array()[n * in + column[e]], product[e]);
        }
      }
    }
    return product;
  }

  private double[] rowDots(Matrix b, Matrix a) {
    int n = a.rows();
    double[] ofRows = b.transpose().array();
    double[] ofCols = a.transpose().array();
    var product = new double[size()];
    for (int i = 0; i < out(); i++) {
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) {
        product[e] = KERNELS.dot(ofRows, i * n, ofCols, column[e] * n, n);
      }
    }
    return product;
  }

  /** V diag(x) for x (in), over the entries. */
  double[] scaleColumns(double[] v, double[] x) {
    var scaled = new double[size()];
    for (int e = 0; e < scaled.length; e++) scaled[e] = v[e] * x[column[e]];
    return scaled;
  }

  /**
   * The entries of x yᵀ that are there, written from the offset, for x (out) and y (in) from
   * theirs.
   */
  void outer(double[] x, int xAt, double[] y, int yAt, double[] into, int at) {
    for (int i = 0; i < out(); i++) {
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++)
        into[at + e] = x[xAt + i] * y[yAt + column[e]];
    }
  }

  /** Adds the entries of x yᵀ that are there, for x (out) and y (in) from their offsets. */
  void addOuter(double[] x, int xAt, double[] y, int yAt, double[] into) {
    for (int i = 0; i < out(); i++) {
      double factor = x[xAt + i];
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++)
        into[e] = Math.fma(factor, y[yAt + column[e]], into[e]);
    }
  }

  private int out() {
    return rowStart.length - 1;
  }

  /** Whether the weight is multiplied as a whole. */
  boolean isNearlyWhole() {
    return (long) size() * GATHER_COST >= (long) out() * in;
  }

  private double[] spread(double[] v) {
    var whole = new double[out() * in];
    for (int i = 0; i < out(); i++) {
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) whole[i * in + column[e]] = v[e];
    }
    return whole;
  }

  private double[] gathered(Matrix whole) {
    var v = new double[size()];
    for (int i = 0; i < out(); i++) {
      for (int e = rowStart[i]; e < rowStart[i + 1]; e++) v[e] = whole.array()[i * in + column[e]];
    }
    return v;
  }
}
