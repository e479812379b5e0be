package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("scalar")
class CholeskyTest {

  /** The condition number of the random matrices is below 100, and each of n terms rounds once. */
  private static final double ROUNDING = 1e-13;

  @Test
  void aFactorOnPaper() {
    // [4 2; 2 5] = [2 0; 1 2] [2 1; 0 2], determinant 16, inverse [5 -2; -2 4] / 16
    var cholesky = new Cholesky(Matrix.of(2, 2, new double[] {4, 2, 2, 5}));
    assertThat(cholesky.size()).isEqualTo(2);
    assertThat(cholesky.lower()).isEqualTo(Matrix.of(2, 2, new double[] {2, 0, 1, 2}));
    assertThat(cholesky.logDet()).isCloseTo(Math.log(16), within(1e-15));
    assertThat(cholesky.solveLower(new double[] {2, 5})).containsExactly(1, 2);
    assertThat(cholesky.solveUpper(new double[] {4, 4})).containsExactly(1, 2);
    assertThat(cholesky.solve(new double[] {8, 12})).containsExactly(1, 2);
    assertThat(cholesky.inverse())
        .isEqualTo(Matrix.of(2, 2, new double[] {0.3125, -0.125, -0.125, 0.25}));
    assertThat(cholesky.inverseDiagonal()).containsExactly(0.3125, 0.25);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 33, 65, 130, 200})
  void solvesUndoMultiplication(int n) {
    Matrix a = positiveDefinite(n);
    var cholesky = new Cholesky(a);
    Matrix x = random(n, 5);
    Matrix l = cholesky.lower();
    assertThat(l.timesTranspose(l).minus(a).maxAbs()).isLessThan(n * ROUNDING);
    assertThat(cholesky.solve(a.times(x)).minus(x).maxAbs()).isLessThan(n * ROUNDING);
    assertThat(cholesky.solveLower(l.times(x)).minus(x).maxAbs()).isLessThan(n * ROUNDING);
    assertThat(cholesky.solveUpper(l.transposeTimes(x)).minus(x).maxAbs()).isLessThan(n * ROUNDING);
    assertThat(Arrays.max(Arrays.minus(cholesky.solve(a.times(x.column(1))), x.column(1))))
        .isLessThan(n * ROUNDING);
    assertThat(cholesky.inverse().times(a).minus(Matrix.identity(n)).maxAbs())
        .isLessThan(n * ROUNDING);
    assertThat(Matrix.diagonal(
                Arrays.minus(cholesky.inverseDiagonal(), cholesky.inverse().diagonal()))
            .maxAbs())
        .isLessThan(n * ROUNDING);
  }

  @Test
  void anEmptyMatrixHasDeterminantOne() {
    assertThat(new Cholesky(Matrix.zeros(0, 0)).logDet()).isEqualTo(0);
  }

  @Test
  void thePivotThatFailsIsReported() {
    // The Schur complement of the leading 1 is [3 0; 0 -1].
    Matrix a = Matrix.of(3, 3, new double[] {1, 1, 2, 1, 4, 2, 2, 2, 3});
    var failure = catchThrowableOfType(NotPositiveDefiniteException.class, () -> new Cholesky(a));
    assertThat(failure.pivot()).isEqualTo(2);
    assertThat(failure.value()).isEqualTo(-1);
    assertThat(failure).hasMessageContaining("pivot 2 is -1.0").hasMessageContaining("(3, 3)");
  }

  @Test
  void zeroAndNotANumberAreNoPivots() {
    var zero = catchThrowableOfType(
        NotPositiveDefiniteException.class, () -> new Cholesky(Matrix.zeros(2, 2)));
    assertThat(zero.pivot()).isEqualTo(0);
    Matrix spoiled = Matrix.diagonal(new double[] {1, Double.NaN});
    var nan = catchThrowableOfType(NotPositiveDefiniteException.class, () -> new Cholesky(spoiled));
    assertThat(nan.pivot()).isEqualTo(1);
    assertThat(nan.value()).isNaN();
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    assertThatThrownBy(() -> new Cholesky(Matrix.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 3)");
    assertThatThrownBy(() -> new Cholesky(Matrix.identity(2)).solve(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 rows")
        .hasMessageContaining("3");
  }

  private static Matrix random(int rows, int cols) {
    return Matrix.adopt(
        rows,
        cols,
        new SplittableRandom(rows).doubles((long) rows * cols, -1, 1).toArray());
  }

  private static Matrix positiveDefinite(int n) {
    return random(n, 2 * n).outerGram().times(1.0 / n).plus(Matrix.identity(n));
  }
}
