package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PolarFactorTest {

  /** A handful of roundings of numbers of order one. */
  private static final double ROUNDING = 1e-14;

  /** A quarter turn after a stretch by 2 and 3. */
  @Test
  void aTurnAfterAStretchIsTheTurn() {
    Matrix turn = Matrix.of(2, 2, new double[] {0, -1, 1, 0});
    Matrix k = turn.times(Matrix.diagonal(new double[] {2, 3}));
    assertThat(PolarFactor.of(k).minus(turn).maxAbs()).isLessThan(ROUNDING);
  }

  @Test
  void aPositiveDefiniteMatrixHasTheIdentity() {
    Matrix k = Matrix.of(2, 2, new double[] {2, 1, 1, 2});
    assertThat(PolarFactor.of(k).minus(Matrix.identity(2)).maxAbs()).isLessThan(ROUNDING);
  }

  @Test
  void aMatrixThatIsNotSquareOrNotFiniteIsRefused() {
    assertThatThrownBy(() -> PolarFactor.of(Matrix.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 3)");
    assertThatThrownBy(() -> PolarFactor.of(Matrix.diagonal(new double[] {1, Double.NaN})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
