package org.laplace4j.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

class FromLogDensityTest {
  private static final double ROUNDING = 1e-14;

  /**
   * Student's t with ν = 1, s = 1: −∂² log p = 2 (1 − r²)/(1 + r²)², which is 2 at r = 0, and −0.16
   * at r = 2.
   */
  @Test
  void negativeCurvatureOfAnExampleIsTakenAsZero() {
    StudentT cauchy = new StudentT(1, 1);
    FromLogDensity made = new FromLogDensity(cauchy::logDensities, cauchy::draw);
    Tensor f = Tensor.zeros(Shape.of(2, 1));
    Targets y = Targets.values(Tensor.of(Shape.of(2, 1), 0, 2));
    assertThat(made.hessianRoot(f, y).square().array())
        .containsExactly(new double[] {2, 0}, within(ROUNDING));
    assertThat(made.score(f, y).array()).containsExactly(new double[] {0, 0.8}, within(ROUNDING));
  }

  @Test
  void checkNamesTheShapeOfWhatWasGiven() {
    FromLogDensity unsummed =
        new FromLogDensity((f, y) -> f.minus(y.values()).square().negate(), Gaussian.of(1)::draw);
    Tensor f = Tensor.zeros(Shape.of(3, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unsummed.check(f, Targets.values(f)))
        .withMessageContaining("(3)")
        .withMessageContaining("(3, 2)");
  }
}
