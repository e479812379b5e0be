package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.likelihood.Gaussian;

class WeightSamplesTest {

  /**
   * The covariance of S draws against P⁻¹ = (3 −3; −3 6)/9. The standard error of an entry is
   * √((Σ_ii Σ_jj + Σ_ij²)/S); five of them are exceeded by one seed in 1.7 million, and the seed is
   * fixed.
   */
  @Test
  void drawsHaveTheMeanAndTheCovarianceOfThePosterior() {
    int s = 50_000;
    var draws = TwoWeights.laplace()
        .structure(Structure.full())
        .fit(TwoWeights.data())
        .samples(s, new SplittableRandom(1))
        .active();
    double[][] covariance = {{3.0 / 9, -3.0 / 9}, {-3.0 / 9, 6.0 / 9}};
    double[] mean = {1, 0};
    for (int i = 0; i < 2; i++) {
      double sum = 0;
      for (int n = 0; n < s; n++) {
        sum += draws.get(n, i) - mean[i];
      }
      double meanError = 5 * Math.sqrt(covariance[i][i] / s);
      assertThat(sum / s).isBetween(-meanError, meanError);
      for (int j = 0; j < 2; j++) {
        double product = 0;
        for (int n = 0; n < s; n++) {
          product += (draws.get(n, i) - mean[i]) * (draws.get(n, j) - mean[j]);
        }
        double square = covariance[i][j] * covariance[i][j];
        double error = 5 * Math.sqrt((covariance[i][i] * covariance[j][j] + square) / s);
        assertThat(product / s - covariance[i][j]).isBetween(-error, error);
      }
    }
  }

  /** P = diag(6, 3), so a draw is θ* + ε/√P with ε of the stream of each parameter. */
  @Test
  void aDrawIsTheMeanPlusTheUnwhitenedStreams() {
    LaplacePosterior<Gaussian> posterior =
        TwoWeights.laplace().structure(Structure.diagonal()).fit(TwoWeights.data());
    long key = new SplittableRandom(5).nextLong();
    WeightSamples samples = posterior.samples(3, new SplittableRandom(5));
    for (int s = 0; s < 3; s++) {
      double[] w = new double[1];
      double[] b = new double[1];
      NormalStream.of(key, s, 0).fill(w, 0, 1);
      NormalStream.of(key, s, 1).fill(b, 0, 1);
      assertThat(samples.active().row(s))
          .containsExactly(1 + w[0] / Math.sqrt(6), b[0] / Math.sqrt(3));
    }
  }

  @Test
  void allHoldsTheFixedElementsToo() {
    WeightSamples samples = TwoWeights.laplace()
        .over(WeightSubset.named("bias"))
        .fit(TwoWeights.data())
        .samples(2, new SplittableRandom(5));
    assertThat(samples.count()).isEqualTo(2);
    assertThat(samples.active().cols()).isEqualTo(1);
    assertThat(samples.all().column(0)).containsExactly(1, 1);
    assertThat(samples.all().column(1)).isEqualTo(samples.active().column(0));
  }
}
