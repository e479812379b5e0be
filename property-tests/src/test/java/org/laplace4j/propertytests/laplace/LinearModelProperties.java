package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.Derivatives;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.evidence.LeaveOneOut;
import org.laplace4j.laplace.evidence.Tuned;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/** Where the model is linear, the Laplace approximation is exact. */
class LinearModelProperties {
  private static final double ROUNDING = PosteriorProperties.ROUNDING;

  /** Sums of the same numbers in another order. */
  private static final double SUMS = 1e-12;

  /** One example may be most of what is known: then 1 − leverage has few digits. */
  private static final double CANCELLATION = 1e-6;

  @Provide
  Arbitrary<Problem<Gaussian>> linearRegressions() {
    return ProblemMarket.linearRegressions()
        .map(problem -> problem.with(Form.FULL).at(1));
  }

  /**
   * Bayesian linear regression, y = Φ θ + ε with Φ = (x ⊗ I, I): nothing of the library is asked
   * for it.
   */
  private record Regression(Matrix phi, Matrix noise, Matrix y, Matrix prior, Matrix mu) {
    static Regression of(Problem<Gaussian> problem) {
      int n = problem.y().count();
      int c = problem.y().values().shape().dim(1);
      double[] variances = problem.likelihood().variances(c);
      double[] noise = new double[n * c];
      java.util.Arrays.setAll(noise, i -> variances[i % c]);
      double[] mu = problem.prior().mean(problem.space());
      return new Regression(
          design(problem.x(), c),
          Matrix.diagonal(noise),
          Matrix.of(n * c, 1, problem.y().values().array()),
          Matrix.diagonal(problem.prior().precisions(problem.space())),
          Matrix.of(mu.length, 1, mu));
    }

    /** Row (n, c): x at the weights of output c, 1 at its bias. */
    static Matrix design(Tensor x, int outputs) {
      int n = x.shape().dim(0);
      int in = x.shape().dim(1);
      int width = outputs * in + outputs;
      Matrix phi = Matrix.zeros(n * outputs, width);
      for (int row = 0; row < n * outputs; row++) {
        int c = row % outputs;
        System.arraycopy(x.array(), row / outputs * in, phi.array(), row * width + c * in, in);
        phi.array()[row * width + outputs * in + c] = 1;
      }
      return phi;
    }

    /** Σ = (Φᵀ R⁻¹ Φ + P₀)⁻¹. */
    Matrix covariance() {
      Matrix weighted = new Cholesky(noise).solve(phi);
      return new Cholesky(phi.transpose().times(weighted).plus(prior)).inverse();
    }

    /** m = Σ (Φᵀ R⁻¹ y + P₀ μ). */
    Matrix mean() {
      Matrix weighted = phi.transpose().times(new Cholesky(noise).solve(y));
      return covariance().times(weighted.plus(prior.times(mu)));
    }

    /** log N(y; Φ μ, R + Φ P₀⁻¹ Φᵀ). */
    double logEvidence() {
      Matrix spread = phi.times(new Cholesky(prior).solve(phi.transpose()));
      Cholesky covariance = new Cholesky(noise.plus(spread));
      Matrix r = y.minus(phi.times(mu));
      double square = r.transpose().times(covariance.solve(r)).get(0, 0);
      return -0.5 * (square + covariance.logDet() + y.rows() * Math.log(2 * Math.PI));
    }
  }

  @Property(tries = 100)
  void posteriorEvidenceAndPredictiveAreThoseOfBayesianLinearRegression(
      @ForAll("linearRegressions") Problem<Gaussian> problem) {
    Regression regression = Regression.of(problem);
    problem.moveTo(regression.mean().array());
    LaplacePosterior<Gaussian> posterior = problem.fit();

    assertThat(posterior.mean()).isEqualTo(regression.mean().array());
    assertClose(new DenseLaplace(problem).covariance(), regression.covariance(), ROUNDING);
    assertClose(posterior.variances(), regression.covariance().diagonal(), ROUNDING);
    double expected = regression.logEvidence();
    assertThat(posterior.evidence().logMarginalLikelihood())
        .isCloseTo(expected, within(ROUNDING * Math.max(1, Math.abs(expected))));

    Tensor x = problem.newInputs(1);
    int c = problem.y().values().shape().dim(1);
    Matrix phi = Regression.design(x, c);
    NormalPrediction y = posterior.predict(x, Predictive.linearized());
    assertClose(y.mean().array(), phi.times(regression.mean()).array(), ROUNDING);
    assertClose(
        y.epistemic().reshape(c, c).matrix(),
        phi.times(regression.covariance()).times(phi.transpose()),
        ROUNDING);
  }

  @Property(tries = 60)
  void leavingOneOutInClosedFormIsRegressionOnTheOthers(
      @ForAll("linearRegressions") Problem<Gaussian> problem) {
    int n = problem.y().count();
    problem.moveTo(Regression.of(problem).mean().array());
    LeaveOneOut loo = LeaveOneOut.of(problem.fit(), problem.data());
    for (int left = 0; left < n && n > 1; left++) {
      int out = left;
      NormalPrediction expected = fromTheOthers(problem, out);
      Tensor y = problem.y().values().slice(0, out, out + 1);
      NormalPrediction got = loo.prediction();
      assertClose(got.mean().slice(0, out, out + 1).array(), expected.mean().array(), CANCELLATION);
      assertClose(
          got.epistemic().slice(0, out, out + 1).array(),
          expected.epistemic().array(),
          CANCELLATION);
      assertClose(
          loo.logDensities().slice(0, out, out + 1).array(),
          expected.logDensities(y).array(),
          CANCELLATION);
    }
  }

  /** Of example {@code out} by the regression on all others. */
  private static NormalPrediction fromTheOthers(Problem<Gaussian> problem, int out) {
    int[] others = IntStream.range(0, problem.y().count()).filter(i -> i != out).toArray();
    Regression rest =
        Regression.of(problem.of(problem.x().gather(0, others), problem.y().select(others)));
    int c = problem.y().values().shape().dim(1);
    Matrix phi = Regression.design(problem.x().slice(0, out, out + 1), c);
    Matrix covariance = phi.times(rest.covariance()).times(phi.transpose());
    return new NormalPrediction(
        Tensor.of(phi.times(rest.mean())).reshape(1, c),
        Tensor.of(covariance).reshape(1, c, c),
        Tensor.vector(problem.likelihood().variances(c)).reshape(1, c));
  }

  /** Wherever θ* is, as the linearised model is the model. */
  @Property(tries = 60)
  void leavingOneOutChoosesByRegressionsOnTheOthers(
      @ForAll("linearRegressions") Problem<Gaussian> problem) {
    Assume.that(problem.y().count() > 1);
    LaplacePosterior<Gaussian> posterior = problem.fit();
    Tuned<Gaussian> tuned = posterior.tune(Tuner.leaveOneOut(problem.data()));
    List<Double> path = tuned.report().path();
    double lowest = path.get(path.size() - 1);
    Prior prior = tuned.posterior().prior();
    // Under a weaker prior 1 − leverage of an example has no digits left.
    Assume.that(
        java.util.Arrays.stream(prior.precisions(problem.space())).min().orElseThrow() > 1e-2);
    double chosen = scoreOfTheOthers(problem.with(prior));
    double rounding = CANCELLATION * Math.max(1, Math.abs(chosen));
    if (tuned.posterior() == posterior) {
      assertThat(chosen).isLessThanOrEqualTo(lowest + rounding);
    } else {
      assertThat(chosen).isCloseTo(lowest, within(rounding));
    }
    double[] mu = problem.prior().mean(problem.space());
    for (double delta : new double[] {0.1, 1, 10, 1000}) { // all of the grid
      assertThat(lowest)
          .isLessThanOrEqualTo(
              scoreOfTheOthers(problem.with(Prior.isotropic(delta).around(mu))) + rounding);
    }
  }

  private static double scoreOfTheOthers(Problem<Gaussian> problem) {
    int n = problem.y().count();
    double sum = 0;
    for (int out = 0; out < n; out++) {
      Tensor y = problem.y().values().slice(0, out, out + 1);
      sum -= fromTheOthers(problem, out).logDensities(y).sum().item();
    }
    return sum / n;
  }

  @Property(tries = 60)
  void ggnOfARegressionIsTheHessian(@ForAll("linearRegressions") Problem<Gaussian> problem) {
    assertGgnIsHessian(problem);
  }

  @Property(tries = 60)
  void ggnOfASoftmaxRegressionIsTheHessian(
      @ForAll("linearRegressions") Problem<Gaussian> problem, @ForAll long seed) {
    int outputs = problem.y().values().shape().dim(1);
    if (outputs > 1) {
      int[] labels = new Random(seed).ints(problem.y().count(), 0, outputs).toArray();
      assertGgnIsHessian(problem.withLikelihood(new Categorical(), Targets.labels(labels)));
    }
  }

  private static void assertGgnIsHessian(Problem<?> problem) {
    LaplacePosterior<?> posterior = problem.fit();
    int size = posterior.space().size();
    Matrix hessian = Matrix.zeros(size, size);
    for (int i = 0; i < size; i++) {
      double[] unit = new double[size];
      unit[i] = 1;
      double[] column = Derivatives.hessianVectorProduct(
          posterior.space(),
          Weights.of(problem.network().module()),
          at -> negativeLogLikelihood(problem, at),
          unit);
      System.arraycopy(column, 0, hessian.array(), i * size, size);
    }
    assertClose(posterior.curvature().toDense(), hessian, SUMS);
  }

  private static Tensor negativeLogLikelihood(Problem<?> problem, Weights at) {
    Tensor f = problem.network().module().forward(at, problem.x());
    return problem.likelihood().logDensities(f, problem.y()).sum().negate();
  }

  @Property(tries = 60)
  void moreDataNeverRaiseAVariance(@ForAll("linearRegressions") Problem<Gaussian> problem) {
    assertVariancesFall(problem);
    assertVariancesFall(problem.with(Form.DIAGONAL));
  }

  private static void assertVariancesFall(Problem<Gaussian> problem) {
    Tensor x = problem.newInputs(3);
    int n = problem.y().count();
    LaplacePosterior<Gaussian> fewer = problem.fit(problem.data(0, 1));
    for (int count = 2; count <= n; count++) {
      LaplacePosterior<Gaussian> more = problem.fit(problem.data(0, count));
      assertNoneLarger(more.variances(), fewer.variances());
      assertNoneLarger(
          more.predict(x, Predictive.outputs()).variances().array(),
          fewer.predict(x, Predictive.outputs()).variances().array());
      fewer = more;
    }
  }

  private static void assertNoneLarger(double[] after, double[] before) {
    for (int i = 0; i < after.length; i++) {
      assertThat(after[i]).isLessThanOrEqualTo(before[i] * (1 + ROUNDING));
    }
  }
}
