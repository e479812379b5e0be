package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.StochasticLanczosQuadrature.Estimate;

@Tag("scalar")
class StochasticLanczosQuadratureTest {
  private static final double TOLERANCE = 1e-6;

  /** Signs have squares of one, so a diagonal L has the same uᵀ L u for all of them. */
  @Test
  void aDiagonalMatrixIsExact() {
    double[] d = {1, 2, 4, 8};
    Estimate estimate = logDet(Matrix.diagonal(d), Preconditioner.identity(4), 2, 1);
    assertThat(estimate.logDet()).isCloseTo(6 * Math.log(2), within(1e-12));
    assertThat(estimate.standardError()).isCloseTo(0, within(1e-12));
    assertThat(estimate.converged()).isTrue();
  }

  /** The mean of many runs lies where their standard errors say, and is not biased. */
  @Test
  void theStandardErrorIsHonest() {
    Matrix p = spectrum(20, 1e3);
    double exact = new Cholesky(p).logDet();
    int runs = 400;
    double squares = 0;
    double sum = 0;
    for (int seed = 0; seed < runs; seed++) {
      Estimate estimate = logDet(p, Preconditioner.identity(20), 20, seed);
      double z = (estimate.logDet() - exact) / estimate.standardError();
      squares += z * z;
      sum += z;
    }
    // t with 19 degrees of freedom has variance 19/17; the mean of 400 squares is within a third.
    assertThat(squares / runs).isBetween(0.75, 1.5);
    // The mean of 400 z has standard deviation 0.053.
    assertThat(sum / runs).isBetween(-0.27, 0.27);
  }

  @Test
  void theNearerThePreconditionerTheSmallerTheErrorAndTheWork() {
    Matrix p = spectrum(60, 1e4);
    double exact = new Cholesky(p).logDet();
    Matrix near = p.plus(Matrix.identity(60).times(1e-3));
    Estimate plain = logDet(p, Preconditioner.identity(60), 20, 3);
    Estimate close = logDet(p, cholesky(near), 20, 3);
    Estimate itself = logDet(p, cholesky(p), 20, 3);
    assertThat(plain.logDet()).isCloseTo(exact, within(5 * plain.standardError()));
    assertThat(close.logDet()).isCloseTo(exact, within(5 * close.standardError()));
    assertThat(close.standardError()).isLessThan(plain.standardError() / 2);
    assertThat(close.products()).isLessThan(plain.products());
    assertThat(itself.logDet()).isCloseTo(exact, within(1e-9));
    assertThat(itself.products()).isEqualTo(20);
  }

  @Test
  void aDiagonalPreconditionerTakesAwayTheScales() {
    double[] d = Arrays.map(random(1, 40).array(), s -> Math.pow(10, 2 * s));
    Matrix core = spectrum(40, 10);
    Matrix p = core.scaleRows(d).scaleColumns(d);
    Estimate scaled = logDet(p, Preconditioner.diagonal(p.diagonal()), 20, 3);
    assertThat(scaled.logDet())
        .isCloseTo(new Cholesky(p).logDet(), within(5 * scaled.standardError()));
    assertThat(scaled.products())
        .isLessThan(logDet(p, Preconditioner.identity(40), 20, 3).products());
  }

  /** A root of M with more columns than rows, as a sum of two roots has. */
  @Test
  void theRootOfThePreconditionerMayBeWide() {
    Matrix p = spectrum(40, 1e3);
    Matrix root = random(40, 90);
    Matrix m = root.outerGram();
    Cholesky cholesky = new Cholesky(m);
    Preconditioner wide =
        new Preconditioner(40, cholesky.logDet(), cholesky::solve, 90, root::times);
    Estimate estimate = logDet(p, wide, 60, 5);
    assertThat(estimate.logDet())
        .isCloseTo(new Cholesky(p).logDet(), within(5 * estimate.standardError()));
  }

  @Test
  void aProbeDependsOnTheSeedAndItsNumberAlone() {
    Matrix p = spectrum(30, 100);
    Estimate once = logDet(p, Preconditioner.identity(30), 8, 11);
    assertThat(logDet(p, Preconditioner.identity(30), 8, 11)).isEqualTo(once);
    assertThat(logDet(p, Preconditioner.identity(30), 8, 12).logDet()).isNotEqualTo(once.logDet());
  }

  @Test
  void tooFewStepsAreReported() {
    Matrix p = spectrum(50, 1e6);
    var few = StochasticLanczosQuadrature.logDet(
        p::times, Preconditioner.identity(50), 4, TOLERANCE, 5, 1);
    assertThat(few.converged()).isFalse();
    assertThat(few.products()).isEqualTo(20);
  }

  /** A tolerance τ stops sooner, and costs about n τ² and not n τ. */
  @Test
  void theErrorOfTheQuadratureIsTheSquareOfTheTolerance() {
    Matrix p = spectrum(60, 100);
    double tolerance = 1e-3;
    Estimate loose = StochasticLanczosQuadrature.logDet(
        p::times, Preconditioner.identity(60), 20, tolerance, 1000, 3);
    Estimate tight = logDet(p, Preconditioner.identity(60), 20, 3);
    assertThat(loose.products()).isLessThan(tight.products());
    // rᵀ P⁻¹ r ≤ τ² n/λ_min with λ_min = 1/100
    double most = tolerance * tolerance * 60 * 100;
    assertThat(loose.logDet()).isCloseTo(tight.logDet(), within(most));
    assertThat(loose.logDet()).isNotEqualTo(tight.logDet());
  }

  @Test
  void whatHasNoLogarithmIsRefused() {
    double[] d = {1, -1};
    assertThat(catchThrowableOfType(
            NotPositiveDefiniteException.class,
            () -> logDet(Matrix.diagonal(d), Preconditioner.identity(2), 2, 1)))
        .isNotNull();
    assertThatThrownBy(() -> logDet(Matrix.identity(2), Preconditioner.identity(2), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 probes");
  }

  private static Estimate logDet(Matrix p, Preconditioner m, int probes, long seed) {
    return StochasticLanczosQuadrature.logDet(p::times, m, probes, TOLERANCE, 1000, seed);
  }

  private static Preconditioner cholesky(Matrix p) {
    Cholesky c = new Cholesky(p);
    return new Preconditioner(p.rows(), c.logDet(), c::solve, p.rows(), c.lower()::times);
  }

  private static Matrix random(int rows, int cols) {
    return Matrix.adopt(
        rows,
        cols,
        new SplittableRandom(rows).doubles((long) rows * cols, -1, 1).toArray());
  }

  /** Eigenvalues from 1/condition to 1, evenly on a logarithmic scale. */
  private static Matrix spectrum(int n, double condition) {
    Matrix g = random(n, n);
    Matrix q = new SymmetricEigen(g.plus(g.transpose())).vectors();
    double[] lambda = new double[n];
    for (int i = 0; i < n; i++) lambda[i] = Math.pow(condition, -(double) i / (n - 1));
    return q.scaleColumns(lambda).timesTranspose(q);
  }
}
