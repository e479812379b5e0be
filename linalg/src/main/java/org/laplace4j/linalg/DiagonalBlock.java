package org.laplace4j.linalg;

/**
 * A block on the diagonal of a triangular matrix L, a triangle of its own, and its inverse: the
 * work of a decomposition that no product of matrices does.
 */
final class DiagonalBlock {

  /** Rows and columns of a whole block: as many as the widest tile of a product has columns. */
  static final int SIZE = 16;

  private DiagonalBlock() {}

  /**
   * Overwrites −A (size, size), of which the lower triangle is read, with L, column by column.
   *
   * @param first which pivot, of the {@code of} of the whole matrix, is that of its first row
   * @throws NotPositiveDefiniteException if a pivot is not positive
   */
  static void factor(Block x, int size, int first, int of) {
    double[] l = x.values;
    for (int j = 0; j < size; j++) {
      int rowJ = x.at + j * x.ld;
      double pivot = rest(l, rowJ, rowJ, j);
      // Written so that NaN fails too.
      if (!(pivot > 0 && pivot < Double.POSITIVE_INFINITY)) {
        throw new NotPositiveDefiniteException("Cholesky", of, first + j, pivot);
      }
      double root = Math.sqrt(pivot);
      l[rowJ + j] = root;
      java.util.Arrays.fill(l, rowJ + j + 1, rowJ + size, 0);
      for (int i = j + 1; i < size; i++) {
        int rowI = x.at + i * x.ld;
        l[rowI + j] = rest(l, rowI, rowJ, j) / root;
      }
    }
  }

  /** aᵢⱼ − Σ lᵢₖ lⱼₖ over the columns before j. */
  private static double rest(double[] l, int rowI, int rowJ, int j) {
    double minus = l[rowI + j];
    for (int k = 0; k < j; k++) {
      minus = Math.fma(l[rowI + k], l[rowJ + k], minus);
    }
    // Not −minus: a rest of zero is positive.
    return 0 - minus;
  }

  /** V = −L⁻ᵀ, (size, size), upper triangular. */
  static void invert(Block x, int size, Block inverse) {
    double[] l = x.values;
    double[] v = inverse.values;
    for (int i = 0; i < size; i++) {
      int row = x.at + i * x.ld;
      int vRow = inverse.at + i * inverse.ld;
      java.util.Arrays.fill(v, vRow, vRow + i, 0);
      v[vRow + i] = -1 / l[row + i];
      for (int j = 0; j < i; j++) {
        v[inverse.at + j * inverse.ld + i] =
            -dot(l, row, v, inverse.at + j * inverse.ld, j, i) / l[row + i];
      }
    }
  }

  /** Σ xₖ yₖ over the k from one up to another. */
  private static double dot(double[] x, int xAt, double[] y, int yAt, int from, int to) {
    double sum = 0;
    for (int k = from; k < to; k++) {
      sum = Math.fma(x[xAt + k], y[yAt + k], sum);
    }
    return sum;
  }
}
