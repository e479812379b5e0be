package org.laplace4j.nn.likelihood;

import java.util.random.RandomGenerator;

/**
 * A number drawn from the Poisson distribution, exactly: by counting arrivals where the rate is
 * small, by transformed rejection (Hörmann 1993, algorithm PTRS) where it is large, at a cost that
 * does not grow with the rate.
 */
final class PoissonDraw {
  /** Hörmann's constants hold from here. */
  private static final double LARGE = 10;

  private PoissonDraw() {}

  static double of(double rate, RandomGenerator rng) {
    return rate < LARGE ? byArrivals(rate, rng) : byRejection(rate, rng);
  }

  /** The number of uniform variables whose product stays above e^(−rate). */
  private static double byArrivals(double rate, RandomGenerator rng) {
    double end = Math.exp(-rate);
    int count = 0;
    for (double product = rng.nextDouble(); product > end; product *= rng.nextDouble()) {
      count++;
    }
    return count;
  }

  private static double byRejection(double rate, RandomGenerator rng) {
    double b = 0.931 + 2.53 * Math.sqrt(rate);
    double a = -0.059 + 0.02483 * b;
    double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    double logRate = Math.log(rate);
    while (true) {
      double u = rng.nextDouble() - 0.5;
      double v = 1 - rng.nextDouble();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + rate + 0.43);
      if (!(k >= 0) || us < 0.013 && v > us) {
        continue;
      }
      double hat = Math.log(v * inverseAlpha / (a / (us * us) + b));
      if (hat <= k * logRate - rate - LogGamma.at(k + 1)) {
        return k;
      }
    }
  }
}
