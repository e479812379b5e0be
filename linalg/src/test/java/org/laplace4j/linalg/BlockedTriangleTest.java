package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Halves and blocks of 32 against the loops of a textbook, at sizes where a block begins, ends or
 * is whole.
 */
@Tag("scalar")
class BlockedTriangleTest {

  /** Sums of n products in another order; the matrices have condition numbers below 100. */
  private static final double ROUNDING = 1e-14;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 63, 64, 65, 96, 127, 128, 129, 192, 193, 257})
  void theFactorIsThatOfTheTextbookAndOfEjml(int n) {
    Matrix a = positiveDefinite(n);
    Matrix l = new Cholesky(a).lower();
    assertThat(l.minus(textbookFactor(a)).maxAbs()).isLessThan(n * ROUNDING);
    assertThat(l.minus(ejmlFactor(a)).maxAbs()).isLessThan(n * ROUNDING);
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) assertThat(l.get(i, j)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"31,2", "33,5", "63,1", "64,3", "65,64", "128,2", "129,7", "192,65", "193,1"})
  void triangularSystemsAreSolvedAsInTheTextbook(int n, int k) {
    Cholesky cholesky = new Cholesky(positiveDefinite(n));
    Matrix b = random(n, k);
    Matrix lower = cholesky.solveLower(b);
    Matrix upper = cholesky.solveUpper(b);
    for (int column = 0; column < k; column++) {
      assertClose(lower.column(column), textbookLower(cholesky.lower(), b.column(column)));
      assertClose(upper.column(column), textbookUpper(cholesky.lower(), b.column(column)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 64, 65, 128, 193})
  void aColumnHasTheSameBitsWhateverIsSolvedBesideIt(int n) {
    Cholesky cholesky = new Cholesky(positiveDefinite(n));
    Matrix b = random(n, 70);
    int[] some = {3, 66, 69};
    assertThat(cholesky.solveLower(b.selectColumns(some)))
        .isEqualTo(cholesky.solveLower(b).selectColumns(some));
    assertThat(cholesky.solveUpper(b.selectColumns(some)))
        .isEqualTo(cholesky.solveUpper(b).selectColumns(some));
  }

  @ParameterizedTest
  @CsvSource({"64,0", "65,63", "65,64", "130,64", "193,128", "193,192"})
  void aPivotThatFailsIsNamedInWhicheverBlockItLies(int n, int pivot) {
    double[] d = new double[n];
    java.util.Arrays.fill(d, 1);
    d[pivot] = -2;
    Matrix a = positiveDefinite(n);
    Matrix l = new Cholesky(a).lower();
    Matrix indefinite = l.scaleColumns(d).timesTranspose(l);
    var failure =
        catchThrowableOfType(NotPositiveDefiniteException.class, () -> new Cholesky(indefinite));
    assertThat(failure.pivot()).isEqualTo(pivot);
    assertThat(failure.value()).isNegative();
  }

  private static void assertClose(double[] actual, double[] expected) {
    Matrix difference = Matrix.adopt(1, actual.length, Arrays.minus(actual, expected));
    assertThat(difference.maxAbs()).isLessThan(actual.length * ROUNDING);
  }

  /** Lᵢⱼ = (Aᵢⱼ − Σ_{k<j} Lᵢₖ Lⱼₖ) / Lⱼⱼ, row by row. */
  private static Matrix textbookFactor(Matrix a) {
    int n = a.rows();
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = a.get(i, j);
        for (int k = 0; k < j; k++) rest -= l[i][k] * l[j][k];
        l[i][j] = i == j ? Math.sqrt(rest) : rest / l[j][j];
      }
    }
    double[] entries = new double[n * n];
    for (int i = 0; i < n; i++) System.arraycopy(l[i], 0, entries, i * n, n);
    return Matrix.adopt(n, n, entries);
  }

  /** xᵢ = (bᵢ − Σ_{j<i} Lᵢⱼ xⱼ) / Lᵢᵢ. */
  private static double[] textbookLower(Matrix l, double[] b) {
    double[] x = new double[b.length];
    for (int i = 0; i < x.length; i++) {
      double rest = b[i];
      for (int j = 0; j < i; j++) rest -= l.get(i, j) * x[j];
      x[i] = rest / l.get(i, i);
    }
    return x;
  }

  /** xᵢ = (bᵢ − Σ_{j>i} Lⱼᵢ xⱼ) / Lᵢᵢ, from the last. */
  private static double[] textbookUpper(Matrix l, double[] b) {
    double[] x = new double[b.length];
    for (int i = x.length - 1; i >= 0; i--) {
      double rest = b[i];
      for (int j = i + 1; j < x.length; j++) rest -= l.get(j, i) * x[j];
      x[i] = rest / l.get(i, i);
    }
    return x;
  }

  private static Matrix ejmlFactor(Matrix a) {
    var decomposition = DecompositionFactory_DDRM.chol(a.rows(), true);
    assertThat(decomposition.decompose(
            DMatrixRMaj.wrap(a.rows(), a.rows(), a.array().clone())))
        .isTrue();
    return Matrix.adopt(a.rows(), a.rows(), decomposition.getT(null).data.clone());
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
