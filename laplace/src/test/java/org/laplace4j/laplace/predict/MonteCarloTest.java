package org.laplace4j.laplace.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.WeightSamples;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/** What is made of draws of the outputs, against quadrature and on paper. */
class MonteCarloTest {
  private static final int SAMPLES = 40_000;

  /** Five standard errors are exceeded by one seed in 1.7 million, and the seeds are fixed. */
  private static final double FIVE_OVER_ROOT_S = 5 / Math.sqrt(SAMPLES);

  private static final double ROUNDING = 1e-12;

  private static LaplacePosterior<Gaussian> line() {
    return TwoWeights.laplace().structure(Structure.full()).fit(TwoWeights.data());
  }

  /** One logit f ~ N(w x, variance x²): the data are at x = 0 and say nothing of w. */
  private static LaplacePosterior<Bernoulli> oneLogit(double w, double variance) {
    return Laplace.of(TwoWeights.model(w, 0), new Bernoulli())
        .over(WeightSubset.named("weight"))
        .prior(Prior.isotropic(1 / variance))
        .fit(Dataset.of(TwoWeights.column(0), Targets.labels(1)));
  }

  /** E h(f), f ~ N(m, v), by the midpoint rule, which converges faster than any power here. */
  private static double quadrature(double m, double v, DoubleUnaryOperator h) {
    double step = 1e-3;
    double sum = 0;
    for (double z = -10 + step / 2; z < 10; z += step) {
      double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      sum += h.applyAsDouble(m + Math.sqrt(v) * z) * density * step;
    }
    return sum;
  }

  private static double sigmoid(double f) {
    return 1 / (1 + Math.exp(-f));
  }

  private static double entropy(double p) {
    return p <= 0 || p >= 1 ? 0 : -p * Math.log(p) - (1 - p) * Math.log1p(-p);
  }

  @Test
  void uncertaintyOfALogitIsThatOfQuadrature() {
    double[][] logits = {{0, 4}, {Math.log(3), 1}, {-2, 9}, {0.5, 1e-6}};
    for (double[] logit : logits) {
      ClassUncertainty u = oneLogit(logit[0], logit[1])
          .predict(TwoWeights.column(1), Predictive.uncertainty(SAMPLES, new SplittableRandom(5)));
      double p = quadrature(logit[0], logit[1], MonteCarloTest::sigmoid);
      double aleatoric = quadrature(logit[0], logit[1], f -> entropy(sigmoid(f)));
      // A probability deviates by ½ at most, an entropy by ½ log 2; H(p) moves by |logit p| dp.
      double ofP = 0.5 * FIVE_OVER_ROOT_S;
      double ofTotal = (Math.abs(Math.log(p / (1 - p))) + 4 * ofP) * ofP;
      double ofAleatoric = 0.5 * Math.log(2) * FIVE_OVER_ROOT_S;
      assertThat(u.predictiveEntropy().item()).isCloseTo(entropy(p), within(ofTotal));
      assertThat(u.expectedEntropy().item()).isCloseTo(aleatoric, within(ofAleatoric));
      assertThat(u.mutualInformation().item())
          .isNotNegative()
          .isCloseTo(entropy(p) - aleatoric, within(ofTotal + ofAleatoric));
      double square = quadrature(logit[0], logit[1], f -> sigmoid(f) * sigmoid(f));
      // p² deviates by ½ at most, and p̄² by 2 |p̄| times as much as p̄.
      double ofVariance = 2 * ofP;
      for (int c = 0; c < 2; c++) {
        assertThat(u.probabilityVariance().get(0, c))
            .isNotNegative()
            .isCloseTo(square - p * p, within(ofVariance));
        assertThat(u.totalVariance().get(0, c)).isCloseTo(p * (1 - p), within(ofP));
        assertThat(u.expectedVariance().get(0, c)).isCloseTo(p - square, within(ofP + ofVariance));
      }
    }
  }

  @Test
  void aCertainLogitHasNoEpistemicPart() {
    // At x = 0 the logit is 0 for every w: a fair coin, log 2 of it aleatoric.
    ClassUncertainty u = oneLogit(1, 4)
        .predict(TwoWeights.column(0), Predictive.uncertainty(10, new SplittableRandom(5)));
    assertThat(u.expectedEntropy().item()).isCloseTo(Math.log(2), within(ROUNDING));
    assertThat(u.mutualInformation().item()).isCloseTo(0, within(ROUNDING));
  }

  @Test
  void momentsOfTheOutputsAreExpectations() {
    // At x = 0, 1, 2: means x, variances (6, 3, 6)/9; f² has variance 2 v² + 4 m² v.
    Tensor squares = line()
        .predict(
            TwoWeights.column(0, 1, 2),
            Predictive.expectation(Tensor::square, SAMPLES, new SplittableRandom(1)));
    double[] v = {6.0 / 9, 3.0 / 9, 6.0 / 9};
    for (int x = 0; x < 3; x++) {
      double deviation = Math.sqrt(2 * v[x] * v[x] + 4 * x * x * v[x]);
      assertThat(squares.get(x, 0)).isCloseTo(x * x + v[x], within(deviation * FIVE_OVER_ROOT_S));
    }
  }

  @Test
  void drawsUseTheSameNoiseAtEveryInputAndAreThoseOfExpectations() {
    Tensor x = TwoWeights.column(0, 1, 2);
    Tensor draws = line().predict(x, Predictive.monteCarloOutputs(7, new SplittableRandom(2)));
    assertThat(draws.shape()).isEqualTo(Shape.of(7, 3, 1));
    double[] deviation = {Math.sqrt(6) / 3, Math.sqrt(3) / 3, Math.sqrt(6) / 3};
    for (int s = 0; s < 7; s++) {
      double noise = draws.get(s, 0, 0) / deviation[0];
      assertThat((draws.get(s, 1, 0) - 1) / deviation[1]).isCloseTo(noise, within(ROUNDING));
      assertThat((draws.get(s, 2, 0) - 2) / deviation[2]).isCloseTo(noise, within(ROUNDING));
    }
    Tensor mean = line().predict(x, Predictive.expectation(f -> f, 7, new SplittableRandom(2)));
    assertThat(mean.reshape(3).array())
        .containsExactly(draws.mean(false, 0).array(), within(ROUNDING));
    Tensor alone = line()
        .predict(TwoWeights.column(2), Predictive.monteCarloOutputs(7, new SplittableRandom(2)));
    assertThat(alone.array()).containsExactly(draws.slice(1, 2, 3).array(), within(ROUNDING));
  }

  /** f = w x + b of drawn w and b: at x = 0, 1, 3 every draw is a line, b, w + b, 3 w + b. */
  @Test
  void outputsOfSampledNetworksAreFunctionsOfTheDraws() {
    Tensor x = TwoWeights.column(0, 1, 3);
    long key = new SplittableRandom(2).nextLong();
    WeightSamples samples = line().samples(7, new SplittableRandom(key));
    var networks = Predictive.sampledNetworkOutputs(7, new SplittableRandom(2));
    Tensor f = line().predict(x, networks);
    assertThat(f.shape()).isEqualTo(Shape.of(7, 3, 1));
    for (int s = 0; s < 7; s++) {
      double[] wb = samples.active(s);
      assertThat(f.get(s, 0, 0)).isCloseTo(wb[1], within(ROUNDING));
      assertThat(f.get(s, 1, 0)).isCloseTo(wb[0] + wb[1], within(ROUNDING));
      assertThat(f.get(s, 2, 0)).isCloseTo(3 * wb[0] + wb[1], within(ROUNDING));
    }
    // The same draws in every call, and as many as are asked for do not matter to the first.
    assertThat(line().predict(x, networks).array()).isEqualTo(f.array());
    assertThat(line()
            .predict(x, Predictive.sampledNetworkOutputs(3, new SplittableRandom(2)))
            .array())
        .isEqualTo(f.slice(0, 0, 3).array());
    assertThatThrownBy(() -> Predictive.sampledNetworkOutputs(0, new SplittableRandom(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Predictive.sampledNetworkOutputs: 0 samples");
  }

  @Test
  void probabilitiesAreTheExpectationOfTheLink() {
    LaplacePosterior<Bernoulli> posterior = oneLogit(1, 4);
    Tensor x = TwoWeights.column(1, -3);
    Tensor expected = posterior.predict(
        x, Predictive.expectation(new Bernoulli()::probabilities, 11, new SplittableRandom(3)));
    assertThat(posterior
            .predict(x, Predictive.monteCarloProbabilities(11, new SplittableRandom(3)))
            .probabilities()
            .array())
        .containsExactly(expected.array());
  }

  @Test
  void everyCallTakesTheSameDraws() {
    Predictive<Likelihood, Tensor> draws = Predictive.monteCarloOutputs(5, new SplittableRandom(4));
    Tensor x = TwoWeights.column(1);
    assertThat(line().predict(x, draws).array())
        .containsExactly(line().predict(x, draws).array());
  }

  @Test
  void noSamplesAreRefused() {
    assertThatThrownBy(() -> Predictive.uncertainty(0, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("uncertainty", "0 samples");
    assertThatThrownBy(() -> Predictive.monteCarloOutputs(-1, new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("monteCarloOutputs", "-1 samples");
  }
}
