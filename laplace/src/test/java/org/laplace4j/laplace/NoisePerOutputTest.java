package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.curvature.Cost;
import org.laplace4j.laplace.curvature.Curvature;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.GradientRows;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.curvature.Workload;
import org.laplace4j.laplace.evidence.Tuned;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

class NoisePerOutputTest {
  private static final double ROUNDING = 1e-12;

  /** The tuner asks for a slope below 1e-5 in each logarithm. */
  private static final double FLAT = 1e-4;

  /**
   * Of some tens of nats, which squares over noises of 0.1 make of numbers up to thousands, summed
   * in another order; a dual form takes log det of N C rows.
   */
  private static final double EVIDENCE = 1e-9;

  private static final int N = 12;

  /** f = (w₁ x, w₂ x) at (1, 1), no bias. */
  private static Linear model() {
    Linear layer = Linear.of(Tensor.of(Shape.of(2, 1), 1, 1), Tensor.vector(0, 0));
    layer.bias().freeze();
    return layer;
  }

  private static Dataset data() {
    return Dataset.of(
        Tensor.of(Shape.of(2, 1), 1, 2), Targets.values(Tensor.of(Shape.of(2, 2), 2, 1, 3, 4)));
  }

  /** Σ x² = 5 for either output, so P = diag(5/σ_c² + δ) and γ_c = 5/(5 + δ σ_c²). */
  @Test
  void onPaper() {
    LaplacePosterior<Gaussian> fitted =
        Laplace.of(model(), Gaussian.of(1)).structure(Structure.full()).fit(data());
    NoisePerOutput noise = NoisePerOutput.of(fitted, data());
    assertThat(noise.sigma()).containsExactly(1, 1);
    LaplacePosterior<Gaussian> at = noise.at(new double[] {1, 5}, Prior.isotropic(2));
    assertThat(at.precision().diagonal()).containsExactly(new double[] {7, 2.2}, within(ROUNDING));
    assertThat(noise.effectiveParameters(at))
        .containsExactly(new double[] {5.0 / 7, 0.2 / 2.2}, within(ROUNDING));
    assertThat(at.likelihood().sigma()).containsExactly(1, 5);
  }

  /** Three outputs of a linear model, with noises of 0.1, 1 and 3. */
  @Test
  void tunedNoisesAreTheTopOfTheDenseEvidence() {
    Random random = new Random(3);
    double[] x = random.doubles(2 * N, -1, 1).toArray();
    double[] y = new double[3 * N];
    double[] w = {1, -2, 0.5, 0.5, 2, 0};
    double[] added = {0.1, 1, 3};
    for (int n = 0; n < N; n++) {
      for (int c = 0; c < 3; c++) {
        y[3 * n + c] =
            w[2 * c] * x[2 * n] + w[2 * c + 1] * x[2 * n + 1] + added[c] * random.nextGaussian();
      }
    }
    Linear layer = Linear.of(Tensor.of(Shape.of(3, 2), w), Tensor.vector(0, 0, 0));
    layer.bias().freeze();
    Dataset data =
        Dataset.of(Tensor.of(Shape.of(N, 2), x), Targets.values(Tensor.of(Shape.of(N, 3), y)), 5);
    for (Structure structure :
        new Structure[] {Structure.full(), Structure.kronecker(), Structure.functional()}) {
      Tuned<Gaussian> tuned = Laplace.of(layer, Gaussian.of(0.7))
          .structure(structure)
          .fit(data)
          .tune(Tuner.marginalLikelihood().andNoisePerOutput(data));
      assertThat(tuned.report().converged()).isTrue();
      LaplacePosterior<Gaussian> top = tuned.posterior();
      double[] sigma = top.likelihood().sigma();
      double delta = top.prior().precisions(top.space())[0];
      double highest = evidence(x, y, w, sigma, delta);
      assertThat(top.evidence().logMarginalLikelihood()).isCloseTo(highest, within(EVIDENCE));
      // A step of 0.02 costs about N · 0.02²: the top is between the two.
      for (int c = 0; c < 3; c++) {
        for (double factor : new double[] {0.98, 1.02}) {
          double[] moved = sigma.clone();
          moved[c] *= factor;
          assertThat(evidence(x, y, w, moved, delta)).isLessThan(highest - 1e-4);
        }
        // MacKay: σ_c² = Σ r_c²/(N − γ_c)
        assertThat(sigma[c] * sigma[c])
            .isCloseTo(mackay(x, y, w, c, sigma[c], delta), within(FLAT * sigma[c] * sigma[c]));
      }
    }
  }

  /** Σₙ r_nc² and the 2 × 2 precision of output c, which no other output touches. */
  private static double squares(double[] x, double[] y, double[] w, int c) {
    double sum = 0;
    for (int n = 0; n < N; n++) {
      double r = y[3 * n + c] - w[2 * c] * x[2 * n] - w[2 * c + 1] * x[2 * n + 1];
      sum += r * r;
    }
    return sum;
  }

  private static Cholesky precision(double[] x, double sigma, double delta) {
    Matrix inputs = Matrix.of(N, 2, x);
    return new Cholesky(inputs
        .transposeTimes(inputs)
        .times(1 / (sigma * sigma))
        .plus(Matrix.identity(2).times(delta)));
  }

  private static double mackay(
      double[] x, double[] y, double[] w, int c, double sigma, double delta) {
    Matrix covariance = precision(x, sigma, delta).solve(Matrix.identity(2));
    double gamma = 2 - delta * (covariance.get(0, 0) + covariance.get(1, 1));
    return squares(x, y, w, c) / (N - gamma);
  }

  private static double evidence(double[] x, double[] y, double[] w, double[] sigma, double delta) {
    double sum = 0;
    for (int c = 0; c < 3; c++) {
      double variance = sigma[c] * sigma[c];
      sum -= 0.5 * (squares(x, y, w, c) / variance + N * Math.log(2 * Math.PI * variance));
      sum -= 0.5 * delta * (w[2 * c] * w[2 * c] + w[2 * c + 1] * w[2 * c + 1]);
      sum -= 0.5 * (precision(x, sigma[c], delta).logDet() - 2 * Math.log(delta));
    }
    return sum;
  }

  /** Eight inputs to two outputs: H has 16 eigenvalues, and 5 of each output are not 5 of all. */
  @Test
  void thePriorDoesNotHideWhatIsNoSum() {
    Random random = new Random(4);
    Linear layer = Linear.of(Tensor.zeros(Shape.of(2, 8)), Tensor.vector(0, 0));
    layer.bias().freeze();
    Dataset data = Dataset.of(
        Tensor.of(Shape.of(N, 8), random.doubles(8 * N, -1, 1).toArray()),
        Targets.values(Tensor.of(Shape.of(N, 2), random.doubles(2 * N, -1, 1).toArray())));
    for (double delta : new double[] {1e-8, 1, 1e8, 1e20}) {
      Prior prior = Prior.isotropic(delta);
      LaplacePosterior<Gaussian> low = Laplace.of(layer, Gaussian.of(1))
          .structure(Structure.lowRank(5))
          .prior(prior)
          .fit(data);
      assertThatIllegalArgumentException()
          .as("δ = " + delta)
          .isThrownBy(() -> NoisePerOutput.of(low, data))
          .withMessageContaining("lowRank(5)");
      for (Structure sum : new Structure[] {
        Structure.full(),
        Structure.blockDiagonal(),
        Structure.diagonal(),
        Structure.kronecker(),
        Structure.functional()
      }) {
        LaplacePosterior<Gaussian> fitted =
            Laplace.of(layer, Gaussian.of(1)).structure(sum).prior(prior).fit(data);
        assertThat(NoisePerOutput.of(fitted, data).sigma()).containsExactly(1, 1);
      }
    }
  }

  /** Without any curvature, at x = 0, nothing differs. */
  @Test
  void noCurvatureIsASumToo() {
    Dataset nothing = Dataset.of(
        Tensor.zeros(Shape.of(2, 1)), Targets.values(Tensor.of(Shape.of(2, 2), 2, 1, 3, 4)));
    LaplacePosterior<Gaussian> fitted =
        Laplace.of(model(), Gaussian.of(1)).structure(Structure.full()).fit(nothing);
    LaplacePosterior<Gaussian> at =
        NoisePerOutput.of(fitted, nothing).at(new double[] {1, 2}, Prior.isotropic(3));
    assertThat(at.precision().diagonal()).containsExactly(new double[] {3, 3}, within(ROUNDING));
  }

  /** Says that a fit takes 60 % of the heap: one goes, but not with two more curvatures of half. */
  private record Large() implements Structure {
    @Override
    public Curvature curvature(GradientRows g) {
      return Structure.full().curvature(g);
    }

    @Override
    public Optional<Cost> cost(Workload workload) {
      Cost.Stage stage = new Cost.Stage(0.6 * Runtime.getRuntime().maxMemory(), 1);
      return Optional.of(new Cost(stage, stage, stage, stage, 1));
    }

    @Override
    public String toString() {
      return "large";
    }
  }

  @Test
  void curvaturesThatDoNotGoIntoTheHeapTogetherAreRefused() {
    LaplacePosterior<Gaussian> fitted =
        Laplace.of(model(), Gaussian.of(1)).structure(new Large()).fit(data());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoisePerOutput.of(fitted, data()))
        .withMessageContaining("NoisePerOutput")
        .withMessageContaining("2 outputs")
        .withMessageContaining("Structure.large");
  }

  @Test
  void refusesWhatIsNoSumOverOutputs() {
    LaplacePosterior<Gaussian> fitted = Laplace.of(model(), Gaussian.of(1)).fit(data());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoisePerOutput.of(fitted, data().select(0)))
        .withMessageContaining("2 examples, got 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> NoisePerOutput.of(fitted, data()).at(new double[] {1}, Prior.isotropic(1)))
        .withMessageContaining("1 noises were given for 2 outputs");
    LaplacePosterior<Gaussian> fisher = Laplace.of(model(), Gaussian.of(1))
        .curvature(CurvatureSource.empiricalFisher())
        .fit(data());
    assertThatIllegalArgumentException().isThrownBy(() -> NoisePerOutput.of(fisher, data()));
    LaplacePosterior<Gaussian> hessian =
        Laplace.of(model(), Gaussian.of(1)).structure(Structure.hessian()).fit(data());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NoisePerOutput.of(hessian, data()))
        .withMessageContaining("hessian");
  }
}
