package org.laplace4j.laplace.metric;

import java.util.Arrays;
import org.laplace4j.linalg.Matrix;

/**
 * Whether n numbers look like independent draws from a known continuous distribution: the largest
 * distance D between their distribution function and the known one, and how probable one at least
 * as large is if they are (Kolmogorov 1933).
 *
 * <pre>
 *   D large     P(D ≥ d) = 2 P(D⁺ ≥ d) to a relative e^(−6 n d²), Birnbaum and Tingey's sum
 *   n small     exactly, as below
 *   else        2 Σ_k (−1)^(k−1) e^(−2 k² λ²),  λ = √n d + 1/(6√n) + (√n d − 1)/(4n) (Vrbik 2018),
 *               off by 0.022/n at most
 * </pre>
 *
 * <p>Exactly: n ordered uniform numbers are the arrival times of a Poisson process of rate n, given
 * n arrivals. D &lt; d says that the count less its mean stays within ±n d, so the probability is
 * an entry of the n-th power of the process's transition matrix, killed where it leaves that band,
 * over P(n arrivals) (Durbin 1973).
 *
 * @param statistic D, from 0 to 1
 * @param pValue P(D ≥ the statistic) if the numbers are such draws
 */
public record KolmogorovSmirnov(double statistic, double pValue) {
  /** From here of n d² on, twice the probability of one side has 7 digits. */
  private static final double ONE_SIDE = 3;

  /** Up to here the exact matrix has fewer than 160 rows. */
  private static final int EXACT = 2000;

  /**
   * The test of values against the uniform distribution on (0, 1).
   *
   * @throws IllegalArgumentException if there is no value, or one is not from 0 to 1
   */
  public static KolmogorovSmirnov uniform(double[] values) {
    int n = values.length;
    if (n == 0) {
      throw new IllegalArgumentException(
          "KolmogorovSmirnov: there are 0 values; at least 1 is needed.");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double d = 0;
    for (int i = 0; i < n; i++) {
      if (!(sorted[i] >= 0 && sorted[i] <= 1)) {
        throw new IllegalArgumentException("KolmogorovSmirnov: the values must be from 0 to 1, got "
            + sorted[i] + "; give F(x) for draws x from a distribution F.");
      }
      d = Math.max(d, Math.max((i + 1) / (double) n - sorted[i], sorted[i] - i / (double) n));
    }
    return new KolmogorovSmirnov(d, pValue(n, d));
  }

  private static double pValue(int n, double d) {
    double p =
        n * d * d >= ONE_SIDE ? 2 * oneSide(n, d) : n <= EXACT ? 1 - inTheBand(n, d) : limit(n, d);
    return Math.min(1, Math.max(0, p));
  }

  /** P(D⁺ ≥ d) = d Σ_j C(n, j) (d + j/n)^(j−1) (1 − d − j/n)^(n−j), j from 0 while 1 − d ≥ j/n. */
  private static double oneSide(int n, double d) {
    double sum = 0;
    double logChoices = 0;
    for (int j = 0; j <= n; j++) {
      double rest = 1 - d - j / (double) n;
      if (rest <= 0) {
        break;
      }
      sum +=
          Math.exp(logChoices + (j - 1) * Math.log(d + j / (double) n) + (n - j) * Math.log(rest));
      logChoices += Math.log(n - j) - Math.log(j + 1);
    }
    return d * sum;
  }

  /** P(D &lt; d). */
  private static double inTheBand(int n, double d) {
    int k = (int) (n * d) + 1;
    double h = k - n * d; // how far the band is from a whole number of counts
    int m = 2 * k - 1;
    Matrix transitions = Matrix.adopt(m, m, transitions(m, h));
    double stays = power(transitions, n).array()[(k - 1) * m + k - 1];
    double logArrivals = -n + n * Math.log(n); // log P(n arrivals) = −n + n log n − log n!
    for (int i = 2; i <= n; i++) {
      logArrivals -= Math.log(i);
    }
    return stays / Math.exp(logArrivals);
  }

  /** P(i − j + 1 arrivals in a step), less those whose path leaves the band within it. */
  private static double[] transitions(int m, double h) {
    double[] e = new double[m + 1]; // e⁻¹/i!
    e[0] = Math.exp(-1);
    for (int i = 1; i <= m; i++) {
      e[i] = e[i - 1] / i;
    }
    double[] t = new double[m * m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= Math.min(m - 1, i + 1); j++) {
        t[i * m + j] = e[i - j + 1];
      }
    }
    for (int i = 0; i < m; i++) {
      double left = Math.pow(h, i + 1) * e[i + 1];
      t[i * m] -= left;
      t[(m - 1) * m + m - 1 - i] -= left;
    }
    t[(m - 1) * m] += Math.pow(Math.max(0, 2 * h - 1), m) * e[m]; // was taken away twice
    return t;
  }

  private static Matrix power(Matrix a, int n) {
    Matrix power = Matrix.identity(a.rows());
    Matrix square = a;
    for (int left = n; left > 0; left >>= 1) {
      power = (left & 1) == 1 ? power.times(square) : power;
      square = left > 1 ? square.times(square) : square;
    }
    return power;
  }

  private static double limit(int n, double d) {
    double root = Math.sqrt(n);
    double lambda = root * d + 1 / (6 * root) + (root * d - 1) / (4.0 * n);
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      sum += (k % 2 == 1 ? 2 : -2) * Math.exp(-2.0 * k * k * lambda * lambda);
    }
    return lambda < 0.1 ? 1 : sum; // below, 1 to all digits, and the series is slow
  }
}
