package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WeightSamples;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/**
 * Simulation-based calibration (Talts et al. 2018): weights from the prior, data from the weights,
 * a posterior from the data, draws from the posterior. If all four fit together, the rank of each
 * weight among the draws is uniform. Of a linear model the Laplace posterior is exact.
 */
@Tag("heavy")
class SimulationBasedCalibrationTest {
  private static final int SIMULATIONS = 20_000;
  private static final int EXAMPLES = 6;
  private static final int INPUTS = 3;
  private static final int DRAWS = 99;
  private static final int BINS = 20;
  private static final double SIGMA = 0.7;
  private static final double[] PRECISIONS = {0.5, 2, 8};
  private static final double[] MEANS = {0, -1, 3};

  /** Of all weights and structures together, one run in some hundred thousand goes beyond. */
  private static final double LEVEL = 1e-6;

  private static final double BOUND =
      new ChiSquaredDistribution(BINS - 1).inverseCumulativeProbability(1 - LEVEL);

  @Test
  void ranksOfWeightsAmongDrawsOfTheirPosteriorAreUniform() {
    for (Structure exact : List.of(Structure.full(), Structure.functional())) {
      assertThat(largestChiSquare(exact, SIGMA)).isLessThan(BOUND);
    }
  }

  @Test
  void aNoiseThatIsATenthTooLargeIsSeen() {
    assertThat(largestChiSquare(Structure.full(), 1.1 * SIGMA)).isGreaterThan(BOUND);
  }

  /** Of the ranks of all weights, where the posterior believes in another noise. */
  private static double largestChiSquare(Structure structure, double sigma) {
    SplittableRandom rng = new SplittableRandom(1);
    int[][] counts = new int[INPUTS][BINS];
    for (int s = 0; s < SIMULATIONS; s++) {
      int[] ranks = ranks(structure, sigma, rng);
      for (int i = 0; i < INPUTS; i++) {
        counts[i][ranks[i] * BINS / (DRAWS + 1)]++;
      }
    }
    return Arrays.stream(counts)
        .mapToDouble(SimulationBasedCalibrationTest::chiSquare)
        .max()
        .orElseThrow();
  }

  /** How many draws of the posterior of one simulation are below each true weight. */
  private static int[] ranks(Structure structure, double sigma, SplittableRandom rng) {
    double[] truth = new double[INPUTS];
    Arrays.setAll(truth, i -> MEANS[i] + rng.nextGaussian() / Math.sqrt(PRECISIONS[i]));
    Matrix x = Matrix.of(EXAMPLES, INPUTS, gaussians(EXAMPLES * INPUTS, rng));
    double[] y = x.times(truth);
    for (int n = 0; n < EXAMPLES; n++) {
      y[n] += SIGMA * rng.nextGaussian();
    }
    LaplacePosterior<Gaussian> posterior = posterior(structure, sigma, x, y);
    WeightSamples samples = posterior.samples(DRAWS, rng);
    int[] ranks = new int[INPUTS];
    for (int s = 0; s < DRAWS; s++) {
      double[] draw = samples.active(s);
      Arrays.setAll(ranks, i -> ranks[i] + (draw[i] < truth[i] ? 1 : 0));
    }
    return ranks;
  }

  private static LaplacePosterior<Gaussian> posterior(
      Structure structure, double sigma, Matrix x, double[] y) {
    double s = 1 / (sigma * sigma);
    double[] pull = x.transposeTimes(y);
    Arrays.setAll(pull, i -> s * pull[i] + PRECISIONS[i] * MEANS[i]);
    Matrix precision = x.transposeTimes(x).times(s).plusDiagonal(PRECISIONS);
    Linear layer = Linear.of(
        Tensor.of(Shape.of(1, INPUTS), new Cholesky(precision).solve(pull)), Tensor.vector(0));
    Dataset data = Dataset.of(
        Tensor.of(Shape.of(EXAMPLES, INPUTS), x.array()),
        Targets.values(Tensor.of(Shape.of(EXAMPLES, 1), y)));
    return Laplace.of(layer, Gaussian.of(sigma))
        .over(WeightSubset.named("weight"))
        .structure(structure)
        .prior(Prior.diagonal(PRECISIONS).around(MEANS))
        .fit(data);
  }

  private static double[] gaussians(int count, SplittableRandom rng) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> rng.nextGaussian());
    return values;
  }

  /** Σ (count − expected)²/expected. */
  private static double chiSquare(int[] counts) {
    double expected = SIMULATIONS / (double) BINS;
    return Arrays.stream(counts)
        .mapToDouble(c -> (c - expected) * (c - expected) / expected)
        .sum();
  }
}
