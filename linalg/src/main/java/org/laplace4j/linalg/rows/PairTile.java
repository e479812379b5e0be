package org.laplace4j.linalg.rows;

import java.util.ArrayList;
import java.util.List;

/**
 * A patch of the plane of index pairs (p, q), p first: all pairs of two ranges, or, where the patch
 * lies on the diagonal of a half-vectorised plane, those with q ≤ p. Pairs are numbered by p, then
 * q, so each p is one run of neighbours.
 *
 * @param firstFrom the range of p, end exclusive
 * @param secondFrom the range of q, end exclusive
 * @param triangle whether only q ≤ p count; the two ranges are then the same
 */
record PairTile(int firstFrom, int firstTo, int secondFrom, int secondTo, boolean triangle) {

  /**
   * 32 · 32 numbers are 8 KiB: a patch and its transpose stay in the fastest cache while they are
   * written.
   */
  private static final int SIDE = 32;

  /** The most pairs in one tile. */
  static final int MOST_PAIRS = SIDE * SIDE;

  /** The pairs with q ≤ p of n indices, each in one tile. */
  static List<PairTile> lowerTriangle(int n) {
    var tiles = new ArrayList<PairTile>();
    for (int p = 0; p < n; p += SIDE) {
      int end = Math.min(n, p + SIDE);
      for (int q = 0; q < p; q += SIDE) tiles.add(new PairTile(p, end, q, q + SIDE, false));
      tiles.add(new PairTile(p, end, p, end, true));
    }
    return tiles;
  }

  /** All pairs of two ranges, each in one tile. */
  static List<PairTile> rectangle(int firsts, int seconds) {
    var tiles = new ArrayList<PairTile>();
    for (int p = 0; p < firsts; p += SIDE) {
      for (int q = 0; q < seconds; q += SIDE) {
        tiles.add(
            new PairTile(p, Math.min(firsts, p + SIDE), q, Math.min(seconds, q + SIDE), false));
      }
    }
    return tiles;
  }

  /** The number of pairs. */
  int length() {
    return start(firstTo);
  }

  /** The number of the first pair of p. */
  int start(int p) {
    int before = p - firstFrom;
    return triangle ? before * (before + 1) / 2 : before * (secondTo - secondFrom);
  }

  /** The end, exclusive, of the run of q that belongs to p. */
  int runEnd(int p) {
    return triangle ? p + 1 : secondTo;
  }

  /** Adds x_p y_q for each pair to consecutive places, x and y from their offsets. */
  void addProducts(double[] x, int xAt, double[] y, int yAt, double[] into, int at) {
    for (int p = firstFrom; p < firstTo; p++) {
      double factor = x[xAt + p];
      int to = at + start(p) - secondFrom;
      int end = runEnd(p);
      for (int q = secondFrom; q < end; q++)
        into[to + q] = Math.fma(factor, y[yAt + q], into[to + q]);
    }
  }

  /**
   * Adds the values of the pairs to a matrix with this row stride in which the pair (0, 0) stands
   * at the offset.
   */
  void addTo(double[] values, int from, double[] matrix, int at, int stride) {
    for (int p = firstFrom; p < firstTo; p++) {
      int source = from + start(p) - secondFrom;
      int to = at + p * stride;
      int end = runEnd(p);
      for (int q = secondFrom; q < end; q++) matrix[to + q] += values[source + q];
    }
  }

  /**
   * Adds the value of each pair (p, q) at (q, p), but not, in a triangle, those of the diagonal.
   */
  void addTransposedTo(double[] values, int from, double[] matrix, int at, int stride) {
    for (int q = secondFrom; q < secondTo; q++) {
      int to = at + q * stride;
      for (int p = triangle ? q + 1 : firstFrom; p < firstTo; p++) {
        matrix[to + p] += values[from + start(p) + q - secondFrom];
      }
    }
  }
}
