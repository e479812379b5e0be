package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

class LeaveOneOutTest {
  private static final double SIGMA = 0.7;
  private static final double DELTA = 0.5;

  /** Systems of two equations, and a difference of two variances. */
  private static final double ROUNDING = 1e-11;

  private static final double[] X = {-1, 0, 0.5, 2, 3};
  private static final double[] Y = {0.3, -0.2, 1, 2.5, 2};
  private static final double[] W = {1, 2, 0.5, 3, 1};
  private static final double[] TAU = {1, 0.5, 2, 0.3, 1.5};

  /** The line through all examples but one: A = δ I + Σ w/(σ²τ²) [x; 1][x; 1]ᵀ. */
  private static Cholesky precision(int out) {
    double[] a = {DELTA, 0, 0, DELTA};
    for (int n = 0; n < X.length; n++) {
      double c = n == out ? 0 : precisionOf(n);
      a[0] += c * X[n] * X[n];
      a[1] += c * X[n];
      a[3] += c;
    }
    a[2] = a[1];
    return new Cholesky(Matrix.of(2, 2, a));
  }

  private static double[] mean(int out) {
    double[] b = new double[2];
    for (int n = 0; n < X.length; n++) {
      double c = n == out ? 0 : precisionOf(n);
      b[0] += c * X[n] * Y[n];
      b[1] += c * Y[n];
    }
    return precision(out).solve(b);
  }

  private static double precisionOf(int n) {
    return W[n] / (SIGMA * SIGMA * TAU[n] * TAU[n]);
  }

  @Test
  void weightsAndNoisesOfExamplesCount() {
    double[] line = mean(-1);
    Linear model = Linear.of(Tensor.of(Shape.of(1, 1), line[0]), Tensor.vector(line[1]));
    Targets y = Targets.values(Tensor.of(Shape.of(X.length, 1), Y)).weighted(W).withNoise(TAU);
    Dataset data = Dataset.of(Tensor.of(Shape.of(X.length, 1), X), y, 2);
    LaplacePosterior<Gaussian> posterior = Laplace.of(model, Gaussian.of(SIGMA))
        .structure(Structure.full())
        .prior(Prior.isotropic(DELTA))
        .fit(data);
    LeaveOneOut loo = LeaveOneOut.of(posterior, data);
    for (int n = 0; n < X.length; n++) {
      double[] others = mean(n);
      double[] phi = {X[n], 1};
      double[] solved = precision(n).solve(phi);
      double epistemic = phi[0] * solved[0] + phi[1] * solved[1];
      double aleatoric = SIGMA * SIGMA * TAU[n] * TAU[n];
      double f = others[0] * X[n] + others[1];
      double total = epistemic + aleatoric;
      double logDensity = -0.5 * ((Y[n] - f) * (Y[n] - f) / total + Math.log(2 * Math.PI * total));
      assertThat(loo.prediction().mean().get(n, 0)).isCloseTo(f, within(ROUNDING));
      assertThat(loo.prediction().epistemic().get(n, 0, 0)).isCloseTo(epistemic, within(ROUNDING));
      assertThat(loo.prediction().aleatoric().get(n, 0)).isCloseTo(aleatoric, within(ROUNDING));
      assertThat(loo.logDensities().get(n)).isCloseTo(logDensity, within(ROUNDING));
    }
  }
}
