package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/** y = x w + noise, and a model x θ*: of another θ* than that of any fit, as none is trained. */
class LeaveOneOutDensityTest {
  private static final int N = 15;
  private static final int D = 4;
  private static final double SIGMA = 0.7;

  /** Solves of 4 × 4 matrices, and one taken off another of at most its size. */
  private static final double ROUNDING = 1e-9;

  /** The interval of log δ that is left, 0.02, on either side of the best that was seen. */
  private static final double WIDTH = 0.02;

  private final double[] x = new Random(1).doubles(N * D, -1, 1).toArray();
  private final double[] y = targets(x);
  private final double[] mu = {0.5, 0, -0.5, 0};

  private static double[] targets(double[] x) {
    Random random = new Random(2);
    double[] y = new double[N];
    for (int n = 0; n < N; n++) {
      y[n] = x[n * D] - 0.5 * x[n * D + 1] + SIGMA * random.nextGaussian();
    }
    return y;
  }

  private Dataset data() {
    return Dataset.of(
        Tensor.of(Shape.of(N, D), x), Targets.values(Tensor.of(Shape.of(N, 1), y)), 4);
  }

  private LaplacePosterior<Gaussian> posterior(
      Structure structure, double temperature, double delta) {
    Linear layer = Linear.of(Tensor.of(Shape.of(1, D), 2, -1, 0.3, 1), Tensor.vector(0));
    layer.bias().freeze();
    return Laplace.of(layer, Gaussian.of(SIGMA))
        .structure(structure)
        .temperature(temperature)
        .prior(Prior.isotropic(delta).around(mu))
        .fit(data());
  }

  /** Each example by a fit to all others: θ = P⁻¹ (Xᵀy/(Tσ²) + δ μ), P = XᵀX/(Tσ²) + δ. */
  private double refitted(double temperature, double delta) {
    return refitted(temperature, delta, SIGMA);
  }

  private double refitted(double temperature, double delta, double sigma) {
    double sum = 0;
    for (int left = 0; left < N; left++) {
      int out = left;
      int[] others = IntStream.range(0, N).filter(n -> n != out).toArray();
      Matrix inputs = Matrix.of(N, D, x).selectRows(others);
      double scale = 1 / (temperature * sigma * sigma);
      Cholesky p = new Cholesky(
          inputs.transposeTimes(inputs).times(scale).plus(Matrix.identity(D).times(delta)));
      double[] b = Arrays.scale(mu, delta);
      Arrays.addScaled(scale, inputs.transposeTimes(Arrays.gather(y, others)), b);
      double[] xn = java.util.Arrays.copyOfRange(x, out * D, (out + 1) * D);
      double r = y[out] - Arrays.dot(xn, p.solve(b));
      double variance = Arrays.dot(xn, p.solve(xn)) + sigma * sigma;
      sum -= 0.5 * (r * r / variance + Math.log(2 * Math.PI * variance));
    }
    return -sum / N;
  }

  /** What the report says was the best is what a refit for each example says there. */
  @Test
  void theScoreIsThatOfRefitsAndTheChoiceTheirBest() {
    for (double temperature : new double[] {1, 3}) {
      double lowest = Double.POSITIVE_INFINITY;
      double best = 0;
      for (double z = Math.log(1e-6); z < Math.log(1e6); z += 0.01) {
        double score = refitted(temperature, Math.exp(z));
        best = score < lowest ? z : best;
        lowest = Math.min(lowest, score);
      }
      for (Structure structure : new Structure[] {Structure.full(), Structure.functional()}) {
        Tuned<Gaussian> tuned =
            posterior(structure, temperature, 1).tune(Tuner.leaveOneOut(data()));
        double chosen = precision(tuned.posterior());
        assertThat(Math.log(chosen)).isCloseTo(best, within(WIDTH + 0.01));
        TuningReport report = tuned.report();
        assertThat(report.path().get(report.path().size() - 1))
            .isCloseTo(refitted(temperature, chosen), within(ROUNDING));
        // The first of the path is at 1e-6.
        assertThat(report.path().get(0)).isCloseTo(refitted(temperature, 1e-6), within(ROUNDING));
        assertThat(report.converged()).isTrue();
        assertThat(report.edges()).isZero();
        assertThat(tuned.posterior().prior().mean(tuned.posterior().space())).isEqualTo(mu);
        assertThat(report.after()).isEqualTo(tuned.posterior().evidence().logMarginalLikelihood());
      }
    }
  }

  /** The noise is the best at this δσ² to rounding; δσ² is as good as the width of the search. */
  @Test
  void withTheNoiseBothAreTheBestOfRefits() {
    for (double temperature : new double[] {1, 3}) {
      Tuned<Gaussian> tuned = posterior(Structure.full(), temperature, 1)
          .tune(Tuner.leaveOneOut(data()).andNoise());
      double delta = precision(tuned.posterior());
      double sigma = tuned.posterior().likelihood().sigma()[0];
      double best = refitted(temperature, delta, sigma);
      assertThat(tuned.report().path().get(tuned.report().path().size() - 1))
          .isCloseTo(best, within(ROUNDING));
      for (double factor : new double[] {0.999, 1.001}) {
        double moved = refitted(temperature, delta / (factor * factor), sigma * factor);
        assertThat(moved).isGreaterThan(best);
      }
      for (double factor : new double[] {1 - 2 * WIDTH, 1 + 2 * WIDTH}) {
        assertThat(refitted(temperature, delta * factor, sigma)).isGreaterThan(best);
        assertThat(refitted(temperature, delta, sigma * factor)).isGreaterThan(best);
      }
      assertThat(tuned.report().converged()).isTrue();
      assertThat(tuned.posterior().prior().mean(tuned.posterior().space())).isEqualTo(mu);
    }
  }

  @Test
  void theNoiseMustBeOneAndTheCurvatureOfTheSecondPower() {
    Linear layer = Linear.of(Tensor.zeros(Shape.of(2, 1)), Tensor.vector(0, 0));
    Dataset two =
        Dataset.of(TwoWeights.column(1, 2), Targets.values(Tensor.of(Shape.of(2, 2), 1, 2, 3, 4)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Laplace.of(layer, Gaussian.perOutput(1, 2))
            .structure(Structure.full())
            .fit(two)
            .tune(Tuner.leaveOneOut(two).andNoise()))
        .withMessageContaining("got 2 and a power of −2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Laplace.of(layer, Gaussian.of(1))
            .structure(Structure.full())
            .curvature(CurvatureSource.empiricalFisher())
            .fit(two)
            .tune(Tuner.leaveOneOut(two).andNoise()))
        .withMessageContaining("got 1 and a power of −4");
  }

  /** The one that all elements have. */
  private static double precision(LaplacePosterior<?> posterior) {
    return posterior.prior().precisions(posterior.space())[0];
  }

  /**
   * f = w x + b at 0, one example y(1) = 3, σ = 1, the diagonal of H: P = 1 + δ for both, S = 2/(1
   * + δ), and R − S = (δ − 1)/(δ + 1) is positive from δ = 1 on only. The residual without the
   * example is 3, its variance 1 + 2/(δ − 1), and the best is where that is 9, at δ = 1.25.
   */
  @Test
  void precisionsAtWhichAStructureKnowsLessThanAnExampleArePassedOver() {
    Dataset one = TwoWeights.data(new double[] {1}, 3);
    Tuned<Gaussian> tuned = Laplace.of(TwoWeights.model(0, 0), Gaussian.of(1))
        .structure(Structure.diagonal())
        .prior(Prior.isotropic(0.5))
        .fit(one)
        .tune(Tuner.leaveOneOut(one));
    assertThat(precision(tuned.posterior())).isCloseTo(1.25, within(1.25 * WIDTH));
  }

  @Test
  void refusesOtherDataThanThoseOfTheFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> posterior(Structure.full(), 1, 1).tune(Tuner.leaveOneOut(TwoWeights.data())))
        .withMessageContaining("Tuner.leaveOneOut")
        .withMessageContaining("15 examples, got 2");
  }
}
