package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scalar")
class ConjugateGradientTest {

  private static final double TOLERANCE = 1e-10;

  @Test
  void twoStepsOnPaper() {
    // [4 1; 1 3] x = (1, 2) has x = (1, 7) / 11; two distinct eigenvalues take two steps.
    Matrix p = Matrix.of(2, 2, new double[] {4, 1, 1, 3});
    var result = ConjugateGradient.of(p::times, TOLERANCE, 10).solve(new double[] {1, 2});
    assertThat(result.x()).containsExactly(new double[] {1. / 11, 7. / 11}, within(1e-15));
    assertThat(result.products()).isEqualTo(3); // and one for the true residual
    assertThat(result.converged()).isTrue();
  }

  @Test
  void zeroIsSolvedByZeroWithoutAProduct() {
    var result = ConjugateGradient.of(v -> v, TOLERANCE, 10).solve(new double[3]);
    assertThat(result.x()).containsExactly(0, 0, 0);
    assertThat(result.products()).isZero();
    assertThat(result.converged()).isTrue();
  }

  /** ‖x − P⁻¹b‖ ≤ ‖P⁻¹‖ ‖r‖, and the condition number is given. */
  @ParameterizedTest
  @CsvSource({"1,1", "10,10", "65,1e2", "100,1e4", "150,1e6"})
  void theSolutionIsThatOfCholesky(int n, double condition) {
    Matrix p = spectrum(n, condition);
    double[] b = random(1, n).array();
    var result = ConjugateGradient.of(p::times, TOLERANCE, 100 * n).solve(b);
    assertThat(result.converged()).isTrue();
    assertThat(result.residual()).isLessThanOrEqualTo(TOLERANCE);
    assertThat(result.residual())
        .isCloseTo(length(Arrays.minus(b, p.times(result.x()))) / length(b), within(1e-12));
    double[] expected = new Cholesky(p).solve(b);
    assertThat(length(Arrays.minus(result.x(), expected)))
        .isLessThan(TOLERANCE * condition * length(b));
  }

  @Test
  void thePreconditionerThatIsPTakesOneStep() {
    Matrix p = spectrum(50, 1e5);
    Cholesky exact = new Cholesky(p);
    var cg = new ConjugateGradient(p::times, exact::solve, TOLERANCE, 10);
    assertThat(cg.solve(random(1, 50).array()).products()).isEqualTo(2);
  }

  @Test
  void scalingAwayThePoorScalesTakesFewerSteps() {
    Matrix core = spectrum(80, 10);
    double[] scales = random(1, 80).array();
    double[] d = Arrays.map(scales, s -> Math.pow(10, 3 * s));
    Matrix p = core.scaleRows(d).scaleColumns(d);
    double[] diagonal = p.diagonal();
    double[] b = random(2, 80).row(1);
    var plain = ConjugateGradient.of(p::times, TOLERANCE, 10_000).solve(b);
    var scaled = new ConjugateGradient(
            p::times, r -> Arrays.dividedBy(r, diagonal), TOLERANCE, 10_000)
        .solve(b);
    assertThat(scaled.products()).isLessThan(plain.products() / 2);
    assertThat(scaled.converged()).isTrue();
  }

  @Test
  void aLimitThatIsTooSmallIsReportedWithWhatWasReached() {
    Matrix p = spectrum(100, 1e4);
    double[] b = random(1, 100).array();
    var result = ConjugateGradient.of(p::times, TOLERANCE, 12).solve(b);
    assertThat(result.products()).isEqualTo(12);
    assertThat(result.converged()).isFalse();
    assertThat(result.residual()).isBetween(TOLERANCE, 1.0);
  }

  /** At a condition number of 1e8 the true residual cannot fall to 1e-16 of b. */
  @Test
  void stepsEndWhereRoundingDoesNotLetTheResidualFall() {
    Matrix p = spectrum(40, 1e8);
    double[] b = random(1, 40).array();
    var result = ConjugateGradient.of(p::times, 1e-16, 100_000).solve(b);
    assertThat(result.products()).isLessThan(100_000);
    assertThat(result.residual())
        .isCloseTo(length(Arrays.minus(b, p.times(result.x()))) / length(b), within(1e-12));
    assertThat(result.residual()).isGreaterThan(1e-16);
  }

  @Test
  void everyRightHandSideHasTheBitsThatItHasAlone() {
    Matrix p = spectrum(60, 1e3);
    Matrix b = random(4, 60);
    var cg = ConjugateGradient.of(p::times, TOLERANCE, 1000);
    List<ConjugateGradient.Result> together = cg.solveRows(b);
    for (int i = 0; i < 4; i++) {
      assertThat(together.get(i).x()).isEqualTo(cg.solve(b.row(i)).x());
    }
  }

  @Test
  void aMatrixThatIsNotPositiveDefiniteIsRefused() {
    double[] d = {1, -2, 3};
    var cg = ConjugateGradient.of(v -> Arrays.times(d, v), TOLERANCE, 10);
    var failure = catchThrowableOfType(
        NotPositiveDefiniteException.class, () -> cg.solve(new double[] {0, 1, 0}));
    assertThat(failure.value()).isEqualTo(-2);
  }

  @Test
  void settingsThatMeanNothingAreRefused() {
    assertThatThrownBy(() -> ConjugateGradient.of(v -> v, 0, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0");
    assertThatThrownBy(() -> ConjugateGradient.of(v -> v, 1e-9, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 products");
    assertThatThrownBy(
            () -> ConjugateGradient.of(v -> v, 1e-9, 5).solve(new double[] {1, Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  private static double length(double[] v) {
    return Math.sqrt(Arrays.dot(v, v));
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
    for (int i = 0; i < n; i++) lambda[i] = Math.pow(condition, -(double) i / Math.max(1, n - 1));
    return q.scaleColumns(lambda).timesTranspose(q);
  }
}
