package org.laplace4j.linalg;

/**
 * The blocks on the diagonal of a triangular matrix L, each a triangle of its own, and their
 * inverses: the work of a decomposition that no product of matrices does.
 */
final class DiagonalBlocks {

  /** Rows of a block. */
  static final int SIZE = 32;

  private final double[] l;
  private final int n;
  private final double[] inverses;

  /** Of L (n, n), which is changed in place. */
  DiagonalBlocks(double[] l, int n) {
    this.l = l;
    this.n = n;
    this.inverses = new double[n * SIZE];
  }

  /**
   * The decomposition of the block from {@code at} on, row by row.
   *
   * @throws NotPositiveDefiniteException if a pivot is not positive
   */
  void factor(int at) {
    int end = Math.min(n, at + SIZE);
    for (int i = at; i < end; i++) {
      for (int j = at; j < i; j++) {
        l[i * n + j] = rest(at, i, j) / l[j * n + j];
      }
      double pivot = rest(at, i, i);
      // Written so that NaN fails too.
      if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
        throw new NotPositiveDefiniteException("Cholesky", n, i, pivot);
      }
      l[i * n + i] = Math.sqrt(pivot);
    }
  }

  /** aᵢⱼ − Σ lᵢₖ lⱼₖ over the columns before j. */
  private double rest(int at, int i, int j) {
    double rest = l[i * n + j];
    for (int k = at; k < j; k++) {
      rest = Math.fma(-l[i * n + k], l[j * n + k], rest);
    }
    return rest;
  }

  /** Computes minus the inverse of the block from {@code at} on, row by row. */
  void invert(int at) {
    int size = Math.min(SIZE, n - at);
    for (int i = 0; i < size; i++) {
      int to = (at + i) * SIZE;
      int row = (at + i) * n + at;
      for (int k = 0; k < i; k++) {
        int from = (at + k) * SIZE;
        for (int j = 0; j <= k; j++) {
          inverses[to + j] = Math.fma(-l[row + k], inverses[from + j], inverses[to + j]);
        }
      }
      inverses[to + i] = -1;
      for (int j = 0; j <= i; j++) {
        inverses[to + j] /= l[row + i];
      }
    }
  }

  /** What {@link #invert} computed. */
  Block minusInverse(int at) {
    return new Block(inverses, at * SIZE, SIZE);
  }
}
