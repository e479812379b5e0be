package org.laplace4j.propertytests.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DenseSymmetricTest {
  private static final double ROUNDING = 1e-15; // a handful of operations

  /** P = (4 2; 2 3): det P = 8, P⁻¹ = (3 −2; −2 4) / 8. */
  @Test
  void agreesWithTwoByTwoOnPaper() {
    var p = new DenseSymmetric(2, new double[] {4, 2, 2, 3});

    assertThat(p.logDet()).isCloseTo(Math.log(8), within(ROUNDING));
    assertThat(p.inverseDiagonal())
        .containsExactly(new double[] {3. / 8, 4. / 8}, within(ROUNDING));
  }

  @Test
  void namesThePivotThatIsNotPositive() {
    assertThatThrownBy(() -> new DenseSymmetric(2, new double[] {1, 2, 2, 1}))
        .hasMessageContaining("-3.0");
  }
}
