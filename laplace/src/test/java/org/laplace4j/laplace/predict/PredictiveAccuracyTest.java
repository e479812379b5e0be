package org.laplace4j.laplace.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.Categorical;

/**
 * Every predictive that has a closed form or few draws, against a million draws of the outputs in
 * plain loops, for three classes, and against quadrature for one logit. Where a predictive is an
 * approximation, the bound is its own error: a predictive that is told apart from the truth by less
 * passes.
 */
class PredictiveAccuracyTest {
  private static final int DRAWS = 1_000_000;

  /** Five standard errors of the mean of numbers in [0, 1]. */
  private static final double FIVE_SIGMA = 5 * 0.5 / Math.sqrt(DRAWS);

  /** Draws of a predictive itself, and five standard errors of theirs. */
  private static final int SAMPLES = 20_000;

  private static final double OF_SAMPLES = 5 * 0.5 / Math.sqrt(SAMPLES);

  private static final int C = 3;
  private static final double[][] MEANS = {{0, 0, 0}, {2, 0, -1}, {-1, 3, 2.5}, {4, -4, 0}};
  private static final Matrix ROOT =
      Matrix.of(C, C, new double[] {0.8, 0.1, -0.3, 0.2, -0.6, 0.5, -0.4, 0.3, 0.7});
  private static final double[] SCALES = {1e-2, 0.3, 2};

  /** One Gaussian of outputs, and what a million draws of it say. */
  private record Truth(
      OutputDistribution f, double scale, double[] p, double[] square, double entropy) {}

  private static final List<Truth> TRUTHS = new ArrayList<>();

  @BeforeAll
  static void draw() {
    SplittableRandom rng = new SplittableRandom(7);
    for (double[] mean : MEANS) {
      for (double scale : SCALES) {
        TRUTHS.add(truth(mean, scale, rng));
      }
    }
  }

  private static Truth truth(double[] mean, double scale, SplittableRandom rng) {
    Matrix covariance =
        ROOT.timesTranspose(ROOT).times(scale).plusDiagonal(new double[] {scale, scale, scale});
    Matrix l = new Cholesky(covariance).lower();
    double[] p = new double[C];
    double[] square = new double[C];
    double entropy = 0;
    for (int s = 0; s < DRAWS; s++) {
      double[] z = {rng.nextGaussian(), rng.nextGaussian(), rng.nextGaussian()};
      double[] e = new double[C];
      double total = 0;
      for (int i = 0; i < C; i++) {
        double f = mean[i];
        for (int j = 0; j <= i; j++) f += l.get(i, j) * z[j];
        e[i] = Math.exp(f);
        total += e[i];
      }
      for (int i = 0; i < C; i++) {
        double own = e[i] / total;
        p[i] += own / DRAWS;
        square[i] += own * own / DRAWS;
        entropy -= own > 0 ? own * Math.log(own) / DRAWS : 0;
      }
    }
    OutputDistribution f = new OutputDistribution(
        Tensor.of(Shape.of(1, C), mean), Tensor.of(Shape.of(1, C, C), covariance.array()));
    return new Truth(f, scale, p, square, entropy);
  }

  @Test
  void meansOfDrawsAreWithinTheirStandardError() {
    for (Truth truth : TRUTHS) {
      double[] p = Predictive.monteCarloProbabilities(SAMPLES, new SplittableRandom(3))
          .of(new Categorical(), truth.f)
          .probabilities()
          .array();
      assertThat(p).containsExactly(truth.p, within(OF_SAMPLES + FIVE_SIGMA));
      double[] means = Predictive.expectation(Tensor::softmax, SAMPLES, new SplittableRandom(3))
          .of(new Categorical(), truth.f)
          .array();
      assertThat(means).containsExactly(truth.p, within(OF_SAMPLES + FIVE_SIGMA));
    }
  }

  @Test
  void uncertaintyOfTheClassIsThatOfTheDraws() {
    for (Truth truth : TRUTHS) {
      ClassUncertainty u =
          Predictive.uncertainty(SAMPLES, new SplittableRandom(3)).of(new Categorical(), truth.f);
      double logC = Math.log(C);
      assertThat(u.expectedEntropy().item())
          .isCloseTo(truth.entropy, within(logC * (OF_SAMPLES + FIVE_SIGMA)));
      for (int c = 0; c < C; c++) {
        double variance = truth.square[c] - truth.p[c] * truth.p[c];
        assertThat(u.probabilityVariance().get(0, c))
            .isCloseTo(variance, within(3 * (OF_SAMPLES + FIVE_SIGMA)));
        assertThat(u.totalVariance().get(0, c))
            .isCloseTo(truth.p[c] * (1 - truth.p[c]), within(OF_SAMPLES + FIVE_SIGMA));
      }
    }
  }

  /**
   * Errors of approximations, which no number of draws makes smaller: the largest of any class on
   * the means above, for variances of about 0.01, 0.3 and 2. A bound is about 1.5 times what is
   * seen. The bridges match modes of densities and not means, and keep their error where the
   * variance is small.
   */
  @ParameterizedTest
  @CsvSource({
    "probit,            0.0012, 0.031, 0.083",
    "meanField 1,       0.0007, 0.013, 0.032",
    "meanField 2,       0.0007, 0.014, 0.039",
    "bridge,            0.22,   0.15,  0.16",
    "normalized bridge, 0.30,   0.23,  0.15",
  })
  void approximationsAreAsGoodAsTheyAreSaidToBe(
      String name, double ofSmall, double ofMiddle, double ofLarge) {
    double[] bounds = {ofSmall, ofMiddle, ofLarge};
    for (int i = 0; i < SCALES.length; i++) {
      double scale = SCALES[i];
      double worst = TRUTHS.stream()
          .filter(truth -> truth.scale == scale)
          .mapToDouble(truth -> error(probabilities(name, truth.f), truth.p))
          .max()
          .orElseThrow();
      assertThat(worst).as("%s at %s", name, scale).isBetween(bounds[i] / 3, bounds[i]);
    }
  }

  private static double[] probabilities(String name, OutputDistribution f) {
    Categorical link = new Categorical();
    ClassProbabilities p = switch (name) {
      case "probit" -> Predictive.probit().of(link, f);
      case "meanField 1" -> Predictive.meanField(1).of(link, f);
      case "meanField 2" -> Predictive.meanField(2).of(link, f);
      case "bridge" -> Predictive.laplaceBridge().of(link, f).mean();
      case "normalized bridge" ->
        Predictive.normalizedLaplaceBridge().of(link, f).mean();
      default -> throw new IllegalArgumentException(name);
    };
    return p.probabilities().array();
  }

  private static double error(double[] p, double[] truth) {
    double largest = 0;
    for (int c = 0; c < p.length; c++) largest = Math.max(largest, Math.abs(p[c] - truth[c]));
    return largest;
  }

  @Test
  void probitOfOneLogitIsWithinAFiftiethOfQuadrature() {
    double worst = 0;
    for (double m = -6; m <= 6; m += 0.5) {
      for (double v : new double[] {0.01, 0.1, 1, 4, 25}) {
        OutputDistribution f =
            new OutputDistribution(Tensor.of(Shape.of(1, 1), m), Tensor.of(Shape.of(1, 1, 1), v));
        double p = Predictive.probit().of(new Bernoulli(), f).probabilities().get(0, 1);
        worst = Math.max(worst, Math.abs(p - quadrature(m, v)));
      }
    }
    assertThat(worst).isBetween(0.005, 0.02);
  }

  /** E sigmoid(f), f ~ N(m, v), by the midpoint rule. */
  private static double quadrature(double m, double v) {
    double step = 1e-3;
    double sum = 0;
    for (double z = -10 + step / 2; z < 10; z += step) {
      double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      sum += density * step / (1 + Math.exp(-m - Math.sqrt(v) * z));
    }
    return sum;
  }
}
