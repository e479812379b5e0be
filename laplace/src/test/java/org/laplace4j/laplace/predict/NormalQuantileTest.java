package org.laplace4j.laplace.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class NormalQuantileTest {
  /** 1e-12 of the value. */
  private static final double RELATIVE = 1e-12;

  private static double quantile(double p) {
    return NormalQuantile.of("test", p);
  }

  private static void assertRelative(double actual, double expected, double relative) {
    assertThat(actual).isCloseTo(expected, withinPercentage(100 * relative));
  }

  /** Where 2p − 1, of which commons-math takes the inverse error function, keeps all digits. */
  @Test
  void theMiddleIsThatOfCommonsMath() {
    NormalDistribution normal = new NormalDistribution();
    for (double p = 0.001; p < 1; p += 0.0037) {
      assertRelative(quantile(p), normal.inverseCumulativeProbability(p), RELATIVE);
    }
    for (double half : new double[] {1e-3, 1e-6, 1e-9}) {
      double p = 0.5 + half;
      assertRelative(quantile(p), normal.inverseCumulativeProbability(p), RELATIVE);
      assertRelative(quantile(1 - p), -quantile(p), RELATIVE);
    }
    assertThat(quantile(0.5)).isEqualTo(0);
  }

  /** Q(z) = ½ erfc(z/√2), whose relative derivative is about −z: z² times as accurate in z. */
  @Test
  void theTailIsTheInverseOfCommonsMathsComplement() {
    for (int exponent = 2; exponent < 300; exponent++) {
      double p = Math.pow(10, -exponent);
      double z = -quantile(p);
      double slope = z * z; // d log Q / d log z
      assertRelative(Erf.erfc(z / Math.sqrt(2)) / 2, p, RELATIVE * slope);
    }
  }

  /** Known to 16 digits from tables. */
  @Test
  void knownQuantilesAreMet() {
    assertRelative(quantile(0.975), 1.959963984540054, 1e-14);
    assertRelative(quantile(0.95), 1.6448536269514722, 1e-14);
    assertRelative(quantile(1e-20), -9.262340089798408, 1e-14);
  }

  @Test
  void theSmallestProbabilityHasAQuantileAndNoneIsOutside() {
    assertThat(quantile(Double.MIN_VALUE)).isBetween(-38.5, -38.4);
    assertThat(quantile(Math.nextDown(1.0))).isBetween(8.2, 8.3);
    for (double p : new double[] {0, 1, -1, Double.NaN}) {
      assertThatThrownBy(() -> quantile(p))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("test", "" + p);
    }
  }
}
