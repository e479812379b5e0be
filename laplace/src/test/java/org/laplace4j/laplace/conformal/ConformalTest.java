package org.laplace4j.laplace.conformal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.predict.ClassProbabilities;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.PredictionInterval;

class ConformalTest {
  private static final int SPLITS = 20_000;

  /**
   * Standard deviations that a covered fraction may be off: each side is exceeded by one seed in
   * 3.5 million, and the seeds are fixed.
   */
  private static final double DEVIATIONS = 5;

  private static NormalPrediction normal(int outputs, double[] mean, double[] deviation) {
    int b = mean.length / outputs;
    double[] blocks = new double[b * outputs * outputs];
    double[] noise = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      noise[i] = deviation[i] * deviation[i];
    }
    return new NormalPrediction(
        Tensor.of(Shape.of(b, outputs), mean),
        Tensor.of(Shape.of(b, outputs, outputs), blocks),
        Tensor.of(Shape.of(b, outputs), noise));
  }

  private static Tensor column(double... values) {
    return Tensor.of(Shape.of(values.length, 1), values);
  }

  /** Scores 1, 2, 3, 4: at 0.6 the ⌈5 · 0.6⌉ = third, at 0.61 the fourth, at 0.81 none. */
  @Test
  void theFactorIsTheRankOfOneMoreThanTheScores() {
    NormalPrediction prediction =
        normal(1, new double[] {0, 0, 10, 10}, new double[] {1, 2, 1, 0.5});
    Tensor y = column(-3, 4, 11, 12);
    double[][] expected = {{0.6, 3}, {0.61, 4}, {0.8, 4}, {0.81, Double.POSITIVE_INFINITY}};
    for (double[] each : expected) {
      assertThat(ConformalRegression.calibrate(prediction, y, each[0]).factors().item())
          .as("level %s", each[0])
          .isEqualTo(each[1]);
    }
    PredictionInterval interval = ConformalRegression.calibrate(prediction, y, 0.6)
        .intervals(normal(1, new double[] {5}, new double[] {2}));
    assertThat(interval.lower().item()).isEqualTo(-1);
    assertThat(interval.upper().item()).isEqualTo(11);
  }

  @Test
  void eachOutputHasItsOwnFactor() {
    NormalPrediction prediction = normal(2, new double[2], new double[] {1, 1});
    Tensor y = Tensor.of(Shape.of(1, 2), 3, -7);
    assertThat(ConformalRegression.calibrate(prediction, y, 0.5).factors().array())
        .containsExactly(3, 7);
  }

  @Test
  void setsHoldTheClassesThatAreProbableEnough() {
    // Scores ½ and ¼; at level ½ the ⌈3 · ½⌉ = second smallest: p ≥ ½.
    ClassProbabilities p =
        new ClassProbabilities(Tensor.of(Shape.of(2, 3), 0.5, 0.25, 0.25, 0.125, 0.75, 0.125));
    ConformalClassification rule = ConformalClassification.calibrate(p, new int[] {0, 1}, 0.5);
    assertThat(rule.threshold()).isEqualTo(0.5);
    ClassProbabilities other = new ClassProbabilities(
        Tensor.of(Shape.of(3, 3), 0.5, 0.5, 0, 0.25, 0.25, 0.5, 0.4, 0.3, 0.3));
    assertThat(rule.sets(other)).isEqualTo(List.of(List.of(0, 1), List.of(2), List.of()));
    // Two inputs cannot promise 90 %.
    assertThat(ConformalClassification.calibrate(p, new int[] {0, 1}, 0.9)
            .sets(other)
            .get(2))
        .containsExactly(0, 1, 2);
  }

  /**
   * With no equal scores the coverage is exactly ⌈(n + 1) level⌉/(n + 1), here 18/20 and 17/20,
   * however wrong the predictions are: these believe in ten times the noise for x &gt; 0, a third
   * of it elsewhere, and have a wrong mean, while the truth has heavy tails.
   */
  @Test
  void intervalsOfAWrongPredictionCoverAsOftenAsPromised() {
    SplittableRandom rng = new SplittableRandom(11);
    double[][] levels = {{0.9, 18 / 20.0}, {0.81, 17 / 20.0}};
    for (double[] level : levels) {
      int covered = 0;
      for (int split = 0; split < SPLITS; split++) {
        double[] mean = new double[20];
        double[] deviation = new double[20];
        double[] y = new double[20];
        for (int n = 0; n < 20; n++) {
          double x = rng.nextDouble() - 0.5;
          mean[n] = 1 + x;
          deviation[n] = x > 0 ? 10 : 1 / 3.0;
          y[n] = Math.sin(x) + Math.pow(rng.nextGaussian(), 3);
        }
        ConformalRegression rule = ConformalRegression.calibrate(
            normal(1, java.util.Arrays.copyOf(mean, 19), java.util.Arrays.copyOf(deviation, 19)),
            column(java.util.Arrays.copyOf(y, 19)),
            level[0]);
        covered += rule.intervals(normal(1, new double[] {mean[19]}, new double[] {deviation[19]}))
                    .coverage(column(y[19]))
                == 1
            ? 1
            : 0;
      }
      assertCovered(covered, level[1]);
    }
  }

  @Test
  void setsOfAWrongPredictionCoverAsOftenAsPromised() {
    SplittableRandom rng = new SplittableRandom(12);
    int covered = 0;
    for (int split = 0; split < SPLITS; split++) {
      double[] p = new double[20 * 3];
      int[] labels = new int[20];
      for (int n = 0; n < 20; n++) {
        double[] raw = rng.doubles(3).toArray();
        double sum = raw[0] + raw[1] + raw[2];
        for (int c = 0; c < 3; c++) {
          p[n * 3 + c] = raw[c] / sum;
        }
        labels[n] = rng.nextDouble() < 0.6 ? 0 : 1 + rng.nextInt(2); // has nothing to do with p
      }
      ConformalClassification rule = ConformalClassification.calibrate(
          new ClassProbabilities(Tensor.of(Shape.of(19, 3), java.util.Arrays.copyOf(p, 19 * 3))),
          java.util.Arrays.copyOf(labels, 19),
          0.9);
      ClassProbabilities last = new ClassProbabilities(
          Tensor.of(Shape.of(1, 3), java.util.Arrays.copyOfRange(p, 19 * 3, 20 * 3)));
      covered += rule.sets(last).get(0).contains(labels[19]) ? 1 : 0;
    }
    assertCovered(covered, 18 / 20.0);
  }

  private static void assertCovered(int covered, double expected) {
    double off = DEVIATIONS * Math.sqrt(expected * (1 - expected) / SPLITS);
    assertThat(covered / (double) SPLITS).isBetween(expected - off, expected + off);
  }

  @Test
  void refusesWhatDoesNotFit() {
    NormalPrediction certain = normal(1, new double[] {0}, new double[] {0});
    assertThatThrownBy(() -> ConformalRegression.calibrate(certain, column(0), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("deviation 0.0");
    assertThatThrownBy(() -> ConformalRegression.calibrate(certain, column(0, 1), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("(1, 1)", "(2, 1)");
    assertThatThrownBy(() -> ConformalRegression.calibrate(certain, column(0), 90))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 90");
    ClassProbabilities p = new ClassProbabilities(Tensor.of(Shape.of(1, 2), 0.5, 0.5));
    assertThatThrownBy(() -> ConformalClassification.calibrate(p, new int[] {2}, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("label 2", "2 classes");
    assertThatThrownBy(() -> ConformalClassification.calibrate(p, new int[] {1, 1}, 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("1 inputs", "2 labels");
  }
}
