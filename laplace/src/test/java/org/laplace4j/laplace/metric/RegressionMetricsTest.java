package org.laplace4j.laplace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.predict.NormalPrediction;

class RegressionMetricsTest {
  /** A few operations on numbers near 1. */
  private static final double ROUNDING = 1e-14;

  /** The midpoint rule with steps of 1e-4 where the integrand has one jump of at most 1. */
  private static final double QUADRATURE = 1e-4;

  /** One output; each variance is half epistemic, half aleatoric. */
  private static NormalPrediction normal(double[] mean, double... deviation) {
    int b = mean.length;
    double[] half = new double[b];
    for (int n = 0; n < b; n++) {
      half[n] = deviation[n] * deviation[n] / 2;
    }
    return new NormalPrediction(
        column(mean), Tensor.of(Shape.of(b, 1, 1), half), Tensor.of(Shape.of(b, 1), half));
  }

  private static Tensor column(double... values) {
    return Tensor.of(Shape.of(values.length, 1), values);
  }

  @Test
  void rootMeanSquaredErrorIsThatOfTheMean() {
    NormalPrediction prediction = normal(new double[] {0, 10}, 1, 1);
    // errors 3 and 4: √(25/2)
    assertThat(RegressionMetrics.rootMeanSquaredError(prediction, column(3, 6)))
        .isCloseTo(5 / Math.sqrt(2), within(ROUNDING));
  }

  @Test
  void meanLogDensityIsThatOfTheNormalDistribution() {
    NormalPrediction prediction = normal(new double[] {0, 10}, 1, 2);
    // z = 1 and −2: −½ log 2π − ½ − (½ log 2π + log 2 + 2) halved
    double expected = -0.5 * Math.log(2 * Math.PI) - (0.5 + Math.log(2) + 2) / 2;
    assertThat(RegressionMetrics.meanLogDensity(prediction, column(1, 6)))
        .isCloseTo(expected, within(ROUNDING));
  }

  @Test
  void rankedProbabilityScoreAtTheMeanIsKnown() {
    // s (2φ(0) − 1/√π) = s (√2 − 1)/√π
    assertThat(RegressionMetrics.continuousRankedProbabilityScore(
            normal(new double[] {5}, 3), column(5)))
        .isCloseTo(3 * (Math.sqrt(2) - 1) / Math.sqrt(Math.PI), within(ROUNDING));
  }

  @Test
  void rankedProbabilityScoreOfACertainPredictionIsItsError() {
    double deviation = 1e-9; // the score is |y − m| − s/√π + …
    assertThat(RegressionMetrics.continuousRankedProbabilityScore(
            normal(new double[] {1, 1}, deviation, deviation), column(3, 0.5)))
        .isCloseTo((2 + 0.5) / 2, within(deviation));
  }

  @Test
  void rankedProbabilityScoreIsTheIntegralThatDefinesIt() {
    double m = 0.3;
    double s = 0.7;
    for (double y : new double[] {-1.1, 0.3, 0.9, 4}) {
      // Φ by its own integral, step by step; 6 s on each side hold all but 1e-9.
      double step = 1e-4;
      double distribution = 0;
      double integral = 0;
      for (double t = m - 6 * s; t < Math.max(m + 6 * s, y + 1); t += step) {
        double z = (t + step / 2 - m) / s;
        distribution += Math.exp(-z * z / 2) / (s * Math.sqrt(2 * Math.PI)) * step;
        double miss = distribution - (t + step / 2 >= y ? 1 : 0);
        integral += miss * miss * step;
      }
      assertThat(RegressionMetrics.continuousRankedProbabilityScore(
              normal(new double[] {m}, s), column(y)))
          .isCloseTo(integral, within(QUADRATURE));
    }
  }

  @Test
  void coverageCountsTheTargetsInsideTheInterval() {
    // The 90 % interval of a normal distribution ends at 1.6449 deviations on each side.
    NormalPrediction prediction = normal(new double[] {0, 0, 0, 0}, 1, 1, 2, 2);
    Tensor y = column(1.644, 1.646, -3.288, -3.292);
    assertThat(RegressionMetrics.coverage(prediction, y, 0.9)).isEqualTo(0.5);
    assertThat(RegressionMetrics.coverage(prediction, y, 0.5)).isZero();
    assertThat(RegressionMetrics.coverage(prediction, y, 0.95)).isEqualTo(1);
  }

  @Test
  void refusesTargetsThatDoNotFitAndLevelsThatAreNone() {
    NormalPrediction prediction = normal(new double[] {0, 0}, 1, 1);
    assertThatThrownBy(() -> RegressionMetrics.meanLogDensity(prediction, column(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 1)")
        .hasMessageContaining("(1, 1)");
    assertThatThrownBy(() -> RegressionMetrics.coverage(prediction, column(1, 1), 90))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 90");
  }

  @Test
  void integralTransformsAreTheNormalDistributionFunction() {
    NormalPrediction prediction = normal(new double[] {0, 10, 0}, 1, 2, 1);
    // Φ(0), Φ(1) and Φ(−1.96) = 0.025
    assertThat(RegressionMetrics.probabilityIntegralTransforms(
            prediction, column(0, 12, -1.959963984540054)))
        .containsExactly(new double[] {0.5, 0.8413447460685429, 0.025}, within(ROUNDING));
  }

  @Test
  void chiSquaredIsTheMeanOfTheSquaredResiduals() {
    // z = 1 and −2
    assertThat(RegressionMetrics.chiSquared(normal(new double[] {0, 10}, 1, 2), column(1, 6)))
        .isCloseTo(2.5, within(ROUNDING));
  }

  @Test
  void sharpnessIsTheMeanDeviation() {
    assertThat(RegressionMetrics.sharpness(normal(new double[] {0, 10}, 1, 2)))
        .isCloseTo(1.5, within(ROUNDING));
  }

  @Test
  void intervalScoreIsTheWidthAndWhatIsMissed() {
    // The 90 % interval of N(0, 1) is ±1.6449; the targets are inside, 1 above and 2 below it.
    double q = 1.6448536269514722;
    double expected = 2 * q + 2 / 0.1 * (0 + 1 + 2) / 3;
    assertThat(RegressionMetrics.intervalScore(
            normal(new double[] {0, 0, 0}, 1, 1, 1), column(0.5, q + 1, -q - 2), 0.9))
        .isCloseTo(expected, within(20 * ROUNDING));
    assertThatThrownBy(
            () -> RegressionMetrics.intervalScore(normal(new double[] {0}, 1), column(0), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 1.0");
  }
}
