package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Halves and blocks of 16 against the loops of a textbook, at sizes where a block begins, ends or
 * is whole.
 */
@Tag("scalar")
class BlockedTriangleTest {

  /** Sums of n products in another order; the matrices have condition numbers below 100. */
  private static final double ROUNDING = 1e-14;

  @ParameterizedTest
  @CsvSource({
    "15,3", "16,16", "17,1", "31,2", "33,5", "63,1", "64,3", "65,64", "128,2", "129,7", "192,65",
    "193,1"
  })
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

  private static void assertClose(double[] actual, double[] expected) {
    Matrix difference = Matrix.adopt(1, actual.length, Arrays.minus(actual, expected));
    assertThat(difference.maxAbs()).isLessThan(actual.length * ROUNDING);
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
