package org.laplace4j.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

class PoissonTest {
  /** A few roundings of numbers of size 1. */
  private static final double ROUNDING = 2e-15;

  /** Rate 2, count 3: e⁻² 2³/3!. */
  @Test
  void rateTwoAndCountThree() {
    Tensor f = Tensor.of(Shape.of(1, 1), Math.log(2));
    Targets three = Targets.values(Tensor.of(Shape.of(1, 1), 3));
    Poisson poisson = new Poisson();
    assertThat(poisson.logDensity(f, three)).isCloseTo(-2 + Math.log(8.0 / 6), within(ROUNDING));
    assertThat(poisson.score(f, three).item()).isCloseTo(1, within(ROUNDING));
    assertThat(poisson.hessianRoot(f, three).item()).isCloseTo(Math.sqrt(2), within(ROUNDING));
  }

  @Test
  void logGammaIsThatOfFactorialsAndOfAHalf() {
    double logFactorial = 0;
    for (int n = 1; n <= 170; n++) {
      logFactorial += Math.log(n);
      assertThat(LogGamma.at(n + 1)).isCloseTo(logFactorial, within(1e-14 * (1 + logFactorial)));
    }
    assertThat(LogGamma.at(0.5)).isCloseTo(0.5 * Math.log(Math.PI), within(1e-14));
  }

  @Test
  void checkNamesTargetsThatAreNoCounts() {
    Tensor f = Tensor.zeros(Shape.of(2, 1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Poisson().check(f, Targets.values(Tensor.of(Shape.of(2, 1), 1, 2.5))))
        .withMessageContaining("example 1 is 2.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Poisson().check(f, Targets.values(Tensor.of(Shape.of(2, 1), -1, 2))))
        .withMessageContaining("example 0 is -1.0");
  }
}
