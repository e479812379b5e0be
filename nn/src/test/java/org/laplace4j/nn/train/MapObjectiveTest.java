package org.laplace4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Derivatives;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

class MapObjectiveTest {
  /** Sums of a few dozen numbers of size 1. */
  private static final double ROUNDING = 1e-13;

  private static final Dataset DATA = Dataset.of(
      Tensor.of(Shape.of(5, 2), 1, 2, -1, 0.5, 0, 3, 2, -2, 0.25, 1),
      Targets.labels(0, 1, 2, 1, 0));

  private static Sequential network() {
    Sequential net = Sequential.mlp(Activation.tanh(), new SplittableRandom(3), 2, 4, 3);
    net.parameters()
        .get("0.weight")
        .setTrainable(ElementMask.where(Shape.of(4, 2), i -> i % 3 != 0));
    return net;
  }

  /**
   * f = w x + b at w = 2, b = 0; x = 1, y = 3, σ = 1, δ = 4, N = 2, batch of 1: log-likelihood −½
   * (1 + log 2π), log-prior −½ (4 · 4 − 2 log 4 + 2 log 2π); the gradient in w is 1 − ½ · 4 · 2 =
   * −3, in b it is 1.
   */
  @Test
  void onABatchOfOneItIsWhatPaperSays() {
    Linear layer = Linear.of(Tensor.of(Shape.of(1, 1), 2), Tensor.vector(0));
    MapObjective objective = new MapObjective(layer, Gaussian.of(1), Prior.isotropic(4), 2);
    Dataset one =
        Dataset.of(Tensor.of(Shape.of(1, 1), 1), Targets.values(Tensor.of(Shape.of(1, 1), 3)));
    MapObjective.Value value = objective.at(objective.start(), one.whole());
    double logTwoPi = Math.log(2 * Math.PI);
    double logLikelihood = -0.5 * (1 + logTwoPi);
    double logPrior = -0.5 * (16 - 2 * Math.log(4) + 2 * logTwoPi);
    assertThat(value.objective()).isCloseTo(logLikelihood + logPrior / 2, within(ROUNDING));
    assertThat(value.gradient()).containsExactly(new double[] {-3, 1}, within(ROUNDING));
  }

  /** The same with weight 3: −3/2 (1 + log 2π), and gradients 3 − 4 and 3. */
  @Test
  void aWeightMultipliesTheLogLikelihoodAndItsGradient() {
    Linear layer = Linear.of(Tensor.of(Shape.of(1, 1), 2), Tensor.vector(0));
    MapObjective objective = new MapObjective(layer, Gaussian.of(1), Prior.isotropic(4), 2);
    Tensor x = Tensor.of(Shape.of(1, 1), 1);
    Targets y = Targets.values(Tensor.of(Shape.of(1, 1), 3));
    MapObjective.Value once = objective.at(objective.start(), Dataset.of(x, y).whole());
    MapObjective.Value thrice =
        objective.at(objective.start(), Dataset.of(x, y.weighted(3)).whole());
    assertThat(thrice.objective() - once.objective())
        .isCloseTo(-(1 + Math.log(2 * Math.PI)), within(ROUNDING));
    assertThat(thrice.gradient()).containsExactly(new double[] {-1, 3}, within(ROUNDING));
  }

  @Test
  void theGradientIsThatOfLogLikelihoodPlusLogPrior() {
    Sequential net = network();
    ParameterSpace space = ParameterSpace.of(net);
    Categorical likelihood = new Categorical();
    MapObjective objective = new MapObjective(net, likelihood, Prior.isotropic(0.7), 5);
    double[] theta = objective.start();
    double[] logLikelihood = Derivatives.gradient(
        space,
        Weights.of(net),
        at -> likelihood
            .logDensities(net.forward(at, DATA.whole().x()), DATA.whole().targets())
            .sum());
    double[] expected = new double[theta.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (logLikelihood[i] - 0.7 * theta[i]) / 5;
    }
    assertThat(objective.at(theta, DATA.whole()).gradient())
        .containsExactly(expected, within(ROUNDING));
  }

  @Test
  void theMeanOverBatchesIsTheWhole() {
    MapObjective objective =
        new MapObjective(network(), new Categorical(), Prior.isotropic(0.7), 5);
    double[] theta = objective.start();
    MapObjective.Value whole = objective.at(theta, DATA.whole());
    for (int batchSize = 1; batchSize <= 4; batchSize++) {
      MapObjective.Value split = objective.at(theta, DATA.rebatched(batchSize));
      assertThat(split.objective()).isCloseTo(whole.objective(), within(ROUNDING));
      assertThat(split.gradient()).containsExactly(whole.gradient(), within(ROUNDING));
    }
  }

  @Test
  void itsValueIsLogLikelihoodPlusLogPriorOverN() {
    Sequential net = network();
    Prior prior = Prior.layerwise(1, 2, 3, 4);
    Categorical likelihood = new Categorical();
    MapObjective objective = new MapObjective(net, likelihood, prior, 5);
    Tensor f = net.forward(Weights.of(net), DATA.whole().x());
    double logLikelihood = likelihood.logDensity(f, DATA.whole().targets());
    double[] theta = objective.start();
    double logPrior = prior.logDensity(ParameterSpace.of(net), theta);
    assertThat(objective.at(theta, DATA).objective())
        .isCloseTo((logLikelihood + logPrior) / 5, within(ROUNDING));
    assertThat(objective.negativeLogLikelihood(theta, DATA.rebatched(2)))
        .isCloseTo(-logLikelihood / 5, within(ROUNDING));
  }
}
