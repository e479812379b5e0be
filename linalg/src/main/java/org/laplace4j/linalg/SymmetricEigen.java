package org.laplace4j.linalg;

import java.util.stream.IntStream;

/**
 * A = V diag(λ) Vᵀ for a symmetric A, shape (n, n): λ ascending, the columns of V orthonormal. Cost
 * O(n³): a reduction to tridiagonal form, and that by halves. Immutable.
 *
 * <p>The sign of a vector is chosen so that its entry of largest magnitude, the first of them, is
 * positive.
 */
public final class SymmetricEigen {

  /** From here on a band on the way to tridiagonal form saves more than it costs. */
  private static final int BY_BAND = 2048;

  private final double[] values;
  private final Matrix vectors;

  /** Decomposes A, of which one triangle is read. */
  public SymmetricEigen(Matrix a) {
    int n = requireSquare(a);
    Arrays.requireFinite("SymmetricEigen", a.array());
    double scale = powerOfTwo(a.maxAbs());
    TridiagonalForm t = new TridiagonalForm(a.times(1 / scale).array(), n);
    double[] d = t.diagonal();
    double[] z = new double[n * n];
    new DivideAndConquer(d, t.beside(), z).run();
    t.timesTransposedQ(z);
    this.values = new double[n];
    this.vectors = sort(Arrays.scale(d, scale), z);
  }

  /** The eigenvalues alone, ascending: less than half of the work. */
  public static double[] valuesOf(Matrix a) {
    int n = requireSquare(a);
    Arrays.requireFinite("SymmetricEigen", a.array());
    double scale = powerOfTwo(a.maxAbs());
    double[] scaled = a.times(1 / scale).array();
    double[] d;
    double[] e;
    if (n < BY_BAND) {
      TridiagonalForm t = new TridiagonalForm(scaled, n);
      d = t.diagonal();
      e = t.beside();
    } else {
      BandChase t = new BandChase(new BandForm(scaled, n), n);
      d = t.diagonal();
      e = t.beside();
    }
    new ImplicitQl(d, e, new double[0]).run();
    java.util.Arrays.sort(d);
    return Arrays.scale(d, scale);
  }

  private static int requireSquare(Matrix a) {
    if (a.rows() != a.cols()) {
      throw new IllegalArgumentException(String.format(
          "SymmetricEigen: the matrix must be square, but came (%d, %d); give a symmetric matrix.",
          a.rows(), a.cols()));
    }
    return a.rows();
  }

  /** The power of two next to a number: scaling by it changes no digit. */
  private static double powerOfTwo(double largest) {
    int exponent = Math.max(Double.MIN_EXPONENT, Math.min(1000, Math.getExponent(largest)));
    return largest == 0 ? 1 : Math.scalb(1.0, exponent);
  }

  private SymmetricEigen(double[] values, Matrix vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /** The decomposition of c A for c ≥ 0: the vectors stay. */
  public SymmetricEigen times(double c) {
    if (!(c >= 0)) {
      throw new IllegalArgumentException(
          "SymmetricEigen.times: the factor must be at least 0, got " + c + ".");
    }
    return new SymmetricEigen(Arrays.scale(values, c), vectors);
  }

  /** n. */
  public int size() {
    return values.length;
  }

  /** λ, ascending, a copy. */
  public double[] values() {
    return values.clone();
  }

  /** V, shape (n, n): column i belongs to value i. */
  public Matrix vectors() {
    return vectors;
  }

  /** Makes the values ascend; row i of Z becomes the column of value i. */
  private Matrix sort(double[] found, double[] z) {
    int n = values.length;
    // Boxed for a stable sort: equal values keep the order in which they were found.
    int[] order = IntStream.range(0, n)
        .boxed()
        .sorted((i, j) -> Double.compare(found[i], found[j]))
        .mapToInt(Integer::intValue)
        .toArray();
    double[] sorted = new double[n * n];
    for (int j = 0; j < n; j++) {
      values[j] = found[order[j]];
      int row = order[j] * n;
      double sign = signOfLargest(z, row, n);
      for (int i = 0; i < n; i++) {
        sorted[j * n + i] = sign * z[row + i];
      }
    }
    return Matrix.adopt(n, n, sorted).transpose();
  }

  private static double signOfLargest(double[] z, int at, int n) {
    double largest = 0;
    for (int i = at; i < at + n; i++) {
      if (Math.abs(z[i]) > Math.abs(largest)) {
        largest = z[i];
      }
    }
    return largest < 0 ? -1 : 1;
  }
}
