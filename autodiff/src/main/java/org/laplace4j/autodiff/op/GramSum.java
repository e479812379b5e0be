package org.laplace4j.autodiff.op;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.rows.MatrixSum;

/**
 * Σᵢ Mᵢ Mᵢᵀ over many matrices (rows, columns), each of which is made where it is used. In a few
 * parts of equal length that are added in order, as many as the sums of all are small for.
 */
final class GramSum {
  private static final int MOST_PARTS = 16;
  private static final int NUMBERS = 1 << 17;

  /** Columns of a matrix from which on its product takes longer than to read and write the sum. */
  private static final int FEWEST_COLUMNS = 32;

  private GramSum() {}

  /** Whether that is sooner done than one product of all matrices side by side. */
  static boolean pays(int rows, int columns) {
    return columns >= FEWEST_COLUMNS && (long) rows * rows <= NUMBERS;
  }

  /** The matrices, one at a time. */
  interface Matrices {
    /** Adds M Mᵀ of matrix i; the scratch array may be written. */
    void addTo(double[] gram, int i, double[] scratch);
  }

  /** Adds the sum over n matrices, of which each takes a scratch array of the given length. */
  static void add(int n, int scratch, Matrices matrices, MatrixSum into) {
    int size = into.array().length;
    int parts = Math.max(1, Math.min(Math.min(n, MOST_PARTS), NUMBERS / size));
    double[][] sums = new double[parts][];
    Parallel.ranges(parts, Long.MAX_VALUE, scratch, (from, to, s) -> {
      for (int part = from; part < to; part++) {
        sums[part] = parts == 1 ? into.array() : new double[size];
        int end = (int) ((part + 1L) * n / parts);
        for (int i = (int) ((long) part * n / parts); i < end; i++) {
          matrices.addTo(sums[part], i, s);
        }
      }
    });
    for (int part = 0; part < parts && parts > 1; part++) {
      Arrays.addScaled(1, sums[part], into.array());
    }
  }
}
