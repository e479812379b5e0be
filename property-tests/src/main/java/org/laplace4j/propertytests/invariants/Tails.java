package org.laplace4j.propertytests.invariants;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;

/** How likely a statistic as far out on either side is: twice the smaller tail, 0 for no number. */
final class Tails {
  private Tails() {}

  /** χ² with ν degrees of freedom. */
  static double chiSquare(double x, double degrees) {
    if (!(x >= 0) || Double.isInfinite(x)) return 0;
    return twoSided(
        Gamma.regularizedGammaP(degrees / 2, x / 2), Gamma.regularizedGammaQ(degrees / 2, x / 2));
  }

  /** F with k and m degrees of freedom. */
  static double f(double x, double k, double m) {
    if (!(x >= 0) || Double.isInfinite(x)) return 0;
    double part = k * x / (m + k * x);
    return twoSided(
        Beta.regularizedBeta(part, k / 2, m / 2), Beta.regularizedBeta(1 - part, m / 2, k / 2));
  }

  /** Heads among n throws of a fair coin. */
  static double fairCoin(int heads, int n) {
    double atMost = heads == n ? 1 : Beta.regularizedBeta(0.5, n - heads, heads + 1);
    double atLeast = heads == 0 ? 1 : Beta.regularizedBeta(0.5, heads, n - heads + 1);
    return twoSided(atMost, atLeast);
  }

  private static double twoSided(double below, double above) {
    return Math.min(1, 2 * Math.min(below, above));
  }
}
