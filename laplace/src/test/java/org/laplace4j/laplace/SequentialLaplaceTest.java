package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/**
 * Three sets of data, one after the other, for y = w₁ x₁ + w₂ x₂ + b + noise: each posterior is the
 * prior of the next. In each set the columns of (x₁, x₂, 1) are orthogonal, so H is diagonal and
 * the diagonal structure is exact; the posterior of all data at once is known in closed form.
 */
class SequentialLaplaceTest {
  /** Ten roundings or so of numbers of order one. */
  private static final double ROUNDING = 1e-13;

  private static final Gaussian LIKELIHOOD = Gaussian.of(0.5);
  private static final Prior FIRST = Prior.layerwise(2, 0.5);
  private static final List<Dataset> DATA =
      List.of(data(1, 0.3, -1, 2, 0.5), data(2, 1, 0, -0.4, 0.8), data(0.5, -1, 0.2, 0.1, 3));

  /** The corners (±s, ±s). */
  private static Dataset data(double s, double... y) {
    Tensor x = Tensor.of(Shape.of(4, 2), s, s, s, -s, -s, s, -s, -s);
    return Dataset.of(x, Targets.values(TwoWeights.column(y)));
  }

  private static Dataset all() {
    return Dataset.of(DATA.stream().flatMap(set -> set.batches().stream()).toList());
  }

  @Test
  void thePosteriorOfTheLastIsThatOfAllAtOnce() {
    LaplacePosterior<Gaussian> batch = mapAndFit(FIRST, all());
    LaplacePosterior<Gaussian> sequential = sequence().get(2);
    assertClose(sequential.mean(), batch.mean());
    assertClose(sequential.precision().diagonal(), batch.precision().diagonal());
    assertThat(sequential.klDivergence(batch)).isCloseTo(0, within(ROUNDING));
    assertThat(sequential.wasserstein2(batch)).isCloseTo(0, within(ROUNDING));
  }

  /** p(D₁) p(D₂ | D₁) p(D₃ | D₁, D₂) = p(D₁, D₂, D₃). */
  @Test
  void theEvidencesOfTheStepsMultiplyToThatOfAll() {
    double steps = sequence().stream()
        .mapToDouble(p -> p.evidence().logMarginalLikelihood())
        .sum();
    double whole = mapAndFit(FIRST, all()).evidence().logMarginalLikelihood();
    assertThat(steps).isCloseTo(whole, within(ROUNDING * Math.abs(whole)));
  }

  /** At one θ* the curvatures add, and the weights stay. */
  @Test
  void addingDataAtOneThetaStarGivesItsPrecisionToo() {
    LaplacePosterior<Gaussian> added =
        mapAndFit(FIRST, DATA.get(0)).plus(DATA.get(1)).plus(DATA.get(2));
    assertClose(
        added.precision().diagonal(), mapAndFit(FIRST, all()).precision().diagonal());
    assertThat(added.mean()).isEqualTo(mapAndFit(FIRST, DATA.get(0)).mean());
    assertThat(added.dataFit().examples()).isEqualTo(12);
  }

  private static List<LaplacePosterior<Gaussian>> sequence() {
    LaplacePosterior<Gaussian> first = mapAndFit(FIRST, DATA.get(0));
    LaplacePosterior<Gaussian> second = mapAndFit(first.asPrior(), DATA.get(1));
    return List.of(first, second, mapAndFit(second.asPrior(), DATA.get(2)));
  }

  /**
   * θ* = (δ μ + Σ x y/σ²)/(δ + Σ x²/σ²), each weight by itself since the columns are orthogonal,
   * and the diagonal Laplace approximation there.
   */
  private static LaplacePosterior<Gaussian> mapAndFit(Prior prior, Dataset data) {
    Linear model = Linear.of(Tensor.zeros(Shape.of(1, 2)), Tensor.zeros(Shape.of(1)));
    Laplace<Gaussian> laplace =
        Laplace.of(model, LIKELIHOOD).structure(Structure.diagonal()).prior(prior);
    LaplacePosterior<Gaussian> atZero = laplace.fit(data);
    double[] delta = prior.precisions(atZero.space());
    double[] mu = prior.mean(atZero.space());
    double[] sums = scoreAtZero(data);
    double[] theta = IntStream.range(0, 3)
        .mapToDouble(i -> (delta[i] * mu[i] + sums[i]) / atZero.precision().diagonal()[i])
        .toArray();
    model.weight().set(Tensor.of(Shape.of(1, 2), theta[0], theta[1]));
    model.bias().set(Tensor.vector(theta[2]));
    return laplace.fit(data);
  }

  /** Σ (x₁, x₂, 1) y/σ². */
  private static double[] scoreAtZero(Dataset data) {
    double[] sums = new double[3];
    data.forEach(batch -> {
      for (int n = 0; n < batch.size(); n++) {
        double y = batch.targets().values().get(n, 0) / 0.25;
        double[] row = {batch.x().get(n, 0) * y, batch.x().get(n, 1) * y, y};
        Arrays.addScaled(1, row, sums);
      }
    });
    return sums;
  }

  private static void assertClose(double[] actual, double[] expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .isCloseTo(expected[i], within(ROUNDING * Math.max(1, Math.abs(expected[i]))));
    }
  }
}
