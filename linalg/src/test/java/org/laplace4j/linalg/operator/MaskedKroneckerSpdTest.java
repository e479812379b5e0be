package org.laplace4j.linalg.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;

/** More elements than the preconditioner has columns, so that the steps have something to do. */
@Tag("scalar")
class MaskedKroneckerSpdTest {
  private static final int OUT = 24;
  private static final int IN = 50;

  /** Residuals of 1e-10 and condition numbers of some thousands. */
  private static final double SOLVED = 1e-7;

  private final SplittableRandom rng = new SplittableRandom(1);
  private final Matrix b = covariance(OUT);
  private final Matrix a = covariance(IN);
  private final int[] places = mask(OUT * IN, 0.5);
  private final double[] delta = rng.doubles(places.length).map(u -> 0.2 + u).toArray();
  private final MaskedKroneckerSpd kronecker =
      MaskedKroneckerSpd.of(new SymmetricEigen(b), new SymmetricEigen(a), places, delta, 5);
  private final DenseSpd dense = DenseSpd.of(submatrix().plusDiagonal(delta));

  @Test
  void twoElementsOnPaper() {
    // B = [2 1; 1 2], A = [3 0; 0 1]: elements (0,0) and (1,0) have [6 3; 3 6], with 1 and 2 added.
    var p = MaskedKroneckerSpd.of(
        new SymmetricEigen(Matrix.of(2, 2, new double[] {2, 1, 1, 2})),
        new SymmetricEigen(Matrix.of(2, 2, new double[] {3, 0, 0, 1})),
        new int[] {0, 2},
        new double[] {1, 2},
        0);
    assertThat(p.times(new double[] {1, 0})).containsExactly(new double[] {7, 3}, within(1e-14));
    assertThat(p.times(new double[] {0, 1})).containsExactly(new double[] {3, 8}, within(1e-14));
    // det = 56 − 9 = 47, inverse [8 −3; −3 7] / 47
    assertThat(p.solve(new double[] {47, 0})).containsExactly(new double[] {8, -3}, within(1e-9));
    assertThat(p.logDet()).isCloseTo(Math.log(47), within(1e-9));
    assertThat(p.inverseDiagonal()).containsExactly(new double[] {8. / 47, 7. / 47}, within(1e-9));
    assertThat(p.noiseSize()).isEqualTo(6);
  }

  @Test
  void productsAndSolvesAreThoseOfTheDenseMatrix() {
    double[] v = random(1, places.length).array();
    assertThat(kronecker.times(v)).containsExactly(dense.times(v), within(1e-10));
    assertThat(kronecker.diagonal()).containsExactly(dense.diagonal(), within(1e-11));
    assertThat(kronecker.solve(v)).containsExactly(dense.solve(v), within(SOLVED));
    assertThat(kronecker.toDense().minus(dense.toDense()).maxAbs()).isLessThan(1e-10);
  }

  @Test
  void predictiveVariancesAreThoseOfTheDenseMatrix() {
    Rows j = new KhatriRaoRows(random(6, OUT), random(3, IN)).select(places);
    assertThat(kronecker.inverseQuadratic(j).minus(dense.inverseQuadratic(j)).maxAbs())
        .isLessThan(SOLVED);
    assertThat(kronecker
            .inverseQuadraticBlocks(j)
            .minus(dense.inverseQuadraticBlocks(j))
            .maxAbs())
        .isLessThan(SOLVED);
    assertThat(kronecker.inverseQuadraticDiagonal(j))
        .containsExactly(dense.inverseQuadraticDiagonal(j), within(SOLVED));
  }

  /**
   * wᵀ M Mᵀ w = wᵀ P⁻¹ w for some w: M Mᵀ itself would take as many solves as the noise is long.
   */
  @Test
  void drawsHaveTheCovarianceOfTheInverse() {
    double[] w = random(1, places.length).array();
    double squares = 0;
    int noise = kronecker.noiseSize();
    for (int i = 0; i < noise; i += 1) {
      double[] unit = new double[noise];
      unit[i] = 1;
      double component = Arrays.dot(w, kronecker.unwhiten(unit));
      squares += component * component;
    }
    assertThat(squares).isCloseTo(Arrays.dot(w, dense.solve(w)), within(SOLVED * squares));
  }

  @Test
  void theLogDeterminantIsWithinItsErrorsAndThoseAreSmall() {
    for (int seed = 0; seed < 5; seed++) {
      var p =
          MaskedKroneckerSpd.of(new SymmetricEigen(b), new SymmetricEigen(a), places, delta, seed);
      assertThat(p.logDet()).isCloseTo(dense.logDet(), within(6 * p.logDetStandardError()));
      assertThat(p.logDetStandardError()).isBetween(1e-6, 0.01 * places.length);
      assertThat(p.logDet()).isEqualTo(p.logDet());
    }
  }

  @Test
  void sampledVariancesAreWithinTheirErrorsAndBounds() {
    int[] most = mask(OUT * IN, 0.95);
    double[] deltas = new double[most.length];
    java.util.Arrays.fill(deltas, 0.5);
    var p = MaskedKroneckerSpd.of(new SymmetricEigen(b), new SymmetricEigen(a), most, deltas, 3);
    assertThat(p.size()).isGreaterThan(1_024);
    double[] exact = DenseSpd.of(p.toDense()).inverseDiagonal();
    double[] sampled = p.inverseDiagonal();
    double[] errors = p.inverseDiagonalStandardErrors();
    int near = 0;
    for (int i = 0; i < exact.length; i++) {
      assertThat(sampled[i]).isLessThanOrEqualTo(2.0);
      if (Math.abs(sampled[i] - exact[i]) <= 2 * errors[i]) near++;
    }
    assertThat(near).isGreaterThan((int) (0.9 * exact.length));
    assertThat(Arrays.sum(sampled)).isCloseTo(Arrays.sum(exact), within(0.01 * Arrays.sum(exact)));
  }

  @Test
  void theSameEigenvaluesInTheSameBasesAreTheSameOperator() {
    SymmetricEigen eigenB = new SymmetricEigen(b);
    SymmetricEigen eigenA = new SymmetricEigen(a);
    Matrix s = Matrix.adopt(OUT, 1, eigenB.values()).times(Matrix.adopt(1, IN, eigenA.values()));
    var ekfac = MaskedKroneckerSpd.of(eigenB.vectors(), eigenA.vectors(), s, places, delta, 5);
    double[] v = random(1, places.length).array();
    assertThat(ekfac.times(v)).containsExactly(kronecker.times(v), within(1e-10));
    assertThat(ekfac.solve(v)).containsExactly(kronecker.solve(v), within(SOLVED));
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsNumbers() {
    SymmetricEigen two = new SymmetricEigen(Matrix.identity(2));
    assertThatThrownBy(
            () -> MaskedKroneckerSpd.of(two, two, new int[] {1, 4}, new double[] {1, 1}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("place 4")
        .hasMessageContaining("(2, 2)");
    assertThatThrownBy(
            () -> MaskedKroneckerSpd.of(two, two, new int[] {1, 1}, new double[] {1, 1}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("place 1 after 1");
    assertThatThrownBy(() -> MaskedKroneckerSpd.of(two, two, new int[] {1}, new double[] {0}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.0");
    Matrix negative = Matrix.of(2, 2, new double[] {1, 1, -1, 1});
    assertThatThrownBy(() -> MaskedKroneckerSpd.of(
            Matrix.identity(2), Matrix.identity(2), negative, new int[] {1}, new double[] {1}, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1.0");
  }

  /** Bᵢᵢ′ Aⱼⱼ′ at the places. */
  private Matrix submatrix() {
    int n = places.length;
    double[] h = new double[n * n];
    for (int s = 0; s < n; s++) {
      for (int t = 0; t < n; t++) {
        h[s * n + t] =
            b.get(places[s] / IN, places[t] / IN) * a.get(places[s] % IN, places[t] % IN);
      }
    }
    return Matrix.adopt(n, n, h);
  }

  private int[] mask(int n, double part) {
    return IntStream.range(0, n).filter(i -> rng.nextDouble() < part).toArray();
  }

  private Matrix random(int rows, int cols) {
    return Matrix.adopt(rows, cols, rng.doubles((long) rows * cols, -1, 1).toArray());
  }

  /** Eigenvalues that fall, as those of activations and gradients do. */
  private Matrix covariance(int n) {
    Matrix x = random(2 * n, n);
    double[] scales =
        IntStream.range(0, n).mapToDouble(i -> 3 / Math.sqrt(1 + i)).toArray();
    return x.scaleColumns(scales).gram().times(1.0 / n);
  }
}
