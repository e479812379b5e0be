package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.EvidenceGradient;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.LaplaceNoise;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/** An example of weight 2 is the example twice; noise τ is weight 1/τ² and a normaliser. */
class WeightedTargetsTest {
  private static final double ROUNDING = 1e-12;

  private static final Tensor X = Tensor.of(Shape.of(3, 1), -1, 0.5, 2);
  private static final Targets REAL =
      Targets.values(Tensor.of(Shape.of(3, 2), 1, 2, -1, 0, 0.3, 0.4));
  private static final int[] SECOND_TWICE_THIRD_THRICE = {0, 1, 1, 2, 2, 2};

  private static <L extends Likelihood> LaplacePosterior<L> fit(
      L likelihood, Structure structure, CurvatureSource source, Dataset data) {
    Sequential model = Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 1, 3, 2);
    return Laplace.of(model, likelihood)
        .structure(structure)
        .curvature(source)
        .prior(Prior.isotropic(50))
        .fit(data);
  }

  private static <L extends Likelihood> void weightsAreRepetitions(
      L likelihood, Targets y, Structure structure, CurvatureSource source) {
    Dataset data = Dataset.of(X, y);
    var weighted = fit(likelihood, structure, source, Dataset.of(X, y.weighted(1, 2, 3), 2));
    var repeated = fit(likelihood, structure, source, data.select(SECOND_TWICE_THIRD_THRICE));
    assertThat(weighted.curvature().toDense().array())
        .containsExactly(repeated.curvature().toDense().array(), within(ROUNDING));
    assertThat(weighted.dataFit().logLikelihood())
        .isCloseTo(repeated.dataFit().logLikelihood(), within(ROUNDING));
    assertThat(weighted.dataFit().weight()).isEqualTo(6);
  }

  @Test
  void anExampleOfWeightTwoIsTheExampleTwiceInEveryCurvature() {
    Targets labels = Targets.labels(0, 1, 1);
    Structure full = Structure.full();
    weightsAreRepetitions(new Categorical(), labels, full, CurvatureSource.ggn());
    weightsAreRepetitions(new Categorical(), labels, full, CurvatureSource.empiricalFisher());
    weightsAreRepetitions(new Categorical(), labels, full, CurvatureSource.diagonalGgn());
    weightsAreRepetitions(new Categorical(), labels, Structure.hessian(), CurvatureSource.ggn());
    weightsAreRepetitions(Gaussian.of(0.5), REAL, Structure.diagonal(), CurvatureSource.ggn());
  }

  @Test
  void noiseOfAnExampleIsAWeightAndANormalizer() {
    double[] tau = {0.5, 2, 1};
    Gaussian gaussian = Gaussian.of(0.7);
    var noisy = fit(
        gaussian, Structure.full(), CurvatureSource.ggn(), Dataset.of(X, REAL.withNoise(tau), 2));
    var weighted = fit(
        gaussian,
        Structure.full(),
        CurvatureSource.ggn(),
        Dataset.of(X, REAL.weighted(4, 0.25, 1)));
    assertThat(noisy.curvature().toDense().array())
        .containsExactly(weighted.curvature().toDense().array(), within(ROUNDING));
    assertThat(noisy.dataFit().residualSquares())
        .containsExactly(weighted.dataFit().residualSquares(), within(ROUNDING));
    // Two outputs of normal density 1/(√(2π) 0.7 τ).
    Tensor f = noisy.model().outputs(X);
    double expected = 0;
    for (int n = 0; n < 3; n++) {
      for (int c = 0; c < 2; c++) {
        double s = 0.7 * tau[n];
        double z = (REAL.values().get(n, c) - f.get(n, c)) / s;
        expected -= 0.5 * z * z + Math.log(s * Math.sqrt(2 * Math.PI));
      }
    }
    assertThat(noisy.dataFit().logLikelihood()).isCloseTo(expected, within(ROUNDING));
  }

  @Test
  void anotherNoiseIsARefitWithWeightsAndNoises() {
    Dataset data = Dataset.of(X, REAL.weighted(1, 2, 0.5).withNoise(0.5, 2, 1));
    var changed = LaplacePosterior.withNoise(
        fit(Gaussian.of(1), Structure.full(), CurvatureSource.ggn(), data), 0.4);
    var refit = fit(Gaussian.of(0.4), Structure.full(), CurvatureSource.ggn(), data);
    assertThat(changed.evidence().logMarginalLikelihood())
        .isCloseTo(refit.evidence().logMarginalLikelihood(), within(1e-10));
    double h = 1e-5;
    double slope =
        (LaplacePosterior.withNoise(changed, 0.4 * Math.exp(h)).evidence().logMarginalLikelihood()
                - LaplacePosterior.withNoise(changed, 0.4 * Math.exp(-h))
                    .evidence()
                    .logMarginalLikelihood())
            / (2 * h);
    assertThat(EvidenceGradient.byLogNoise(changed))
        .isCloseTo(slope, within(1e-7 * Math.abs(slope)));
  }

  /** E over draws is the GGN: 20 000 draws leave √(2/20 000) = 1 % of a diagonal element. */
  @Test
  void drawsForTheFisherMatrixHaveTheNoiseOfTheirExamples() {
    Dataset data = Dataset.of(X, REAL.withNoise(0.5, 2, 1));
    double[] ggn = fit(Gaussian.of(1), Structure.diagonal(), CurvatureSource.ggn(), data)
        .curvature()
        .toDense()
        .array();
    double[] sampled = fit(
            Gaussian.of(1),
            Structure.diagonal(),
            CurvatureSource.monteCarloFisher(20_000, new SplittableRandom(2)),
            data)
        .curvature()
        .toDense()
        .array();
    for (int i = 0; i < ggn.length; i++) {
      assertThat(sampled[i]).isCloseTo(ggn[i], within(0.06 * ggn[i]));
    }
  }

  @Test
  void numbersThatAreNotPositiveAndNoiseThatNobodyUsesAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> REAL.weighted(1, 0, 1))
        .withMessageContaining("weight of example 1 is 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> REAL.withNoise(1, 2))
        .withMessageContaining("2 numbers")
        .withMessageContaining("3 examples");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LaplaceNoise(1).check(REAL.values(), REAL.withNoise(1, 2, 3)))
        .withMessageContaining("Gaussian");
  }
}
