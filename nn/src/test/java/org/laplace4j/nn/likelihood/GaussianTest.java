package org.laplace4j.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

class GaussianTest {
  /** A few roundings of numbers of size 10. */
  private static final double ROUNDING = 1e-14;

  private static final Tensor F = Tensor.of(Shape.of(1, 2), 1, 5);
  private static final Targets Y = Targets.values(Tensor.of(Shape.of(1, 2), 3, 4));

  /** σ = 2: −½ (4/4 + log 8π) − ½ (1/4 + log 8π). */
  @Test
  void oneNoiseIsThatOfEveryOutput() {
    Gaussian gaussian = Gaussian.of(2);
    assertThat(gaussian.logDensity(F, Y))
        .isCloseTo(-0.5 * 1.25 - Math.log(8 * Math.PI), within(ROUNDING));
    assertThat(gaussian.score(F, Y).array()).containsExactly(0.5, -0.25);
    assertThat(gaussian.hessianRoot(F, Y).array()).containsExactly(0.5, 0, 0, 0.5);
    assertThat(gaussian.variances(2)).containsExactly(4, 4);
  }

  /** σ = (2, ½): −½ (1 + log 8π) − ½ (1/(1/4) + log π/2). */
  @Test
  void noisesAreInTheOrderOfTheOutputs() {
    Gaussian gaussian = Gaussian.perOutput(2, 0.5);
    assertThat(gaussian.logDensity(F, Y))
        .isCloseTo(
            -0.5 * (1 + Math.log(8 * Math.PI) + 4 + Math.log(Math.PI / 2)), within(ROUNDING));
    assertThat(gaussian.score(F, Y).array()).containsExactly(0.5, -4);
    assertThat(gaussian.hessianRoot(F, Y).array()).containsExactly(0.5, 0, 0, 2);
    assertThat(gaussian.variances(2)).containsExactly(4, 0.25);
  }

  /** σ = 4 and τ = ½ are the noise 2, whatever else is asked of it. */
  @Test
  void noiseOfAnExampleMultipliesThatOfTheLikelihood() {
    Targets y = Y.withNoise(0.5);
    assertThat(Gaussian.of(4).logDensity(F, y))
        .isCloseTo(Gaussian.of(2).logDensity(F, Y), within(ROUNDING));
    assertThat(Gaussian.of(4).score(F, y).array()).containsExactly(0.5, -0.25);
    assertThat(Gaussian.of(4).hessianRoot(F, y).array()).containsExactly(0.5, 0, 0, 0.5);
  }

  @Test
  void rejectsNoiseThatIsNotPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.of(0))
        .withMessageContaining("0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.perOutput(1, Double.NaN))
        .withMessageContaining("output 1")
        .withMessageContaining("NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.of(Double.POSITIVE_INFINITY))
        .withMessageContaining("Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.perOutput())
        .withMessageContaining("one an output");
  }

  @Test
  void checkNamesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.perOutput(1, 2, 3).check(F, Y))
        .withMessageContaining("3 noises")
        .withMessageContaining("2 outputs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.of(1).check(Tensor.zeros(Shape.of(1, 3)), Y))
        .withMessageContaining("(1, 2)")
        .withMessageContaining("(1, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gaussian.of(1).check(F, Targets.labels(0)))
        .withMessageContaining("Targets.values");
  }

  @Test
  void doesNotChangeWithTheArrayItWasMadeFrom() {
    double[] sigma = {1, 2};
    Gaussian gaussian = Gaussian.perOutput(sigma);
    sigma[0] = 9;
    gaussian.sigma()[1] = 9;
    assertThat(gaussian.sigma()).containsExactly(1, 2);
  }
}
