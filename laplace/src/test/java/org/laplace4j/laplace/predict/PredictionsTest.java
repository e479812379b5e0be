package org.laplace4j.laplace.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Standardizer;

/** What predictions are, on numbers that can be checked on paper. */
class PredictionsTest {
  private static final double ROUNDING = 1e-14;

  private static Tensor rows(int width, double... values) {
    return Tensor.of(Shape.of(values.length / width, width), values);
  }

  private static Tensor blocks(int width, double... values) {
    return Tensor.of(Shape.of(values.length / (width * width), width, width), values);
  }

  @Test
  void variancesAreTheDiagonalsOfTheCovariances() {
    OutputDistribution f =
        new OutputDistribution(rows(2, 0, 0, 0, 0), blocks(2, 1, 9, 9, 2, 3, 9, 9, 4));
    assertThat(f.variances().array()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aCovarianceOfAnotherShapeIsRefused() {
    assertThatThrownBy(() -> new OutputDistribution(rows(2, 0, 0), rows(2, 1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(1, 2)");
    assertThatThrownBy(() -> new NormalPrediction(rows(1, 0, 0), blocks(1, 1, 1), rows(1, 1, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 1)")
        .hasMessageContaining("(3, 1)");
  }

  @Test
  void varianceOfATargetIsThatOfTheOutputPlusThatOfTheNoise() {
    NormalPrediction y = new NormalPrediction(rows(1, 5), blocks(1, 3), rows(1, 1));
    assertThat(y.variances().item()).isEqualTo(4);
    assertThat(y.standardDeviations().item()).isEqualTo(2);
  }

  @Test
  void logDensityOfTwoOutputsIsTheSumOfBoth() {
    NormalPrediction y = new NormalPrediction(rows(2, 5, 0), blocks(2, 3, 0, 0, 0), rows(2, 1, 1));
    // One standard deviation of 2 off, and exactly met with a standard deviation of 1.
    double expected = -0.5 * (1 + Math.log(2 * Math.PI * 4) + 0 + Math.log(2 * Math.PI));
    assertThat(y.logDensities(rows(2, 7, 0)).item()).isCloseTo(expected, within(ROUNDING));
    assertThatThrownBy(() -> y.logDensities(rows(1, 7, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(1, 2)")
        .hasMessageContaining("(2, 1)");
  }

  @Test
  void aPredictionOfStandardisedTargetsGoesBackToTheirUnits() {
    // Targets −1 and 3 have mean 1 and standard deviation 2; 10 and 10 never vary, so s = 1.
    Standardizer targets = Standardizer.fit(rows(2, -1, 10, 3, 10));
    NormalPrediction z =
        new NormalPrediction(rows(2, 0.5, 7), blocks(2, 3, 1, 1, 5), rows(2, 0.25, 2));
    NormalPrediction y = z.inUnitsOf(targets);
    assertThat(y.mean().array()).containsExactly(2, 17);
    assertThat(y.epistemic().array()).containsExactly(12, 2, 2, 5);
    assertThat(y.aleatoric().array()).containsExactly(1, 2);
  }

  @Test
  void theLabelIsTheFirstOfTheMostProbable() {
    ClassProbabilities p = new ClassProbabilities(rows(3, 0.2, 0.5, 0.3, 0.4, 0.4, 0.2, 0, 0, 1));
    assertThat(p.labels()).containsExactly(1, 0, 2);
  }

  @Test
  void entropyIsThatOfACoinAndOfCertainty() {
    ClassProbabilities p = new ClassProbabilities(rows(2, 0.5, 0.5, 1, 0, 0.25, 0.75));
    assertThat(p.entropies())
        .containsExactly(
            new double[] {Math.log(2), 0, Math.log(4) - 0.75 * Math.log(3)}, within(ROUNDING));
  }

  @Test
  void probabilitiesThatDoNotSumToOneAreRefused() {
    assertThatThrownBy(() -> new ClassProbabilities(rows(2, 0.5, 0.5, 0.5, 0.75)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1")
        .hasMessageContaining("1.25");
    assertThatThrownBy(() -> new ClassProbabilities(rows(1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(1, 1)");
    assertThatThrownBy(() -> new ClassProbabilities(rows(2, Double.NaN, 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  @Test
  void intervalsAndQuantilesAreThoseOfTheTotalOrOfTheOutputsAlone() {
    // Epistemic deviation 3, total deviation 5; Φ⁻¹(0.975) = 1.96.
    NormalPrediction y = new NormalPrediction(rows(1, 1), blocks(1, 9), rows(1, 16));
    double q = 1.959963984540054;
    PredictionInterval targets = y.interval(0.95);
    assertThat(targets.lower().item()).isCloseTo(1 - 5 * q, within(10 * ROUNDING));
    assertThat(targets.upper().item()).isCloseTo(1 + 5 * q, within(10 * ROUNDING));
    assertThat(targets.widths().item()).isCloseTo(10 * q, within(10 * ROUNDING));
    assertThat(y.epistemicInterval(0.95).upper().item())
        .isCloseTo(1 + 3 * q, within(10 * ROUNDING));
    assertThat(y.quantile(0.025).item()).isCloseTo(1 - 5 * q, within(10 * ROUNDING));
    assertThat(y.epistemicQuantile(0.975).item()).isCloseTo(1 + 3 * q, within(10 * ROUNDING));
    assertThat(y.quantile(0.5).item()).isEqualTo(1);
    assertThatThrownBy(() -> y.interval(95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("95");
  }

  @Test
  void coverageOfIntervalsIncludesTheirEnds() {
    PredictionInterval interval = new PredictionInterval(rows(1, 0, 0, 0), rows(1, 1, 1, 1));
    assertThat(interval.coverage(rows(1, 0, 1, 2))).isEqualTo(2.0 / 3);
    assertThatThrownBy(() -> interval.coverage(rows(1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("(3, 1)", "(1, 1)");
  }

  @Test
  void theConfidenceIsTheLargestProbability() {
    ClassProbabilities p = new ClassProbabilities(rows(3, 0.2, 0.5, 0.3, 0.4, 0.4, 0.2));
    assertThat(p.maxProbabilities()).containsExactly(0.5, 0.4);
  }
}
