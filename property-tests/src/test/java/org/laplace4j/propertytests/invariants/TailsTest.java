package org.laplace4j.propertytests.invariants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/**
 * Probabilities that are known on paper; false alarms are as many as is said if these are right.
 */
class TailsTest {
  /** Continued fractions and series to the last digits. */
  private static final double ROUNDING = 1e-12;

  /** With two degrees of freedom P(χ² ≥ x) = e^(−x/2). */
  @Test
  void chiSquareWithTwoDegreesOfFreedomIsExponential() {
    assertThat(Tails.chiSquare(20, 2)).isCloseTo(2 * Math.exp(-10), within(ROUNDING));
    assertThat(Tails.chiSquare(0.02, 2)).isCloseTo(2 * (1 - Math.exp(-0.01)), within(ROUNDING));
  }

  /** With ν and ν degrees of freedom F and 1/F are alike; P(F ≥ x) = 1/(1 + x) for ν = 2. */
  @Test
  void fWithTwoAndTwoDegreesOfFreedomIsARatioOfExponentials() {
    assertThat(Tails.f(99, 2, 2)).isCloseTo(0.02, within(ROUNDING));
    assertThat(Tails.f(1.0 / 99, 2, 2)).isCloseTo(0.02, within(ROUNDING));
    assertThat(Tails.f(1, 7, 7)).isCloseTo(1, within(ROUNDING));
  }

  /**
   * Of 3 throws none or all are heads in 2 of 8 cases; of 4, at most one or at least three in 10 of
   * 16.
   */
  @Test
  void aFairCoinIsCounted() {
    assertThat(Tails.fairCoin(0, 3)).isCloseTo(2.0 / 8, within(ROUNDING));
    assertThat(Tails.fairCoin(3, 3)).isCloseTo(2.0 / 8, within(ROUNDING));
    assertThat(Tails.fairCoin(1, 4)).isCloseTo(10.0 / 16, within(ROUNDING));
    assertThat(Tails.fairCoin(2, 4)).isEqualTo(1);
  }

  @Test
  void whatIsNoNumberIsImpossible() {
    assertThat(Tails.chiSquare(Double.NaN, 3)).isZero();
    assertThat(Tails.f(Double.POSITIVE_INFINITY, 3, 4)).isZero();
  }
}
