package org.laplace4j.laplace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.predict.ClassProbabilities;

class ClassificationMetricsTest {
  /** A few additions and one logarithm of numbers near 1. */
  private static final double ROUNDING = 1e-14;

  /** Right with 1/2, wrong with 3/4 (the label got 1/4), right with 1. */
  private static final ClassProbabilities P =
      new ClassProbabilities(Tensor.of(Shape.of(3, 3), 0.25, 0.5, 0.25, 0.75, 0.25, 0, 0, 0, 1));

  private static final int[] LABELS = {1, 1, 2};

  @Test
  void accuracyIsThePartOfTheRight() {
    assertThat(ClassificationMetrics.accuracy(P, LABELS)).isEqualTo(2.0 / 3);
  }

  @Test
  void negativeLogLikelihoodIsTheMeanSurpriseAtTheLabels() {
    // −(log 1/2 + log 1/4 + log 1)/3 = (1 + 2) log 2 / 3
    assertThat(ClassificationMetrics.negativeLogLikelihood(P, LABELS))
        .isCloseTo(Math.log(2), within(ROUNDING));
  }

  @Test
  void negativeLogLikelihoodOfTheImpossibleIsInfinite() {
    assertThat(ClassificationMetrics.negativeLogLikelihood(P, new int[] {1, 1, 0}))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void brierScoreSumsOverTheClasses() {
    // (1/16 + 1/4 + 1/16) + (9/16 + 9/16) + 0 = 24/16, a mean of 1/2
    assertThat(ClassificationMetrics.brierScore(P, LABELS)).isCloseTo(0.5, within(ROUNDING));
  }

  @Test
  void brierScoreOfCertainErrorIsTwo() {
    ClassProbabilities certain = new ClassProbabilities(Tensor.of(Shape.of(1, 2), 1, 0));
    assertThat(ClassificationMetrics.brierScore(certain, new int[] {1})).isEqualTo(2);
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    assertThatThrownBy(() -> ClassificationMetrics.accuracy(P, new int[] {1, 1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 inputs")
        .hasMessageContaining("2 labels");
    assertThatThrownBy(() -> ClassificationMetrics.brierScore(P, new int[] {1, 3, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label 3 of input 1")
        .hasMessageContaining("3 classes");
  }

  @Test
  void refusesNoInputsAtAll() {
    ClassProbabilities none = new ClassProbabilities(Tensor.zeros(Shape.of(0, 2)));
    assertThatThrownBy(() -> ClassificationMetrics.accuracy(none, new int[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 inputs");
  }
}
