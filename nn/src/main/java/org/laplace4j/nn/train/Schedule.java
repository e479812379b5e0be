package org.laplace4j.nn.train;

/**
 * How a learning rate changes in the course of a run: a factor for it, at each progress from 0 (the
 * start) to 1 (the end).
 */
public interface Schedule {

  /** The factor at the given progress. */
  double factor(double progress);

  /** 1 throughout. */
  static Schedule constant() {
    return progress -> 1;
  }

  /**
   * ½ (1 + cos πs) at progress s: from 1 down to 0 (Loshchilov and Hutter 2017, without restarts).
   */
  static Schedule cosine() {
    return progress -> 0.5 * (1 + StrictMath.cos(Math.PI * progress));
  }

  /**
   * gᵏ once k of the given points are reached: {@code steps(0.1, 0.5, 0.75)} is 1, then 0.1 from
   * half-way, then 0.01.
   */
  static Schedule steps(double factor, double... at) {
    Checks.positive("Schedule.steps", "factor", factor);
    double[] points = at.clone();
    return progress -> {
      double product = 1;
      for (double point : points) {
        product *= progress >= point ? factor : 1;
      }
      return product;
    };
  }
}
