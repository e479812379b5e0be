package org.laplace4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;

class InitializerTest {
  private static final int IN = 100;
  private static final int OUT = 50;

  /**
   * The relative error of a variance of 5000 draws has a standard deviation of at most √(2/5000) =
   * 2 %; this is five.
   */
  private static final double SAMPLING = 0.1;

  private static double[] weights(Initializer initializer) {
    return initializer.draw(Shape.of(OUT, IN), IN, OUT, new SplittableRandom(1)).array();
  }

  private static double[] biases(Initializer initializer) {
    return initializer.draw(Shape.of(OUT), IN, OUT, new SplittableRandom(1)).array();
  }

  private static double meanSquare(double[] values) {
    return Arrays.stream(values).map(v -> v * v).average().orElseThrow();
  }

  private static void assertUniform(double[] values, double bound) {
    assertThat(Arrays.stream(values))
        .allSatisfy(v -> assertThat(Math.abs(v)).isLessThanOrEqualTo(bound));
    // The largest of n uniform |values| is within 5/n of the bound but for a chance of e⁻⁵ in n =
    // 50.
    assertThat(Arrays.stream(values).map(Math::abs).max().orElseThrow())
        .isGreaterThan(bound * (1 - 5.0 / values.length));
  }

  @Test
  void fanInFillsPlusMinusOneOverRootIn() {
    assertUniform(weights(Initializer.uniformFanIn()), 0.1);
    assertUniform(biases(Initializer.uniformFanIn()), 0.1);
    assertThat(meanSquare(weights(Initializer.uniformFanIn())))
        .isCloseTo(0.01 / 3, within(SAMPLING * 0.01 / 3));
  }

  /** √(6/150) = 0.2. */
  @Test
  void glorotFillsPlusMinusRootSixOverInPlusOut() {
    assertUniform(weights(Initializer.glorot()), 0.2);
    assertThat(biases(Initializer.glorot())).containsOnly(0);
  }

  @Test
  void heHasVarianceTwoOverIn() {
    assertThat(meanSquare(weights(Initializer.he()))).isCloseTo(0.02, within(SAMPLING * 0.02));
    assertThat(biases(Initializer.he())).containsOnly(0);
  }

  @Test
  void theSameSeedDrawsTheSameBits() {
    assertThat(weights(Initializer.he())).isEqualTo(weights(Initializer.he()));
  }
}
