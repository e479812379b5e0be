package org.laplace4j.laplace.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.HeteroscedasticGaussian;
import org.laplace4j.nn.prior.Prior;

class HeteroscedasticPredictiveTest {
  private static final int DRAWS = 100_000;

  /** Six standard errors √(2/DRAWS) of a variance, and as much for the terms of second order. */
  private static final double RELATIVE = 0.05;

  /** Two targets: outputs (1 + x, 1, 2, −½) at x. */
  private static LaplacePosterior<HeteroscedasticGaussian> posterior(double priorPrecision) {
    Linear model = Linear.of(Tensor.of(Shape.of(4, 1), 1, 0, 0, 0), Tensor.vector(1, 1, 2, -0.5));
    return Laplace.of(model, new HeteroscedasticGaussian())
        .structure(Structure.full())
        .prior(Prior.isotropic(priorPrecision))
        .fit(Dataset.of(
            TwoWeights.column(1, 2), Targets.values(Tensor.of(Shape.of(2, 2), 1, 3, 2, 4))));
  }

  @Test
  void meanAndNoiseAreThoseOfTheNaturalParameters() {
    NormalPrediction y = posterior(1).predict(TwoWeights.column(2), Predictive.heteroscedastic());
    assertThat(y.mean().array())
        .containsExactly(new double[] {3 * Math.exp(-1), 2 * Math.exp(0.5)}, within(1e-15));
    assertThat(y.aleatoric().array())
        .containsExactly(new double[] {Math.exp(-1), Math.exp(0.5)}, within(1e-15));
  }

  @Test
  void epistemicCovarianceIsThatOfTheMeansOverDrawsOfTheOutputs() {
    LaplacePosterior<HeteroscedasticGaussian> posterior = posterior(1e4);
    Tensor x = TwoWeights.column(2);
    OutputDistribution f = posterior.predict(x, Predictive.outputs());
    Matrix root = new Cholesky(f.covariance().reshape(4, 4).matrix()).lower();
    SplittableRandom rng = new SplittableRandom(3);
    double[] noise = new double[DRAWS * 4];
    java.util.Arrays.setAll(noise, i -> rng.nextGaussian());
    Tensor draws = Tensor.adopt(Shape.of(DRAWS, 4), noise)
        .matmul(false, Tensor.of(root), true)
        .plus(f.mean());
    Tensor means = posterior.likelihood().means(draws);
    Tensor centred = means.minus(means.mean(true, 0));
    double[] covariance =
        centred.matmul(true, centred, false).times(1.0 / DRAWS).array();
    double[] epistemic =
        posterior.predict(x, Predictive.heteroscedastic()).epistemic().array();
    double scale = Math.sqrt(covariance[0] * covariance[3]);
    assertThat(epistemic[0]).isCloseTo(covariance[0], within(RELATIVE * covariance[0]));
    assertThat(epistemic[1]).isCloseTo(covariance[1], within(RELATIVE * scale));
    assertThat(epistemic[2]).isEqualTo(epistemic[1]);
    assertThat(epistemic[3]).isCloseTo(covariance[3], within(RELATIVE * covariance[3]));
  }
}
