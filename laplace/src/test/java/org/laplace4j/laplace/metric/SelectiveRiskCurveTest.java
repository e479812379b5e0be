package org.laplace4j.laplace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.metric.SelectiveRiskCurve.Point;
import org.laplace4j.laplace.predict.ClassProbabilities;

class SelectiveRiskCurveTest {
  /** Means of a few numbers below 1. */
  private static final double ROUNDING = 1e-15;

  @Test
  void riskIsTheMeanLossOfTheSurest() {
    SelectiveRiskCurve curve =
        SelectiveRiskCurve.of(new double[] {0.5, 0.9, 0.7}, new double[] {6, 0, 3});
    assertThat(curve.points())
        .containsExactly(new Point(1 / 3.0, 0), new Point(2 / 3.0, 1.5), new Point(1, 3));
    assertThat(curve.area()).isEqualTo(1.5);
  }

  @Test
  void errorsOfClassesAreOneEach() {
    ClassProbabilities p = new ClassProbabilities(Tensor.of(Shape.of(2, 2), 0.9, 0.1, 0.4, 0.6));
    assertThat(SelectiveRiskCurve.of(p, new int[] {0, 0}).points())
        .containsExactly(new Point(0.5, 0), new Point(1, 0.5));
  }

  /** Six inputs of few confidences: the mean of the curves of all 720 orders, ties as they come. */
  @Test
  void equalConfidencesHaveTheMeanOverAllOrders() {
    double[] confidences = {1, 2, 2, 1, 2, 3};
    double[] losses = {5, 1, 0, 2, 7, 3};
    double[] risks = new double[6];
    int orders = permute(new int[] {0, 1, 2, 3, 4, 5}, 0, confidences, losses, risks);
    assertThat(orders).isEqualTo(720);
    double[] curve = SelectiveRiskCurve.of(confidences, losses).points().stream()
        .mapToDouble(Point::risk)
        .toArray();
    assertThat(curve)
        .containsExactly(
            Arrays.stream(risks).map(r -> r / orders).toArray(), within(100 * ROUNDING));
  }

  private static int permute(int[] order, int at, double[] c, double[] losses, double[] risks) {
    if (at == order.length) {
      Integer[] sorted = Arrays.stream(order).boxed().toArray(Integer[]::new);
      Arrays.sort(sorted, (a, b) -> Double.compare(c[b], c[a])); // stable: ties in the order given
      double sum = 0;
      for (int k = 0; k < sorted.length; k++) {
        sum += losses[sorted[k]];
        risks[k] += sum / (k + 1);
      }
      return 1;
    }
    int count = 0;
    for (int i = at; i < order.length; i++) {
      swap(order, at, i);
      count += permute(order, at + 1, c, losses, risks);
      swap(order, at, i);
    }
    return count;
  }

  private static void swap(int[] order, int i, int j) {
    int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }

  @Test
  void aConfidenceThatTellsNothingHasTheMeanLossEverywhere() {
    double[] losses = new SplittableRandom(1).doubles(50).toArray();
    double mean = Arrays.stream(losses).sum() / 50;
    assertThat(SelectiveRiskCurve.of(new double[50], losses).area())
        .isCloseTo(mean, within(100 * ROUNDING));
  }

  @Test
  void refusesCountsThatDifferAndNaN() {
    assertThatThrownBy(() -> SelectiveRiskCurve.of(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("2 confidences", "3 losses");
    assertThatThrownBy(() -> SelectiveRiskCurve.of(new double[] {Double.NaN}, new double[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("input 0");
  }
}
