package org.laplace4j.laplace.metric;

/** Ranks that a part of a count stands for. */
final class Ranks {
  private Ranks() {}

  /**
   * ⌈part · count⌉ as the least k ≥ 1 with k/count ≥ part in rounded numbers: 0.95 of 60 is 57,
   * even where their product rounds to more.
   */
  static int leastRank(double part, int count) {
    int k = (int) Math.max(1, Math.ceil(part * count));
    while (k > 1 && (k - 1) / (double) count >= part) {
      k--;
    }
    while (k / (double) count < part) {
      k++;
    }
    return k;
  }
}
