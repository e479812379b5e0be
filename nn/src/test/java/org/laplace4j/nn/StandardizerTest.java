package org.laplace4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

class StandardizerTest {
  /** A few roundings. */
  private static final double ROUNDING = 1e-14;

  /** Column 0 is 1, 3, 5, 7: mean 4, variance (9 + 1 + 1 + 9)/4 = 5. Column 1 is constant. */
  private static final Tensor X = Tensor.of(Shape.of(4, 2), 1, 0.1, 3, 0.1, 5, 0.1, 7, 0.1);

  @Test
  void takesMeanAndPopulationDeviationOfEachFeature() {
    Standardizer standardizer = Standardizer.fit(X);
    assertThat(standardizer.mean().array()).containsExactly(4, 0.1);
    assertThat(standardizer.scale().array()).containsExactly(Math.sqrt(5), 1);
  }

  @Test
  void aConstantFeatureBecomesExactlyZero() {
    Tensor z = Standardizer.fit(X).apply(X);
    for (int n = 0; n < 4; n++) {
      assertThat(z.get(n, 1)).isZero();
    }
  }

  @Test
  void invertUndoesApply() {
    Standardizer standardizer = Standardizer.fit(X);
    Tensor other = Tensor.of(Shape.of(1, 2), -20, 3);
    assertThat(standardizer.invert(standardizer.apply(other)).array())
        .containsExactly(new double[] {-20, 3}, within(20 * ROUNDING));
  }

  @Test
  void variancesScaleWithTheSquareOfTheDeviation() {
    Tensor v = Standardizer.fit(X).invertVariance(Tensor.of(Shape.of(1, 2), 2, 3));
    assertThat(v.array()).containsExactly(new double[] {10, 3}, within(10 * ROUNDING));
  }

  /** diag(s) V diag(s) with s = (√5, 1). */
  @Test
  void covariancesScaleOnBothSides() {
    Tensor v = Standardizer.fit(X).invertCovariance(Tensor.of(Shape.of(1, 2, 2), 2, 1, 1, 3));
    double root = Math.sqrt(5);
    assertThat(v.array()).containsExactly(new double[] {10, root, root, 3}, within(10 * ROUNDING));
  }

  @Test
  void standardisesFeaturesOfSeveralAxes() {
    Tensor x = X.reshape(4, 1, 2);
    assertThat(Standardizer.fit(x).apply(x).array())
        .isEqualTo(Standardizer.fit(X).apply(X).array());
  }

  @Test
  void rejectsWhatItCannotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Standardizer.fit(Tensor.vector(1, 2)))
        .withMessageContaining("(2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Standardizer.fit(Tensor.zeros(Shape.of(0, 3))))
        .withMessageContaining("(0, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Standardizer.fit(Tensor.of(Shape.of(2, 2), 0, 0, 0, Double.NaN)))
        .withMessageContaining("feature 1 of example 1");
  }

  @Test
  void rejectsOtherFeaturesThanItWasFittedTo() {
    Standardizer standardizer = Standardizer.fit(X);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standardizer.apply(Tensor.zeros(Shape.of(2, 1))))
        .withMessageContaining("(2)")
        .withMessageContaining("(2, 1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> standardizer.invertCovariance(Tensor.zeros(Shape.of(1, 2, 3))))
        .withMessageContaining("(1, 2, 3)");
  }
}
