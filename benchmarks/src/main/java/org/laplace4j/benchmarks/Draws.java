package org.laplace4j.benchmarks;

import java.util.SplittableRandom;

/** Numbers to compute with: fixed, so that runs can be compared. */
final class Draws {

  private Draws() {}

  /** n standard normal numbers. */
  static double[] normal(int n, long seed) {
    var random = new SplittableRandom(seed);
    return random.doubles(n).map(u -> random.nextGaussian()).toArray();
  }

  /** n numbers of the sizes of normal ones, all positive. */
  static double[] positive(int n, long seed) {
    double[] x = normal(n, seed);
    for (int i = 0; i < n; i++) {
      x[i] = Math.abs(x[i]) + 1e-3;
    }
    return x;
  }
}
