package org.laplace4j.linalg;

/**
 * A symmetric band made tridiagonal, keeping its eigenvalues (Lang 1993): the entries of a column
 * below the first are reflected away, which fills a block further down, whose first column is
 * reflected away in turn, until what was filled has left the matrix.
 *
 * <pre>
 *   D ← H D H on the diagonal        E ← E H below it, then the next H from the first column of E
 * </pre>
 *
 * <p>Costs O(n² width), on entries that stay in the cache.
 */
final class BandChase {
  private final int n;
  private final int width;

  /** Row i holds the columns i − 2 width to i. */
  private final double[] rows;

  private final int stride;
  private final double[] v;
  private final double[] w;

  /** Of the band of a matrix, {@code width} diagonals on either side. */
  BandChase(BandForm band, int n) {
    this.n = n;
    this.width = BandForm.WIDTH;
    this.stride = 2 * width + 1;
    this.rows = new double[n * stride];
    this.v = new double[width];
    this.w = new double[width];
    for (int i = 0; i < n; i++) {
      for (int j = Math.max(0, i - width); j <= i; j++) {
        rows[at(i, j)] = band.get(j, i);
      }
    }
    for (int column = 0; column < n - 2; column++) {
      chase(column);
    }
  }

  /** The diagonal of the tridiagonal matrix, (n). */
  double[] diagonal() {
    double[] d = new double[n];
    for (int i = 0; i < n; i++) {
      d[i] = rows[at(i, i)];
    }
    return d;
  }

  /** What is beside it, (n − 1). */
  double[] beside() {
    double[] e = new double[Math.max(0, n - 1)];
    for (int i = 0; i < e.length; i++) {
      e[i] = rows[at(i + 1, i)];
    }
    return e;
  }

  private int at(int i, int j) {
    return i * stride + j - i + 2 * width;
  }

  private void chase(int column) {
    int from = column + 1;
    int c = column;
    while (from < n - 1) {
      int m = Math.min(width, n - from);
      Reflection h = clear(from, m, c);
      leftOf(from, m, c + 1, from, h.tau);
      bothSides(from, m, h.tau);
      int below = Math.min(width, n - from - m);
      rightOf(from + m, below, from, m, h.tau);
      c = from;
      from += m;
    }
  }

  /** Reflects the m entries of column c from row {@code from} on to the first, and keeps v. */
  private Reflection clear(int from, int m, int c) {
    for (int i = 0; i < m; i++) {
      v[i] = rows[at(from + i, c)];
      rows[at(from + i, c)] = 0;
    }
    Reflection h = Reflection.of(v, 0, m);
    rows[at(from, c)] = h.beta;
    return h;
  }

  /** E ← H E for the m rows from {@code from} on and the columns from {@code c} to {@code end}. */
  private void leftOf(int from, int m, int c, int end, double tau) {
    int k = end - c;
    java.util.Arrays.fill(w, 0, k, 0);
    for (int i = 0; i < m; i++) {
      add(v[i], rows, at(from + i, c), w, 0, k);
    }
    for (int i = 0; i < m; i++) {
      add(-tau * v[i], w, 0, rows, at(from + i, c), k);
    }
  }

  /** D ← H D H for the m rows and columns from {@code from} on. */
  private void bothSides(int from, int m, double tau) {
    java.util.Arrays.fill(w, 0, m, 0);
    for (int i = 0; i < m; i++) {
      int row = at(from + i, from);
      w[i] += dot(rows, row, v, i + 1);
      add(v[i], rows, row, w, 0, i);
    }
    double vw = dot(w, 0, v, m);
    for (int i = 0; i < m; i++) {
      w[i] = tau * (w[i] - 0.5 * tau * vw * v[i]);
    }
    for (int i = 0; i < m; i++) {
      int row = at(from + i, from);
      add(-v[i], w, 0, rows, row, i + 1);
      add(-w[i], v, 0, rows, row, i + 1);
    }
  }

  /** E ← E H for {@code count} rows from {@code from} on and the m columns from {@code c} on. */
  private void rightOf(int from, int count, int c, int m, double tau) {
    for (int i = 0; i < count; i++) {
      int row = at(from + i, c);
      add(-tau * dot(rows, row, v, m), v, 0, rows, row, m);
    }
  }

  private static void add(double c, double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i++) {
      y[yAt + i] = Math.fma(c, x[xAt + i], y[yAt + i]);
    }
  }

  /** In four chains, since one would wait for itself. */
  private static double dot(double[] x, int xAt, double[] y, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 = Math.fma(x[xAt + i], y[i], s0);
      s1 = Math.fma(x[xAt + i + 1], y[i + 1], s1);
      s2 = Math.fma(x[xAt + i + 2], y[i + 2], s2);
      s3 = Math.fma(x[xAt + i + 3], y[i + 3], s3);
    }
    for (; i < n; i++) {
      s0 = Math.fma(x[xAt + i], y[i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }
}
