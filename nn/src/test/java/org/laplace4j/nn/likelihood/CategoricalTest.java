package org.laplace4j.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Targets;

class CategoricalTest {
  /** A few roundings of numbers of size 1. */
  private static final double ROUNDING = 1e-15;

  private static final Categorical CATEGORICAL = new Categorical();

  /** e⁰ : e^(log 3) = 1 : 3, so p = (1/4, 3/4). */
  private static final Tensor ONE_TO_THREE = Tensor.of(Shape.of(1, 2), 0, Math.log(3));

  @Test
  void probabilitiesAreInTheRatioOfTheExponentials() {
    assertThat(CATEGORICAL.probabilities(ONE_TO_THREE).array())
        .containsExactly(new double[] {0.25, 0.75}, within(ROUNDING));
  }

  @Test
  void logDensityIsThatOfTheLabel() {
    assertThat(CATEGORICAL.logDensities(ONE_TO_THREE, Targets.labels(1)).array())
        .containsExactly(new double[] {Math.log(0.75)}, within(ROUNDING));
  }

  /** e_y − p = (0, 1) − (1/4, 3/4). */
  @Test
  void scoreIsTheUnitVectorMinusP() {
    assertThat(CATEGORICAL.score(ONE_TO_THREE, Targets.labels(1)).array())
        .containsExactly(new double[] {-0.25, 0.25}, within(ROUNDING));
  }

  /** diag(p) − p pᵀ = 3/16 (1, −1; −1, 1). */
  @Test
  void hessianRootSquaresToDiagPMinusPPt() {
    Matrix s =
        CATEGORICAL.hessianRoot(ONE_TO_THREE, Targets.labels(0)).reshape(2, 1).matrix();
    double v = 3.0 / 16;
    assertThat(s.times(s.transpose()).array())
        .containsExactly(new double[] {v, -v, -v, v}, within(ROUNDING));
  }

  /** p = (1, 1, 2)/4, so r = (4, 3, 2)/4. */
  @Test
  void hessianRootTellsEachClassFromThoseAfterIt() {
    Tensor f = Tensor.of(Shape.of(1, 3), 0, 0, Math.log(2));
    double three = Math.sqrt(3);
    double six = Math.sqrt(6);
    assertThat(CATEGORICAL.hessianRoot(f, Targets.labels(0)).array())
        .containsExactly(
            new double[] {three / 4, 0, -1 / (4 * three), 1 / six, -1 / (2 * three), -1 / six},
            within(ROUNDING));
  }

  @Test
  void hessianRootDoesNotDependOnTheLabel() {
    assertThat(CATEGORICAL.hessianRoot(ONE_TO_THREE, Targets.labels(0)).array())
        .isEqualTo(CATEGORICAL.hessianRoot(ONE_TO_THREE, Targets.labels(1)).array());
  }

  /** log p = −1600 − log(1 + 1 + e^(−1600) …): far beyond the range of exp. */
  @Test
  void extremeLogitsStayFinite() {
    Tensor f = Tensor.of(Shape.of(1, 3), 800, -800, 0);
    Targets y = Targets.labels(1);
    assertThat(CATEGORICAL.logDensities(f, y).array()).containsExactly(-1600);
    assertThat(CATEGORICAL.score(f, y).array()).containsExactly(-1, 1, 0);
    assertThat(CATEGORICAL.hessianRoot(f, y).array())
        .containsExactly(new double[6], within(ROUNDING));
  }

  @Test
  void checkNamesTheLabelOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATEGORICAL.check(Tensor.zeros(Shape.of(3, 4)), Targets.labels(0, 3, 4)))
        .withMessageContaining("label 4 of example 2")
        .withMessageContaining("4 classes");
  }

  @Test
  void checkNamesShapesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATEGORICAL.check(Tensor.zeros(Shape.of(2, 4)), Targets.labels(0, 3, 1)))
        .withMessageContaining("3 targets")
        .withMessageContaining("(2, 4)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATEGORICAL.check(Tensor.zeros(Shape.of(2, 1)), Targets.labels(0, 0)))
        .withMessageContaining("(2, 1)")
        .withMessageContaining("Bernoulli");
    Targets real = Targets.values(Tensor.zeros(Shape.of(2, 3)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATEGORICAL.check(Tensor.zeros(Shape.of(2, 3)), real))
        .withMessageContaining("Targets.labels");
  }

  @Test
  void checkLocatesOutputsThatAreNotFinite() {
    Tensor f = Tensor.of(Shape.of(2, 2), 0, 0, 0, Double.NaN);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CATEGORICAL.check(f, Targets.labels(0, 0)))
        .withMessageContaining("output 1 of example 1")
        .withMessageContaining("NaN");
  }

  @Test
  void checkAcceptsWhatFits() {
    CATEGORICAL.check(ONE_TO_THREE, Targets.labels(1));
    assertThat(CATEGORICAL.logDensity(ONE_TO_THREE, Targets.labels(1))).isNegative();
  }
}
