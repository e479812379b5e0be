package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Halves against the QL algorithm, where eigenvalues are apart, equal, clustered or nearly so. */
@Tag("scalar")
class DivideAndConquerTest {

  /** A few roundings of the norm at each of the levels, of which there are fewer than ten. */
  private static final double ROUNDING = 1e-14;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 32, 33, 64, 65, 66, 130, 257})
  void aRandomMatrixHasTheSpectrumThatQlFinds(int n) {
    check(random(n, 1), random(n - 1, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 80, 129})
  void theLaplacianOfAPathIsDecomposed(int n) {
    check(constant(n, 1), constant(n - 1, -0.5));
  }

  @Test
  void aMatrixThatIsTornAlreadyIsDecomposed() {
    double[] e = random(99, 3);
    e[49] = 0;
    e[24] = 0;
    check(random(100, 4), e);
  }

  @Test
  void eigenvaluesThatAreEqualButForRoundingAreDeflated() {
    // Two copies of a matrix, joined by next to nothing: each eigenvalue comes twice.
    double[] d = random(50, 5);
    double[] e = random(49, 6);
    double[] twice = new double[100];
    double[] beside = new double[99];
    for (int copy = 0; copy < 2; copy++) {
      System.arraycopy(d, 0, twice, 50 * copy, 50);
      System.arraycopy(e, 0, beside, 50 * copy, 49);
    }
    beside[49] = 1e-17;
    check(twice, beside);
  }

  @Test
  void aGluedWilkinsonMatrixIsDecomposed() {
    // W21⁺ has pairs of eigenvalues that agree to 14 digits; glued copies have clusters of them.
    double[] d = new double[210];
    double[] e = new double[209];
    for (int i = 0; i < 210; i++) {
      d[i] = Math.abs(i % 21 - 10) / 10.0;
      if (i < 209) e[i] = i % 21 == 20 ? 1e-9 : 0.1;
    }
    check(d, e);
  }

  @Test
  void aGradedMatrixIsDecomposed() {
    double[] d = new double[120];
    double[] e = new double[119];
    for (int i = 0; i < 120; i++) {
      d[i] = Math.pow(0.7, i);
      if (i < 119) e[i] = 0.4 * Math.pow(0.7, i);
    }
    check(d, e);
  }

  private static void check(double[] d, double[] e) {
    int n = d.length;
    Matrix t = tridiagonal(d, e);
    double[] byQl = d.clone();
    new ImplicitQl(byQl, e.clone(), new double[0]).run();
    double[] values = d.clone();
    double[] rows = new double[n * n];
    new DivideAndConquer(values, e.clone(), rows).run();
    Matrix w = Matrix.adopt(n, n, rows);
    assertThat(w.outerGram().minus(Matrix.identity(n)).maxAbs()).isLessThan(ROUNDING);
    Matrix rebuilt = w.transpose().scaleColumns(values).times(w);
    assertThat(rebuilt.minus(t).maxAbs()).isLessThan(ROUNDING * t.maxAbs());
    java.util.Arrays.sort(byQl);
    java.util.Arrays.sort(values);
    for (int i = 0; i < n; i++) {
      assertThat(Math.abs(values[i] - byQl[i])).isLessThan(2 * ROUNDING * t.maxAbs());
    }
  }

  private static Matrix tridiagonal(double[] d, double[] e) {
    int n = d.length;
    double[] t = new double[n * n];
    for (int i = 0; i < n; i++) {
      t[i * n + i] = d[i];
      if (i < n - 1) {
        t[i * n + i + 1] = e[i];
        t[(i + 1) * n + i] = e[i];
      }
    }
    return Matrix.adopt(n, n, t);
  }

  private static double[] random(int n, long seed) {
    return new SplittableRandom(seed).doubles(n, -1, 1).toArray();
  }

  private static double[] constant(int n, double value) {
    double[] values = new double[n];
    java.util.Arrays.fill(values, value);
    return values;
  }
}
