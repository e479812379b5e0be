package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.DiagonalSpd;
import org.laplace4j.linalg.operator.LowRankPlusDiagonal;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
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

  /** The bias is the second parameter of the model, whatever else is random. */
  @Test
  void theNoiseOfAParameterIsThatOfItsPlaceInTheModel() {
    LaplacePosterior<Gaussian> bias = TwoWeights.laplace()
        .over(WeightSubset.named("bias"))
        .structure(Structure.diagonal())
        .fit(TwoWeights.data());
    long key = new SplittableRandom(5).nextLong();
    double[] b = new double[1];
    NormalStream.of(key, 7, 1).fill(b, 0, 1);
    assertThat(bias.samples(8, new SplittableRandom(5)).active(7))
        .containsExactly(b[0] / Math.sqrt(3));
  }

  /** Two rows of data beside two elements: the rest of the noise has a stream apart. */
  @Test
  void noiseBeyondTheElementsHasAStreamOfItsOwn() {
    LaplacePosterior<Gaussian> posterior =
        TwoWeights.laplace().structure(Structure.functional()).fit(TwoWeights.data());
    long key = new SplittableRandom(5).nextLong();
    double[] noise = new double[4];
    NormalStream.of(key, 1, 0).fill(noise, 0, 1);
    NormalStream.of(key, 1, 1).fill(noise, 1, 2);
    NormalStream.of(key, 1, -1).fill(noise, 2, 4);
    assertThat(posterior.samples(2, new SplittableRandom(5)).active(1))
        .isEqualTo(Arrays.plus(posterior.mean(), posterior.precision().unwhiten(noise)));
  }

  /** Two billion draws of two numbers would be 32 GB. */
  @Test
  void drawsAreNotHeld() {
    WeightSamples samples = TwoWeights.laplace()
        .fit(TwoWeights.data())
        .samples(Integer.MAX_VALUE, new SplittableRandom(5));
    assertThat(samples.active(Integer.MAX_VALUE - 1)).hasSize(2);
    assertThatThrownBy(() -> samples.weights(Integer.MAX_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2147483647");
  }

  /**
   * More draws than are made at a time, of a factor, of noise beyond the elements, of a diagonal.
   */
  @Test
  void drawsThatAreMadeTogetherAreThoseThatAreMadeAlone() {
    for (Structure structure :
        List.of(Structure.full(), Structure.functional(), Structure.diagonal())) {
      WeightSamples samples = TwoWeights.laplace()
          .structure(structure)
          .fit(TwoWeights.data())
          .samples(150, new SplittableRandom(5));
      Matrix active = samples.active();
      Matrix all = samples.all();
      for (int s = 0; s < 150; s++) {
        assertThat(active.row(s)).isEqualTo(samples.active(s));
        assertThat(all.row(s)).isEqualTo(samples.all(s));
      }
      assertThat(samples.active(60, 130)).isEqualTo(active.rows(60, 130));
    }
  }

  @Test
  void drawsThatThereAreNotAreRefused() {
    WeightSamples samples =
        TwoWeights.laplace().fit(TwoWeights.data()).samples(2, new SplittableRandom(5));
    assertThatThrownBy(() -> samples.active(1, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 5")
        .hasMessageContaining("0 to 1");
    assertThat(samples.active(1, 1).rows()).isZero();
  }

  /** A layer that is applied twice: its weight and bias are written down once. */
  @Test
  void aSharedParameterIsAmongAllElementsOnce() {
    Linear layer = TwoWeights.model();
    WeightSamples samples = Laplace.of(Sequential.of(layer, layer), Gaussian.of(1))
        .structure(Structure.diagonal())
        .fit(TwoWeights.data())
        .samples(2, new SplittableRandom(5));
    assertThat(samples.all(0)).isEqualTo(samples.active(0)).hasSize(2);
  }

  /** The weight's operator takes two numbers more than it has elements; the bias's none. */
  @Test
  void eachBlockOfAPrecisionHasItsOwnNoise() {
    SpdOperator weight = LowRankPlusDiagonal.of(new double[] {1}, Matrix.of(1, 2, new double[2]));
    SpdOperator blocks = BlockDiagonalSpd.of(List.of(weight, DiagonalSpd.of(new double[] {1})));
    LinearizedModel model = TwoWeights.laplace().fit(TwoWeights.data()).model();
    double[] expected = new double[4];
    NormalStream.of(9, 3, 0).fill(expected, 0, 1);
    NormalStream.of(9, 3, -1).fill(expected, 1, 3);
    NormalStream.of(9, 3, 1).fill(expected, 3, 4);
    assertThat(WeightNoise.of(model, blocks, 9).of(3)).isEqualTo(expected);
  }

  /** The first block has the bias and the second the weight. */
  @Test
  void theNoiseOfABlockIsThatOfItsElementsWhereverTheyLie() {
    SpdOperator one = DiagonalSpd.of(new double[] {1});
    SpdOperator swapped =
        BlockDiagonalSpd.of(List.of(one, one), List.of(new int[] {1}, new int[] {0}));
    LinearizedModel model = TwoWeights.laplace().fit(TwoWeights.data()).model();
    double[] expected = new double[2];
    NormalStream.of(9, 3, 1).fill(expected, 0, 1);
    NormalStream.of(9, 3, 0).fill(expected, 1, 2);
    assertThat(WeightNoise.of(model, swapped, 9).of(3)).isEqualTo(expected);
  }
}
