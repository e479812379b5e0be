package org.laplace4j.laplace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {
  /** Twice one side at the least n d² is off by e^(−18) of itself, and p is below 0.005 there. */
  private static final double EXACT = 1e-9;

  /** What is left of the corrected limit falls as 1/n, and was measured to be at most 0.022/n. */
  private static final double LIMIT = 0.025 / 2001;

  private static final org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest ORACLE =
      new org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest();

  /** n values whose statistic is d: the grid (i + 1)/n with the first ones moved down to it. */
  private static double[] valuesWithStatistic(int n, double d) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> Math.max(0, (i + 1) / (double) n - d));
    return values;
  }

  @Test
  void oneValueIsOffByItsDistanceFromTheFartherEnd() {
    // P(max(u, 1 − u) ≥ d) = 2 (1 − d) for d ≥ ½.
    KolmogorovSmirnov test = KolmogorovSmirnov.uniform(new double[] {0.2});
    assertThat(test.statistic()).isEqualTo(0.8);
    assertThat(test.pValue()).isCloseTo(0.4, within(1e-15));
  }

  @Test
  void twoValuesAreCountedOnPaper() {
    // D < 0.4: u₍₁₎ in (0.1, 0.4) and u₍₂₎ in (0.6, 0.9): 2 · 0.3² of the unit square.
    KolmogorovSmirnov test = KolmogorovSmirnov.uniform(new double[] {0.9, 0.4});
    assertThat(test.statistic()).isCloseTo(0.4, within(1e-15));
    assertThat(test.pValue()).isCloseTo(1 - 2 * 0.3 * 0.3, within(1e-14));
  }

  @Test
  void theProbabilityIsThatOfCommonsMath() {
    for (int n : new int[] {1, 2, 5, 10, 40, 140}) {
      for (double lambda = 0.3; lambda < 2.5; lambda += 0.1) {
        double d = lambda / Math.sqrt(n);
        if (d < 1 && d > 0.5 / n) {
          KolmogorovSmirnov test = KolmogorovSmirnov.uniform(valuesWithStatistic(n, d));
          assertThat(test.statistic()).isCloseTo(d, within(1e-15));
          assertThat(test.pValue())
              .as("n = %d, d = %s", n, d)
              .isCloseTo(1 - ORACLE.cdf(test.statistic(), n), within(EXACT));
        }
      }
    }
  }

  @Test
  void manyValuesHaveTheLimitWithItsCorrection() {
    int n = 2001;
    for (double lambda : new double[] {0.5, 0.8, 1.2, 1.6}) {
      double d = lambda / Math.sqrt(n);
      double p = KolmogorovSmirnov.uniform(valuesWithStatistic(n, d)).pValue();
      assertThat(p).isCloseTo(1 - ORACLE.cdf(d, n), within(LIMIT));
    }
  }

  /** Under uniformity p is uniform: of 1,000, those below 0.1 are 100 ± 5 √90, one in 1.7e6. */
  @Test
  void uniformDrawsAreRejectedAsOftenAsPromised() {
    SplittableRandom rng = new SplittableRandom(3);
    int rejected = 0;
    for (int trial = 0; trial < 1000; trial++) {
      rejected += KolmogorovSmirnov.uniform(rng.doubles(30).toArray()).pValue() < 0.1 ? 1 : 0;
    }
    assertThat(rejected).isBetween(100 - 47, 100 + 47);
  }

  @Test
  void refusesNoValuesAndThoseOutside() {
    assertThatThrownBy(() -> KolmogorovSmirnov.uniform(new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 values");
    assertThatThrownBy(() -> KolmogorovSmirnov.uniform(new double[] {0.5, 1.5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.5");
  }
}
