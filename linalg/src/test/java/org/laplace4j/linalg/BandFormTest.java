package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** To a band and on to tridiagonal form, against tridiagonal form at once. */
@Tag("scalar")
class BandFormTest {

  /** Backward stable to a few roundings of the norm for each of n columns. */
  private static final double ROUNDING = 1e-15;

  /** About the width of the band (32), twice that, and the strips of the products (256). */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 31, 32, 33, 34, 63, 64, 65, 66, 97, 150, 300})
  void theEigenvaluesStay(int n) {
    Matrix b = random(n, n);
    checkValues(b.plus(b.transpose()));
  }

  @Test
  void theEigenvaluesOfALowRankStay() {
    checkValues(random(100, 20).outerGram());
  }

  @Test
  void theEigenvaluesOfADiagonalMatrixStay() {
    double[] d = new double[70];
    java.util.Arrays.setAll(d, i -> i % 7 - 3);
    checkValues(Matrix.diagonal(d));
  }

  @Test
  void nothingIsBeyondTheBand() {
    int n = 100;
    Matrix b = random(n, n);
    var band = new BandForm(b.plus(b.transpose()).array().clone(), n);
    for (int i = 0; i < n; i++) {
      for (int j = i + BandForm.WIDTH + 1; j < n; j++) {
        assertThat(band.get(i, j)).isZero();
      }
    }
  }

  private static void checkValues(Matrix a) {
    int n = a.rows();
    double[] expected = new SymmetricEigen(a).values();
    double norm = Math.max(Math.abs(expected[0]), Math.abs(expected[n - 1]));
    double[] scaled = a.times(1 / norm).array();
    var chase = new BandChase(new BandForm(scaled, n), n);
    double[] values = chase.diagonal();
    new ImplicitQl(values, chase.beside(), new double[0]).run();
    java.util.Arrays.sort(values);
    for (int i = 0; i < n; i++) {
      assertThat(Math.abs(values[i] - expected[i] / norm)).isLessThan((n + 10) * ROUNDING);
    }
  }

  private static Matrix random(int rows, int cols) {
    return Matrix.adopt(
        rows,
        cols,
        new SplittableRandom(rows).doubles((long) rows * cols, -1, 1).toArray());
  }
}
