package org.laplace4j.laplace.predict;

/**
 * Φ⁻¹, the inverse of the standard normal distribution function, to a relative error below 1e-14
 * for every p that a double can hold.
 *
 * <pre>
 *   near the middle   Φ(z) − ½ = φ(z) (z + z³/3 + z⁵/(3·5) + …)
 *   in the tail       Q(z) = 1 − Φ(z) = φ(z) m(z),   m(z) = 1/(z + 1/(z + 2/(z + 3/(z + …))))
 * </pre>
 *
 * <p>Newton's method on Φ(z) − ½ in the middle, and on log Q(z) in the tail. Both are concave for z
 * &gt; 0, so from 0 in the first, and in the second from √(−2 log 2p), which Q(z) ≤ ½ e^(−z²/2)
 * puts above the root, the iterates go to the root from one side.
 */
final class NormalQuantile {
  private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** Convergence is quadratic: the error left after a step this small is below rounding. */
  private static final double LAST_STEP = 1e-9;

  /** Up to here the series loses no more than three digits of Q; beyond, the fraction is short. */
  private static final double SERIES = 2.5;

  /** Levels of the fraction, from which it is exact to rounding where z &gt; 2.5. */
  private static final int LEVELS = 120;

  private NormalQuantile() {}

  static double of(String where, double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException(
          where + ": a quantile is asked for at a probability between 0 and 1, got " + p + ".");
    }
    return p >= 0.5 ? upper(1 - p) : -upper(p);
  }

  /** The z ≥ 0 with Q(z) = p ≤ ½. */
  private static double upper(double p) {
    return p > 0.25 ? nearTheMiddle(0.5 - p) : inTheTail(p);
  }

  private static double nearTheMiddle(double half) {
    double z = 0;
    double step = 1;
    while (Math.abs(step) > LAST_STEP * z) {
      step = (half - density(z) * series(z)) / density(z);
      z += step;
    }
    return z;
  }

  private static double inTheTail(double p) {
    double z = Math.sqrt(-2 * Math.log(2 * p));
    double step = 1;
    while (Math.abs(step) > LAST_STEP * z) {
      double mills = mills(z);
      step = mills * (-0.5 * z * z - LOG_ROOT_TWO_PI + Math.log(mills) - Math.log(p));
      z += step;
    }
    return z;
  }

  private static double density(double z) {
    return Math.exp(-0.5 * z * z - LOG_ROOT_TWO_PI);
  }

  /** (Φ(z) − ½)/φ(z): terms of one sign, so nothing cancels. */
  private static double series(double z) {
    double term = z;
    double sum = z;
    for (int k = 3; term > Math.ulp(sum) / 4; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return sum;
  }

  /** m(z) = Q(z)/φ(z). */
  private static double mills(double z) {
    if (z < SERIES) {
      return 0.5 / density(z) - series(z);
    }
    double below = z;
    for (int k = LEVELS; k > 0; k--) {
      below = z + k / below;
    }
    return 1 / below;
  }
}
