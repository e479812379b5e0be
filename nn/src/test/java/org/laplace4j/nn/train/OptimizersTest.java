package org.laplace4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizersTest {
  /** A few roundings of numbers of size 1. */
  private static final double ROUNDING = 1e-15;

  private static final double[] ZERO = {0};
  private static final double[] ONE = {1};

  /** v = 1, θ = −0.1; v = 0.5 + 1, θ = −0.1 − 0.15. */
  @Test
  void momentumAddsAGeometricSumOfGradients() {
    Descent run = Sgd.of(0.1).withMomentum(0.5).start(1);
    double[] first = run.step(ZERO, ONE, 0);
    assertThat(first).containsExactly(new double[] {-0.1}, within(ROUNDING));
    assertThat(run.step(first, ONE, 0)).containsExactly(new double[] {-0.25}, within(ROUNDING));
  }

  /** g + μ v = 1.5, θ = −0.15; v = 1.5, g + μ v = 1.75, θ = −0.325. */
  @Test
  void nesterovLooksAhead() {
    Descent run = Sgd.of(0.1).withNesterov(0.5).start(1);
    double[] first = run.step(ZERO, ONE, 0);
    assertThat(first).containsExactly(new double[] {-0.15}, within(ROUNDING));
    assertThat(run.step(first, ONE, 0)).containsExactly(new double[] {-0.325}, within(ROUNDING));
  }

  /** m̂ = g and v̂ = g² at the first step, whatever g is. */
  @Test
  void adamsFirstStepHasTheSizeOfTheRate() {
    double[] next = Adam.of(0.1).start(3).step(new double[3], new double[] {1000, -1e-3, 0}, 0);
    // ε against |g|: 1e-8/1e-3.
    assertThat(next).containsExactly(new double[] {-0.1, 0.1, 0}, within(1.1e-6));
  }

  /**
   * Gradients 1, then 0: m = 0.9 · 0.1 = 0.09, m̂ = 0.09/0.19 = 9/19; v = 0.999 · 0.001, v̂ =
   * 0.000999/0.001999 = 999/1999.
   */
  @Test
  void adamsSecondStepIsThatOfThePaper() {
    Descent run = Adam.of(0.1).start(1);
    double[] first = run.step(ZERO, ONE, 0);
    double moved = 0.1 * (9.0 / 19) / (Math.sqrt(999.0 / 1999) + 1e-8);
    // v̂ divides by 1 − β₂² = 0.002, which loses 3 digits.
    assertThat(run.step(first, ZERO, 0))
        .containsExactly(new double[] {first[0] - moved}, within(1000 * ROUNDING));
  }

  /** β = 0 leaves the sign of the gradient, over 1 + ε/|g|: 2/(2 + 2) = ½. */
  @Test
  void adamsSettingsAreUsed() {
    Descent run = Adam.of(0.1).withBetas(0, 0).withEpsilon(2).start(1);
    assertThat(run.step(ZERO, new double[] {2}, 0))
        .containsExactly(new double[] {-0.05}, within(ROUNDING));
  }

  /** (1 − 0.1 · 0.5) · 1 − 0.1 · 1/(1 + 10⁻⁸). */
  @Test
  void adamWShrinksBeforeTheStep() {
    assertThat(AdamW.of(0.1, 0.5).start(1).step(ONE, ONE, 0))
        .containsExactly(new double[] {0.95 - 0.1 / (1 + 1e-8)}, within(ROUNDING));
  }

  @Test
  void withoutDecayAdamWIsAdam() {
    Descent adam = Adam.of(0.1).start(2);
    Descent adamW = AdamW.of(0.1, 0).start(2);
    double[] theta = {1, -2};
    for (int t = 1; t <= 5; t++) {
      double[] gradient = {t, -0.5 * t};
      assertThat(adamW.step(theta, gradient, 0)).isEqualTo(adam.step(theta, gradient, 0));
    }
  }

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Sgd.of(0.15),
        Sgd.of(0.05).withMomentum(0.8),
        Sgd.of(0.05).withNesterov(0.8),
        Adam.of(0.3).withSchedule(Schedule.cosine()),
        AdamW.of(0.3, 0).withSchedule(Schedule.cosine()));
  }

  /** ½ ((x − 1)² + 10 (y + 2)²), whose gradient is (x − 1, 10 (y + 2)). */
  @ParameterizedTest
  @MethodSource("optimizers")
  void convergesOnAQuadratic(Optimizer optimizer) {
    Descent run = optimizer.start(2);
    double[] at = {5, 5};
    for (int t = 0; t < 500; t++) {
      at = run.step(at, new double[] {at[0] - 1, 10 * (at[1] + 2)}, t / 500.0);
    }
    // Adam oscillates at about its rate, which the cosine takes to 0 as 1/t² from the end.
    assertThat(at).containsExactly(new double[] {1, -2}, within(1e-3));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void leavesItsArgumentsAloneAndEachRunToItself(Optimizer optimizer) {
    double[] theta = {1, 2};
    double[] gradient = {3, 4};
    Descent first = optimizer.start(2);
    double[] next = first.step(theta, gradient, 0);
    assertThat(theta).containsExactly(1, 2);
    assertThat(gradient).containsExactly(3, 4);
    first.step(theta, gradient, 0);
    assertThat(optimizer.start(2).step(theta, gradient, 0)).isEqualTo(next);
  }

  @Test
  void schedulesHaveTheirFactors() {
    assertThat(Schedule.constant().factor(0.7)).isEqualTo(1);
    assertThat(Schedule.cosine().factor(0)).isEqualTo(1);
    assertThat(Schedule.cosine().factor(0.5)).isCloseTo(0.5, within(ROUNDING));
    assertThat(Schedule.cosine().factor(1)).isCloseTo(0, within(ROUNDING));
    Schedule steps = Schedule.steps(0.1, 0.5, 0.75);
    assertThat(steps.factor(0.49)).isEqualTo(1);
    assertThat(steps.factor(0.5)).isEqualTo(0.1);
    assertThat(steps.factor(0.8)).isCloseTo(0.01, within(ROUNDING));
  }

  @Test
  void schedulesAreUsed() {
    Schedule half = Schedule.steps(0.5, 0.5);
    assertThat(Sgd.of(0.2).withSchedule(half).start(1).step(ZERO, ONE, 0.6)).containsExactly(-0.1);
    assertThat(Sgd.of(0.2).withSchedule(half).start(1).step(ZERO, ONE, 0.4)).containsExactly(-0.2);
    assertThat(Adam.of(0.2).withSchedule(half).start(1).step(ZERO, ONE, 0.6))
        .containsExactly(new double[] {-0.1}, within(1e-8)); // ε
    // 1 − 0.1 · 0.5 = 0.95 of the weight, then −0.1.
    assertThat(AdamW.of(0.2, 0.5).withSchedule(half).start(1).step(ONE, ONE, 0.6))
        .containsExactly(new double[] {0.85}, within(1e-8)); // ε
  }

  /** ‖(3, 4)‖ = 5. */
  @Test
  void clippingShortensToTheBoundAndKeepsTheDirection() {
    assertThat(GradientNorm.of(new double[] {3, -4})).isEqualTo(5);
    assertThat(GradientNorm.clipped(new double[] {3, 4}, 1))
        .containsExactly(new double[] {0.6, 0.8}, within(ROUNDING));
    assertThat(GradientNorm.clipped(new double[] {3, 4}, 5)).containsExactly(3, 4);
  }

  @Test
  void normsNeitherOverflowNorVanish() {
    assertThat(GradientNorm.of(new double[] {3e300, 4e300})).isCloseTo(5e300, within(1e285));
    assertThat(GradientNorm.of(new double[] {3e-300, 4e-300})).isCloseTo(5e-300, within(1e-315));
    assertThat(GradientNorm.of(new double[] {0, 0})).isZero();
    assertThat(GradientNorm.of(new double[] {1, Double.NaN})).isNaN();
  }

  @Test
  void rejectsSettingsOutsideTheirRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> Sgd.of(0)).withMessageContaining("0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sgd.of(1).withMomentum(1))
        .withMessageContaining("1.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sgd.of(1).withNesterov(0))
        .withMessageContaining("momentum of 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.of(Double.NaN))
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.of(1).withBetas(0.9, 1.5))
        .withMessageContaining("1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Adam.of(1).withEpsilon(0))
        .withMessageContaining("0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdamW.of(0.5, 3))
        .withMessageContaining("1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Schedule.steps(-1, 0.5))
        .withMessageContaining("-1.0");
  }
}
