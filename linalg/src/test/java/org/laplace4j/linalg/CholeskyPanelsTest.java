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
 * Panels of 256 and blocks of 16 against the loops of a textbook, at sizes where one begins, ends
 * or is whole.
 */
@Tag("scalar")
class CholeskyPanelsTest {

  private static final int PANEL = 256;
  private static final int BLOCK = 16;

  /** Sums of n products in another order; the matrices have condition numbers below 100. */
  private static final double ROUNDING = 1e-14;

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 15, 16, 17, 31, 32, 33, 48, 65, 129, 255, 256, 257, 272, 321, 385, 530})
  void theFactorIsThatOfTheTextbookAndOfEjml(int n) {
    Matrix a = positiveDefinite(n);
    Matrix l = new Cholesky(a).lower();
    assertThat(l.minus(textbookFactor(a)).maxAbs()).isLessThan(n * ROUNDING);
    assertThat(l.minus(ejmlFactor(a)).maxAbs()).isLessThan(n * ROUNDING);
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) assertThat(l.get(i, j)).isZero();
    }
  }

  /** So vectors and threads, which the loops do not have, change no bit. */
  @ParameterizedTest
  @ValueSource(ints = {7, 16, 37, 130, 256, 300, 700})
  void theFactorHasTheBitsOfPanelsInPlainLoops(int n) {
    Matrix a = positiveDefinite(n);
    assertThat(new Cholesky(a).lower()).isEqualTo(factorInPlainLoops(a));
  }

  @ParameterizedTest
  @CsvSource({
    "17,0", "65,63", "65,64", "130,16", "193,192", "256,255", "300,255", "300,256", "530,513"
  })
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

  @ParameterizedTest
  @ValueSource(ints = {5, 40, 300})
  void theUpperTriangleIsNotRead(int n) {
    Matrix a = positiveDefinite(n);
    double[] spoiled = a.array().clone();
    for (int i = 0; i < n; i++)
      java.util.Arrays.fill(spoiled, i * n + i + 1, (i + 1) * n, Double.NaN);
    assertThat(new Cholesky(Matrix.adopt(n, n, spoiled)).lower())
        .isEqualTo(new Cholesky(a).lower());
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 300})
  void noZeroOfADiagonalMatrixIsNegative(int n) {
    assertThat(new Cholesky(Matrix.identity(n).times(4)).lower())
        .isEqualTo(Matrix.identity(n).times(2));
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
    return matrix(l);
  }

  /** −A becomes L: of each panel row by row, of each row block by block; then what it adds. */
  private static Matrix factorInPlainLoops(Matrix a) {
    int n = a.rows();
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) l[i][j] = -a.get(i, j);
    }
    for (int at = 0; at < n; at += PANEL) {
      int end = Math.min(n, at + PANEL);
      double[][] inverse = new double[end][end];
      for (int i = at; i < n; i++) {
        for (int b = at; b < Math.min(i + 1, end); b += BLOCK) {
          int blockEnd = Math.min(end, b + BLOCK);
          addChains(l, i, b, blockEnd, at, b);
          if (i < blockEnd) {
            factorRow(l, i, b, inverse);
          } else {
            l[i] = timesInverse(l[i], b, blockEnd, inverse);
          }
        }
      }
      for (int i = end; i < n; i++) addChains(l, i, end, n, at, end);
    }
    return matrix(l);
  }

  /** lᵢⱼ += Σ lᵢₖ lⱼₖ, some columns j up to the diagonal, over some k. */
  private static void addChains(double[][] l, int i, int fromJ, int toJ, int fromK, int toK) {
    for (int j = fromJ; j < Math.min(toJ, i + 1); j++) {
      double sum = 0;
      for (int k = fromK; k < toK; k++) sum = Math.fma(l[i][k], l[j][k], sum);
      l[i][j] += sum;
    }
  }

  /** Row i of the block on the diagonal that begins with row b, and column i of −D⁻ᵀ. */
  private static void factorRow(double[][] l, int i, int b, double[][] inverse) {
    for (int j = b; j <= i; j++) {
      double rest = l[i][j];
      for (int k = b; k < j; k++) rest = Math.fma(l[i][k], l[j][k], rest);
      l[i][j] = i == j ? Math.sqrt(-rest) : -rest / l[j][j];
    }
    inverse[i][i] = -1 / l[i][i];
    for (int j = b; j < i; j++) {
      double sum = 0;
      for (int k = j; k < i; k++) sum = Math.fma(l[i][k], inverse[j][k], sum);
      inverse[j][i] = -sum / l[i][i];
    }
  }

  private static double[] timesInverse(double[] row, int b, int end, double[][] inverse) {
    double[] x = row.clone();
    for (int j = b; j < end; j++) {
      x[j] = 0;
      for (int k = b; k <= j; k++) x[j] = Math.fma(row[k], inverse[k][j], x[j]);
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

  private static Matrix matrix(double[][] rows) {
    int n = rows.length;
    double[] entries = new double[n * n];
    for (int i = 0; i < n; i++) System.arraycopy(rows[i], 0, entries, i * n, n);
    return Matrix.adopt(n, n, entries);
  }

  private static Matrix positiveDefinite(int n) {
    Matrix root = Matrix.adopt(
        n, 2 * n, new SplittableRandom(n).doubles(2L * n * n, -1, 1).toArray());
    return root.outerGram().times(1.0 / n).plus(Matrix.identity(n));
  }
}
