package org.laplace4j.laplace.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Gaussian;

class LinearizedGradientsTest {
  private static final double ROUNDING = 1e-14;

  /** Differences of fourth order with steps of 1e-3, of variances below 10. */
  private static final double DIFFERENCES = 1e-9;

  private static final double STEP = 1e-3;

  /** σ² = (3x² − 6x + 6)/9 and its slope (6x − 6)/9; μ = x. */
  @Test
  void aLineHasTheGradientsThatItHasOnPaper() {
    LaplacePosterior<Gaussian> posterior =
        TwoWeights.laplace().structure(Structure.full()).fit(TwoWeights.data());
    OutputGradients f = posterior.predict(TwoWeights.column(0, 1, 2), Predictive.gradients(0));
    assertThat(f.mean().array()).containsExactly(0, 1, 2);
    assertThat(f.variance().array())
        .containsExactly(new double[] {6.0 / 9, 3.0 / 9, 6.0 / 9}, within(ROUNDING));
    assertThat(f.meanGradient().array()).containsExactly(1, 1, 1);
    assertThat(f.varianceGradient().array())
        .containsExactly(new double[] {-6.0 / 9, 0, 6.0 / 9}, within(ROUNDING));
  }

  private static Tensor random(SplittableRandom rng, int... dims) {
    Shape shape = Shape.of(dims);
    return Tensor.adopt(shape, rng.doubles(shape.size(), -1, 1).toArray());
  }

  @Test
  void gradientsAreCentralDifferencesOfWhatIsPredicted() {
    SplittableRandom rng = new SplittableRandom(7);
    Sequential model = Sequential.of(
        Linear.of(random(rng, 5, 3), random(rng, 5)),
        Activation.tanh(),
        Linear.of(random(rng, 2, 5), random(rng, 2)));
    Dataset data = Dataset.of(random(rng, 8, 3), Targets.values(random(rng, 8, 2)));
    Tensor x = random(rng, 4, 3);
    for (Structure structure :
        List.of(Structure.full(), Structure.kronecker(), Structure.diagonal())) {
      LaplacePosterior<Gaussian> posterior =
          Laplace.of(model, Gaussian.of(0.3)).structure(structure).fit(data);
      for (int c = 0; c < 2; c++) {
        assertGradients(posterior, x, c);
      }
    }
  }

  private static void assertGradients(LaplacePosterior<Gaussian> posterior, Tensor x, int c) {
    OutputGradients f = posterior.predict(x, Predictive.gradients(c));
    OutputDistribution outputs = posterior.predict(x, Predictive.outputs());
    for (int n = 0; n < x.shape().dim(0); n++) {
      assertThat(f.mean().get(n)).isCloseTo(outputs.mean().get(n, c), within(ROUNDING));
      assertThat(f.variance().get(n)).isCloseTo(outputs.variances().get(n, c), within(DIFFERENCES));
    }
    for (int i = 0; i < x.size(); i++) {
      int n = i / x.shape().dim(1);
      double[] slopes = new double[2];
      // (f(−2h) − 8 f(−h) + 8 f(h) − f(2h)) / 12h
      for (double[] term : new double[][] {{-2, 1}, {-1, -8}, {1, 8}, {2, -1}}) {
        double[] moved = x.array().clone();
        moved[i] += term[0] * STEP;
        OutputDistribution there =
            posterior.predict(Tensor.of(x.shape(), moved), Predictive.outputs());
        slopes[0] += term[1] / (12 * STEP) * there.mean().get(n, c);
        slopes[1] += term[1] / (12 * STEP) * there.variances().get(n, c);
      }
      assertThat(f.meanGradient().array()[i]).isCloseTo(slopes[0], within(DIFFERENCES));
      assertThat(f.varianceGradient().array()[i]).isCloseTo(slopes[1], within(DIFFERENCES));
    }
  }

  @Test
  void anOutputThatIsNotThereIsRefused() {
    LaplacePosterior<Gaussian> posterior = TwoWeights.laplace().fit(TwoWeights.data());
    assertThatThrownBy(() -> posterior.predict(TwoWeights.column(0), Predictive.gradients(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no output 1");
  }
}
