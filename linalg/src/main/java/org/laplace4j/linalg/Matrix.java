package org.laplace4j.linalg;

import static java.util.Objects.checkFromToIndex;
import static java.util.Objects.checkIndex;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * A matrix of doubles, shape (rows, cols), row-major and immutable: entry (i, j) is number i·cols +
 * j of the array.
 */
public final class Matrix {

  private static final Kernels KERNELS = KernelProvider.kernels();
  private static final int TILE = 16;

  private final int rows;
  private final int cols;
  private final double[] array;

  private Matrix(int rows, int cols, double[] array) {
    this.rows = rows;
    this.cols = cols;
    this.array = array;
  }

  /** The matrix with these entries, row-major, copied. */
  public static Matrix of(int rows, int cols, double[] entries) {
    return adopt(rows, cols, entries.clone());
  }

  /** The matrix with these entries, row-major, taken over: the caller no longer writes to them. */
  public static Matrix adopt(int rows, int cols, double[] entries) {
    if (entries.length != count(rows, cols)) {
      throw new IllegalArgumentException(String.format(
          "Matrix: shape (%d, %d) requires %d numbers, but %d were given; check the shape.",
          rows, cols, count(rows, cols), entries.length));
    }
    return new Matrix(rows, cols, entries);
  }

  /** 0, shape (rows, cols). */
  public static Matrix zeros(int rows, int cols) {
    return new Matrix(rows, cols, new double[count(rows, cols)]);
  }

  /** I, shape (n, n). */
  public static Matrix identity(int n) {
    Matrix identity = zeros(n, n);
    for (int i = 0; i < n; i++) {
      identity.array[i * n + i] = 1;
    }
    return identity;
  }

  /** diag(d), shape (n, n) for n numbers. */
  public static Matrix diagonal(double[] d) {
    Matrix diagonal = zeros(d.length, d.length);
    for (int i = 0; i < d.length; i++) {
      diagonal.array[i * d.length + i] = d[i];
    }
    return diagonal;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int cols() {
    return cols;
  }

  /** Entry (i, j). */
  public double get(int i, int j) {
    checkIndex(i, rows);
    checkIndex(j, cols);
    return array[i * cols + j];
  }

  /** Row i, a copy. */
  public double[] row(int i) {
    checkIndex(i, rows);
    return java.util.Arrays.copyOfRange(array, i * cols, (i + 1) * cols);
  }

  /** Column j, a copy. */
  public double[] column(int j) {
    checkIndex(j, cols);
    var column = new double[rows];
    for (int i = 0; i < rows; i++) {
      column[i] = array[i * cols + j];
    }
    return column;
  }

  /** All entries, row-major, shared: to be read, never written. */
  public double[] array() {
    return array;
  }

  /** M B. */
  public Matrix times(Matrix b) {
    requireEqual("times: the columns of M must be the rows of B", cols, b.rows);
    return product(false, false, rows, b.cols, cols, b);
  }

  /** Mᵀ B. */
  public Matrix transposeTimes(Matrix b) {
    requireEqual("transposeTimes: M and B must have the same rows", rows, b.rows);
    return product(true, false, cols, b.cols, rows, b);
  }

  /** M Bᵀ. */
  public Matrix timesTranspose(Matrix b) {
    requireEqual("timesTranspose: M and B must have the same columns", cols, b.cols);
    return product(false, true, rows, b.rows, cols, b);
  }

  /** Mᵀ M, exactly symmetric. */
  public Matrix gram() {
    Matrix c = zeros(cols, cols);
    KERNELS.symmetricRankAdd(true, cols, rows, array, 0, cols, c.array, 0, cols);
    return c;
  }

  /** M Mᵀ, exactly symmetric. */
  public Matrix outerGram() {
    Matrix c = zeros(rows, rows);
    KERNELS.symmetricRankAdd(false, rows, cols, array, 0, cols, c.array, 0, rows);
    return c;
  }

  /** M v. */
  public double[] times(double[] v) {
    requireEqual("times: v must have one number for each column of M", cols, v.length);
    var product = new double[rows];
    for (int i = 0; i < rows; i++) {
      product[i] = KERNELS.dot(array, i * cols, v, 0, cols);
    }
    return product;
  }

  /** Mᵀ v. */
  public double[] transposeTimes(double[] v) {
    requireEqual("transposeTimes: v must have one number for each row of M", rows, v.length);
    var product = new double[cols];
    for (int i = 0; i < rows; i++) {
      KERNELS.addScaled(v[i], array, i * cols, product, 0, cols);
    }
    return product;
  }

  /** M + B. */
  public Matrix plus(Matrix b) {
    requireSameShape("plus", b);
    return new Matrix(rows, cols, Arrays.plus(array, b.array));
  }

  /** M − B. */
  public Matrix minus(Matrix b) {
    requireSameShape("minus", b);
    return new Matrix(rows, cols, Arrays.minus(array, b.array));
  }

  /** c M. */
  public Matrix times(double c) {
    return new Matrix(rows, cols, Arrays.scale(array, c));
  }

  /** Mᵢⱼ Bᵢⱼ. */
  public Matrix hadamard(Matrix b) {
    requireSameShape("hadamard", b);
    return new Matrix(rows, cols, Arrays.times(array, b.array));
  }

  /** diag(d) M. */
  public Matrix scaleRows(double[] d) {
    requireEqual("scaleRows: one factor for each row", rows, d.length);
    var scaled = new double[array.length];
    for (int i = 0; i < rows; i++) {
      for (int j = i * cols; j < (i + 1) * cols; j++) {
        scaled[j] = d[i] * array[j];
      }
    }
    return new Matrix(rows, cols, scaled);
  }

  /** M diag(d). */
  public Matrix scaleColumns(double[] d) {
    requireEqual("scaleColumns: one factor for each column", cols, d.length);
    var scaled = new double[array.length];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        scaled[i * cols + j] = array[i * cols + j] * d[j];
      }
    }
    return new Matrix(rows, cols, scaled);
  }

  /** Mᵀ, a copy. */
  public Matrix transpose() {
    var transposed = new double[array.length];
    // By tiles, since what is read along rows is written along columns.
    for (int i0 = 0; i0 < rows; i0 += TILE) {
      for (int j0 = 0; j0 < cols; j0 += TILE) {
        for (int j = j0; j < Math.min(cols, j0 + TILE); j++) {
          for (int i = i0; i < Math.min(rows, i0 + TILE); i++) {
            transposed[j * rows + i] = array[i * cols + j];
          }
        }
      }
    }
    return new Matrix(cols, rows, transposed);
  }

  /** The diagonal of M, as long as the shorter side. */
  public double[] diagonal() {
    var diagonal = new double[Math.min(rows, cols)];
    for (int i = 0; i < diagonal.length; i++) {
      diagonal[i] = array[i * cols + i];
    }
    return diagonal;
  }

  /** tr M, the sum of the diagonal. */
  public double trace() {
    return Arrays.sum(diagonal());
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive). */
  public Matrix rows(int from, int to) {
    checkFromToIndex(from, to, rows);
    return new Matrix(to - from, cols, java.util.Arrays.copyOfRange(array, from * cols, to * cols));
  }

  /** Columns {@code from} (inclusive) to {@code to} (exclusive). */
  public Matrix columns(int from, int to) {
    checkFromToIndex(from, to, cols);
    Matrix part = zeros(rows, to - from);
    for (int i = 0; i < rows; i++) {
      System.arraycopy(array, i * cols + from, part.array, i * part.cols, part.cols);
    }
    return part;
  }

  /**
   * The entries where a chosen row meets a chosen column, in the order given; an index may be
   * repeated.
   */
  public Matrix select(int[] chosenRows, int[] chosenCols) {
    for (int j : chosenCols) {
      checkIndex(j, cols);
    }
    Matrix selected = zeros(chosenRows.length, chosenCols.length);
    int to = 0;
    for (int i : chosenRows) {
      int from = checkIndex(i, rows) * cols;
      for (int j : chosenCols) {
        selected.array[to++] = array[from + j];
      }
    }
    return selected;
  }

  /** The chosen rows, in the order given. */
  public Matrix selectRows(int[] chosen) {
    Matrix selected = zeros(chosen.length, cols);
    for (int i = 0; i < chosen.length; i++) {
      int from = checkIndex(chosen[i], rows) * cols;
      System.arraycopy(array, from, selected.array, i * cols, cols);
    }
    return selected;
  }

  /** The chosen columns, in the order given. */
  public Matrix selectColumns(int[] chosen) {
    return select(java.util.stream.IntStream.range(0, rows).toArray(), chosen);
  }

  /** M + diag(d), M square. */
  public Matrix plusDiagonal(double[] d) {
    requireEqual("plusDiagonal: M must be square", rows, cols);
    requireEqual("plusDiagonal: one number for each row", rows, d.length);
    double[] sum = array.clone();
    for (int i = 0; i < rows; i++) {
      sum[i * cols + i] += d[i];
    }
    return new Matrix(rows, cols, sum);
  }

  /** maxᵢⱼ |Mᵢⱼ|, NaN if there is one, 0 of nothing. */
  public double maxAbs() {
    double max = 0;
    for (double value : array) {
      max = Math.max(max, Math.abs(value));
    }
    return max;
  }

  /** Same shape and same numbers, bit for bit (so NaN equals NaN, and 0 is not −0). */
  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix
        && ((Matrix) other).rows == rows
        && ((Matrix) other).cols == cols
        && java.util.Arrays.equals(((Matrix) other).array, array);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * rows + cols) + java.util.Arrays.hashCode(array);
  }

  /** The shape, and the entries if they are few. */
  @Override
  public String toString() {
    String shape = "Matrix(" + rows + ", " + cols + ")";
    return array.length <= 16 ? shape + java.util.Arrays.toString(array) : shape;
  }

  private Matrix product(boolean transposeThis, boolean transposeB, int m, int n, int k, Matrix b) {
    Matrix c = zeros(m, n);
    KERNELS.multiplyAdd(
        transposeThis, transposeB, m, n, k, array, 0, cols, b.array, 0, b.cols, c.array, 0, n);
    return c;
  }

  private static int count(int rows, int cols) {
    long count = (long) rows * cols;
    if (rows < 0 || cols < 0 || count > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(String.format(
          "Matrix: shape (%d, %d) must be non-negative and hold at most %d numbers; use a smaller or structured matrix.",
          rows, cols, Integer.MAX_VALUE - 8));
    }
    return (int) count;
  }

  private void requireSameShape(String where, Matrix b) {
    if (rows != b.rows || cols != b.cols) {
      throw new IllegalArgumentException(String.format(
          "Matrix.%s: both matrices must have the same shape, but came (%d, %d) and (%d, %d); transpose or select one.",
          where, rows, cols, b.rows, b.cols));
    }
  }

  private void requireEqual(String what, int required, int given) {
    if (required != given) {
      throw new IllegalArgumentException(String.format(
          "Matrix.%s, but M is (%d, %d), which requires %d, and %d came; check the shapes.",
          what, rows, cols, required, given));
    }
  }
}
