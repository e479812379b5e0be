package org.laplace4j.linalg.rows;

import java.util.ArrayList;
import java.util.List;

/**
 * Some pairs (p, q) of two index ranges, at most {@value #LENGTH}, from a square patch of the plane
 * of all pairs: so what is written for one tile lies close together.
 *
 * @param first p of each pair
 * @param second q of each pair
 */
record PairTile(int[] first, int[] second) {

  private static final int SIDE = 32;

  static final int LENGTH = SIDE * SIDE;

  /** The pairs with q ≤ p of n indices, each in one tile. */
  static List<PairTile> lowerTriangle(int n) {
    return tiles(n, n, true);
  }

  /** All pairs of two ranges, each in one tile. */
  static List<PairTile> rectangle(int firsts, int seconds) {
    return tiles(firsts, seconds, false);
  }

  int length() {
    return first.length;
  }

  /** Adds x_p y_q for each pair, from the offsets. */
  void addProducts(double[] x, int xAt, double[] y, int yAt, double[] into, int at) {
    for (int t = 0; t < first.length; t++) {
      into[at + t] = Math.fma(x[xAt + first[t]], y[yAt + second[t]], into[at + t]);
    }
  }

  private static List<PairTile> tiles(int firsts, int seconds, boolean lower) {
    var tiles = new ArrayList<PairTile>();
    for (int p = 0; p < firsts; p += SIDE) {
      for (int q = 0; q < (lower ? p + 1 : seconds); q += SIDE) {
        tiles.add(tile(p, Math.min(firsts, p + SIDE), q, Math.min(seconds, q + SIDE), lower));
      }
    }
    return tiles;
  }

  private static PairTile tile(int pFrom, int pTo, int qFrom, int qTo, boolean lower) {
    var first = new int[(pTo - pFrom) * (qTo - qFrom)];
    var second = new int[first.length];
    int length = 0;
    for (int p = pFrom; p < pTo; p++) {
      for (int q = qFrom; q < (lower ? Math.min(qTo, p + 1) : qTo); q++) {
        first[length] = p;
        second[length++] = q;
      }
    }
    return new PairTile(
        java.util.Arrays.copyOf(first, length), java.util.Arrays.copyOf(second, length));
  }
}
