package org.laplace4j.laplace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.predict.ClassProbabilities;

class ReliabilityCurveTest {
  /** A few additions of numbers below 1. */
  private static final double ROUNDING = 1e-15;

  /** Two classes; class 0 has the given probabilities, and is predicted from 1/2 on. */
  private static ClassProbabilities binary(double... ofClass0) {
    double[] p = new double[2 * ofClass0.length];
    for (int n = 0; n < ofClass0.length; n++) {
      p[2 * n] = ofClass0[n];
      p[2 * n + 1] = 1 - ofClass0[n];
    }
    return new ClassProbabilities(Tensor.adopt(Shape.of(ofClass0.length, 2), p));
  }

  @Test
  void eachBinHasItsMeanConfidenceAndAccuracy() {
    // In (0.6, 0.8]: 0.65 right, 0.75 wrong. In (0.8, 1]: 0.9 right, 0.95 right.
    ReliabilityCurve curve =
        ReliabilityCurve.of(binary(0.65, 0.75, 0.9, 0.95), new int[] {0, 1, 0, 0}, 5);
    assertThat(curve.bins()).hasSize(5);
    assertThat(curve.bins().get(3).count()).isEqualTo(2);
    assertThat(curve.bins().get(3).confidence()).isCloseTo(0.7, within(ROUNDING));
    assertThat(curve.bins().get(3).accuracy()).isEqualTo(0.5);
    assertThat(curve.bins().get(4).accuracy()).isEqualTo(1);
    assertThat(curve.count()).isEqualTo(4);
    // 2/4 |0.5 − 0.7| + 2/4 |1 − 0.925|
    assertThat(curve.expectedCalibrationError()).isCloseTo(0.1375, within(ROUNDING));
  }

  @Test
  void certainAndRightIsCalibratedCertainAndWrongIsOneOff() {
    assertThat(error(10, new int[] {0, 0}, 1, 1)).isZero();
    assertThat(error(15, new int[] {1, 1}, 1, 1)).isEqualTo(1);
  }

  @Test
  void oneBinComparesMeanConfidenceWithAccuracy() {
    // means: confidence (0.6 + 0.8)/2 = 0.7, accuracy 1/2
    assertThat(error(1, new int[] {0, 1}, 0.6, 0.8)).isCloseTo(0.2, within(ROUNDING));
  }

  @Test
  void anEdgeBelongsToTheBinBelow() {
    for (int bins : new int[] {10, 15}) {
      for (int m = bins / 2 + 1; m <= bins; m++) {
        int[] counts =
            ReliabilityCurve.of(binary(m / (double) bins), new int[] {0}, bins).bins().stream()
                .mapToInt(ReliabilityCurve.Bin::count)
                .toArray();
        int[] expected = new int[bins];
        expected[m - 1] = 1;
        assertThat(counts).as("confidence %d/%d", m, bins).isEqualTo(expected);
      }
    }
  }

  @Test
  void aProbabilityThatRoundingPutsAboveOneIsInTheLastBin() {
    ClassProbabilities rounded =
        new ClassProbabilities(Tensor.of(Shape.of(1, 2), Math.nextUp(1.0), 0));
    assertThat(ReliabilityCurve.of(rounded, new int[] {0}, 10).bins().get(9).count())
        .isEqualTo(1);
  }

  @Test
  void emptyBinsAddNothing() {
    ReliabilityCurve curve = ReliabilityCurve.of(binary(0.9, 0.9), new int[] {0, 0}, 100);
    assertThat(curve.bins().stream().filter(bin -> bin.count() == 0)).hasSize(99);
    assertThat(curve.expectedCalibrationError()).isCloseTo(0.1, within(ROUNDING));
  }

  @Test
  void refusesLessThanOneBin() {
    assertThatThrownBy(() -> ReliabilityCurve.of(binary(0.9), new int[] {0}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 bins");
  }

  private static double error(int bins, int[] labels, double... ofClass0) {
    assertThat(Arrays.stream(ofClass0).min().orElseThrow()).isGreaterThan(0.5);
    return ClassificationMetrics.expectedCalibrationError(binary(ofClass0), labels, bins);
  }

  @Test
  void theMaximumIsThatOfTheWorstBin() {
    // |0.5 − 0.7| and |1 − 0.925|, as above; empty bins do not count.
    assertThat(ClassificationMetrics.maximumCalibrationError(
            binary(0.65, 0.75, 0.9, 0.95), new int[] {0, 1, 0, 0}, 5))
        .isCloseTo(0.2, within(ROUNDING));
  }

  @Test
  void binsOfEqualMassHoldEquallyMany() {
    // Two bins of two: (0.91, 0.93), one right, and (0.97, 0.99), both right.
    ClassProbabilities p = binary(0.97, 0.91, 0.99, 0.93);
    ReliabilityCurve curve = ReliabilityCurve.ofEqualMass(p, new int[] {0, 1, 0, 0}, 2);
    assertThat(curve.bins()).extracting(ReliabilityCurve.Bin::count).containsExactly(2, 2);
    assertThat(curve.bins().get(0).upper()).isEqualTo(0.93);
    // ½ |0.5 − 0.92| + ½ |1 − 0.98|
    assertThat(ClassificationMetrics.equalMassCalibrationError(p, new int[] {0, 1, 0, 0}, 2))
        .isCloseTo(0.22, within(ROUNDING));
  }

  @Test
  void equalConfidencesAreNotParted() {
    ReliabilityCurve curve =
        ReliabilityCurve.ofEqualMass(binary(0.9, 0.9, 0.9, 0.95), new int[4], 4);
    assertThat(curve.bins()).extracting(ReliabilityCurve.Bin::count).containsExactly(3, 0, 0, 1);
    int many = 7; // more bins than inputs
    assertThat(ReliabilityCurve.ofEqualMass(binary(0.6, 0.8), new int[2], many).count())
        .isEqualTo(2);
  }
}
