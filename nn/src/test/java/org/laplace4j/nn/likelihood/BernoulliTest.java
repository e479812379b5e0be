package org.laplace4j.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

class BernoulliTest {
  /** A few roundings of numbers of size 1. */
  private static final double ROUNDING = 1e-15;

  private static final Bernoulli BERNOULLI = new Bernoulli();

  /** Odds of 3 : 1, so p = 3/4; twice, for the labels 1 and 0. */
  private static final Tensor THREE_TO_ONE = Tensor.of(Shape.of(2, 1), Math.log(3), Math.log(3));

  private static final Targets ONE_ZERO = Targets.labels(1, 0);

  @Test
  void probabilitiesAreOfClassZeroThenOne() {
    assertThat(BERNOULLI.probabilities(THREE_TO_ONE).array())
        .containsExactly(new double[] {0.25, 0.75, 0.25, 0.75}, within(ROUNDING));
  }

  @Test
  void logDensityIsThatOfTheLabel() {
    assertThat(BERNOULLI.logDensities(THREE_TO_ONE, ONE_ZERO).array())
        .containsExactly(new double[] {Math.log(0.75), Math.log(0.25)}, within(ROUNDING));
    assertThat(BERNOULLI.logDensity(THREE_TO_ONE, ONE_ZERO))
        .isCloseTo(Math.log(3.0 / 16), within(2 * ROUNDING));
  }

  @Test
  void scoreIsTheLabelMinusP() {
    assertThat(BERNOULLI.score(THREE_TO_ONE, ONE_ZERO).array())
        .containsExactly(new double[] {0.25, -0.75}, within(ROUNDING));
  }

  @Test
  void hessianRootSquaresToPTimesOneMinusP() {
    assertThat(BERNOULLI.hessianRoot(THREE_TO_ONE, ONE_ZERO).square().array())
        .containsExactly(new double[] {3.0 / 16, 3.0 / 16}, within(ROUNDING));
  }

  @Test
  void extremeLogitsStayFinite() {
    Tensor f = Tensor.of(Shape.of(2, 1), 800, -800);
    Targets wrong = Targets.labels(0, 1);
    assertThat(BERNOULLI.logDensities(f, wrong).array()).containsExactly(-800, -800);
    assertThat(BERNOULLI.score(f, wrong).array()).containsExactly(-1, 1);
    assertThat(BERNOULLI.hessianRoot(f, wrong).array()).containsExactly(0, 0);
  }

  /** p (1 − p) at f = 40 is e⁻⁴⁰, though 1 − p rounds to 0 there. */
  @Test
  void curvatureKeepsItsDigitsInTheTails() {
    Tensor f = Tensor.of(Shape.of(2, 1), 40, -40);
    double expected = Math.exp(-40);
    assertThat(BERNOULLI.hessianRoot(f, ONE_ZERO).square().array())
        .containsExactly(new double[] {expected, expected}, within(1e-14 * expected));
  }

  @Test
  void checkNamesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BERNOULLI.check(Tensor.zeros(Shape.of(2, 2)), ONE_ZERO))
        .withMessageContaining("(2, 2)")
        .withMessageContaining("Categorical");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BERNOULLI.check(THREE_TO_ONE, Targets.labels(1, 2)))
        .withMessageContaining("label 2 of example 1")
        .withMessageContaining("2 classes");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> BERNOULLI.check(THREE_TO_ONE, Targets.values(Tensor.zeros(Shape.of(2, 1)))))
        .withMessageContaining("real values");
  }
}
