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
 * @param triangle whether only q ≤ p count; p then begins no earlier than q
 */
record PairTile(int firstFrom, int firstTo, int secondFrom, int secondTo, boolean triangle) {

  /**
   * The most pairs in one tile: 8 KiB, so that a patch and its transpose stay in the fastest cache
   * while they are written.
   */
  static final int MOST_PAIRS = 1024;

  /** The longest run: long enough for vectors, and eight of them are a tile. */
  private static final int WIDTH = 128;

  /** The pairs with q ≤ p of n indices, each in one tile. */
  static List<PairTile> lowerTriangle(int n) {
    var tiles = new ArrayList<PairTile>();
    for (int q = 0; q < n; q += WIDTH) {
      int end = Math.min(n, q + WIDTH);
      for (int p = q, next; p < end; p = next) {
        next = p + 1;
        while (next < end && new PairTile(p, next + 1, q, end, true).length() <= MOST_PAIRS) next++;
        tiles.add(new PairTile(p, next, q, next, true));
      }
      addRectangle(end, n, q, end, tiles);
    }
    return tiles;
  }

  /** All pairs of two ranges, each in one tile. */
  static List<PairTile> rectangle(int firsts, int seconds) {
    var tiles = new ArrayList<PairTile>();
    for (int q = 0; q < seconds; q += WIDTH) {
      addRectangle(0, firsts, q, Math.min(seconds, q + WIDTH), tiles);
    }
    return tiles;
  }

  private static void addRectangle(
      int firstFrom, int firstTo, int secondFrom, int secondTo, List<PairTile> tiles) {
    int step = MOST_PAIRS / (secondTo - secondFrom);
    for (int p = firstFrom; p < firstTo; p += step) {
      tiles.add(new PairTile(p, Math.min(firstTo, p + step), secondFrom, secondTo, false));
    }
  }

  /** The number of pairs. */
  int length() {
    return start(firstTo);
  }

  /** The number of the first pair of p. */
  int start(int p) {
    if (!triangle) return (p - firstFrom) * (secondTo - secondFrom);
    return triangular(p - secondFrom) - triangular(firstFrom - secondFrom);
  }

  private static int triangular(int n) {
    return n * (n + 1) / 2;
  }

  /** The end, exclusive, of the run of q that belongs to p. */
  int runEnd(int p) {
    return triangle ? p + 1 : secondTo;
  }

  /** Writes x_p y_q for each pair to consecutive places, x and y from their offsets. */
  void products(double[] x, int xAt, double[] y, int yAt, double[] into, int at) {
    for (int p = firstFrom; p < firstTo; p++) {
      double factor = x[xAt + p];
      int to = at + start(p) - secondFrom;
      int end = runEnd(p);
      for (int q = secondFrom; q < end; q++) into[to + q] = factor * y[yAt + q];
    }
  }

  /** Adds them to what is there. */
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
      int p = triangle ? Math.max(firstFrom, q + 1) : firstFrom;
      int source = from + start(p) + q - secondFrom;
      for (; p < firstTo; p++) {
        matrix[to + p] += values[source];
        source += runEnd(p) - secondFrom;
      }
    }
  }
}
