package org.laplace4j.laplace.conformal;

import java.util.Arrays;

/** The quantile of n scores that the score of one more is below with the probability asked for. */
final class ConformalQuantile {
  private ConformalQuantile() {}

  /**
   * The ⌈(n + 1) level⌉-th smallest score: the rank of one more among the n + 1 is uniform. +∞
   * where n is too small for the level, so that the promise holds even then.
   */
  static double of(double[] scores, double level) {
    int k = rank(scores.length + 1, level);
    if (k > scores.length) {
      return Double.POSITIVE_INFINITY;
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted[k - 1];
  }

  /** The least k with k/count ≥ level in rounded numbers: their product may round above a whole. */
  private static int rank(int count, double level) {
    int k = (int) Math.ceil(level * count);
    return k > 1 && (k - 1) / (double) count >= level ? k - 1 : k;
  }

  static void checkLevel(String where, double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(
          where + ": the level is between 0 and 1, got " + level + "; to cover 90 % give 0.9.");
    }
  }
}
