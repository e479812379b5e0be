package org.laplace4j.propertytests.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final double ROUNDING = 1e-15; // one division

  @Test
  void errorIsRelativeToTheLargestElementOrToOne() {
    assertThat(error(new double[] {101, 5}, new double[] {100, 4}))
        .isCloseTo(0.01, within(ROUNDING));
    assertThat(error(new double[] {0.3}, new double[] {0.1})).isCloseTo(0.2, within(ROUNDING));
  }

  @Test
  void whatIsNotANumberNeverPasses() {
    assertThat(error(new double[] {Double.NaN, 1}, new double[] {1, 1}) <= 1).isFalse();
    assertThat(error(new double[] {1, 1}, new double[] {Double.NaN, 1}) <= 1).isFalse();
    assertThat(error(new double[] {1}, new double[] {Double.POSITIVE_INFINITY}) <= 1)
        .isFalse();
    assertThat(error(new double[] {1}, new double[] {1, 1}) <= 1).isFalse();
  }

  private static double error(double[] ours, double[] reference) {
    return Comparison.error(ours, reference);
  }
}
