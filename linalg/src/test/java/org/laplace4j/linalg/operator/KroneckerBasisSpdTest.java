package org.laplace4j.linalg.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.rows.KhatriRaoRows;

@Tag("scalar")
class KroneckerBasisSpdTest {

  private static final double ROUNDING = 1e-14; // a handful of products with 1/√2

  private static final double R = Math.sqrt(0.5);

  /**
   * B = (2 1; 1 2) has eigenvalues 1 and 3, with vectors (1, −1)/√2 and (1, 1)/√2; A = [2]; δ = 1.
   * P = 2B + I.
   */
  private final Matrix b = Matrix.of(2, 2, new double[] {2, 1, 1, 2});

  private final KroneckerBasisSpd p = KroneckerBasisSpd.of(
      new SymmetricEigen(b), new SymmetricEigen(Matrix.diagonal(new double[] {2})), 1);

  @Test
  void isTheKroneckerProductPlusAMultipleOfTheIdentity() {
    // P = (5 2; 2 5), eigenvalues 2·1 + 1 = 3 and 2·3 + 1 = 7, P⁻¹ = (5 −2; −2 5) / 21.
    assertThat(p.toDense().array()).containsExactly(new double[] {5, 2, 2, 5}, within(ROUNDING));
    assertThat(p.logDet()).isCloseTo(Math.log(21), within(ROUNDING));
    assertThat(p.times(new double[] {1, 0})).containsExactly(new double[] {5, 2}, within(ROUNDING));
    assertThat(p.solve(new double[] {5, 2})).containsExactly(new double[] {1, 0}, within(ROUNDING));
    assertThat(p.inverseDiagonal())
        .containsExactly(new double[] {5 / 21.0, 5 / 21.0}, within(ROUNDING));
  }

  @Test
  void theOutputFactorComesFirst() {
    // U_B = I, U_A = (R R; R −R), S = (1 4; 9 16): rows of W are independent, each with its own
    // pair of eigenvalues.
    Matrix uA = Matrix.of(2, 2, new double[] {R, R, R, -R});
    var q =
        KroneckerBasisSpd.of(Matrix.identity(2), uA, Matrix.of(2, 2, new double[] {1, 4, 9, 16}));
    // Block of row 0: ½ (1 + 4, 1 − 4; 1 − 4, 1 + 4). Block of row 1: ½ (25, −7; −7, 25).
    double[] expected = {2.5, -1.5, 0, 0, -1.5, 2.5, 0, 0, 0, 0, 12.5, -3.5, 0, 0, -3.5, 12.5};
    assertThat(q.toDense().array()).containsExactly(expected, within(ROUNDING));
    // M (1, 0, 0, 0)ᵀ = u₁ / √1 in row 0.
    assertThat(q.unwhiten(new double[] {1, 0, 0, 0}))
        .containsExactly(new double[] {R, R, 0, 0}, within(ROUNDING));
    assertThat(q.unwhiten(new double[] {0, 0, 0, 1}))
        .containsExactly(new double[] {0, 0, R / 4, -R / 4}, within(ROUNDING));
  }

  /** U_B ((E / √S) U_Aᵀ), also of more draws than are made together, of a weight and of a bias. */
  @Test
  void drawsOfManyNoisesAreThoseOfTheDefinition() {
    var rng = new Random(7);
    for (int in : new int[] {1, 100}) {
      int out = 40;
      Matrix uB = basis(rng, out);
      Matrix uA = basis(rng, in);
      Matrix s = uniform(rng, out, in).plus(uniform(rng, out, in));
      int count = (1 << 17) / (out * in) * (in == 1 ? 1 : 3) + 2;
      Matrix noise = uniform(rng, count, out * in);
      Matrix draws = KroneckerBasisSpd.of(uB, uA, s).unwhiten(noise);
      for (int row : new int[] {0, 1, count / 2, count - 2, count - 1}) {
        double[] e = Arrays.dividedBy(noise.row(row), Arrays.sqrt(s.array()));
        Matrix expected = uB.times(Matrix.adopt(out, in, e)).timesTranspose(uA);
        assertThat(Matrix.adopt(out, in, draws.row(row)).minus(expected).maxAbs())
            .isLessThan(10 * ROUNDING);
      }
    }
  }

  private static Matrix uniform(Random rng, int rows, int cols) {
    return Matrix.adopt(rows, cols, rng.doubles((long) rows * cols).toArray());
  }

  private static Matrix basis(Random rng, int n) {
    return new SymmetricEigen(uniform(rng, n, n).gram()).vectors();
  }

  @Test
  void inverseQuadraticOfAWeightsRows() {
    // J = δ ⊗ a with δ = (1, 1), a = (2): (2, 2) P⁻¹ (2, 2)ᵀ = 8 / 7, since (1, 1) belongs to
    // eigenvalue 7.
    var j =
        new KhatriRaoRows(Matrix.of(1, 2, new double[] {1, 1}), Matrix.of(1, 1, new double[] {2}));
    assertThat(p.inverseQuadratic(j).get(0, 0)).isCloseTo(8 / 7.0, within(ROUNDING));
    assertThat(p.inverseQuadraticBlocks(j).get(0, 0)).isCloseTo(8 / 7.0, within(ROUNDING));
    assertThat(p.inverseQuadraticDiagonal(j)[0]).isCloseTo(8 / 7.0, within(ROUNDING));
  }

  @Test
  void eigenvaluesBelowZeroByRoundingCountAsZero() {
    var one = new SymmetricEigen(Matrix.identity(1));
    var rounded = new SymmetricEigen(Matrix.diagonal(new double[] {1, -1e-13}));
    // S = (0 + ½, 1 + ½), exactly.
    assertThat(KroneckerBasisSpd.of(rounded, one, 0.5).inverseDiagonal())
        .containsExactly(1 / 1.5, 2);
  }

  @Test
  void aFactorThatIsTrulyIndefiniteIsRefused() {
    var one = new SymmetricEigen(Matrix.identity(1));
    var indefinite = new SymmetricEigen(Matrix.diagonal(new double[] {1, -0.25}));
    var refusal = catchThrowableOfType(
        NotPositiveDefiniteException.class, () -> KroneckerBasisSpd.of(indefinite, one, 0.5));
    assertThat(refusal.value()).isEqualTo(-0.25);
    assertThat(refusal).hasMessageContaining("factor B");
  }

  @Test
  void aSingularProductNeedsAPositiveMultiple() {
    var one = new SymmetricEigen(Matrix.identity(1));
    var singular = new SymmetricEigen(Matrix.diagonal(new double[] {1, 0}));
    for (double delta : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> KroneckerBasisSpd.of(singular, one, delta))
          .isInstanceOf(NotPositiveDefiniteException.class)
          .hasMessageContaining(String.valueOf(delta));
    }
  }

  @Test
  void rejectsBasesThatAreNotOrthogonalAndEigenvaluesThatDoNotFit() {
    Matrix i = Matrix.identity(2);
    Matrix ones = Matrix.of(2, 2, new double[] {1, 1, 1, 1});
    assertThatThrownBy(() -> KroneckerBasisSpd.of(ones, i, ones))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("U_B");
    assertThatThrownBy(() -> KroneckerBasisSpd.of(i, i.times(Double.NaN), ones))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("U_A");
    assertThatThrownBy(() -> KroneckerBasisSpd.of(i, Matrix.identity(3), ones))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 2)")
        .hasMessageContaining("3");
    assertThatThrownBy(() -> KroneckerBasisSpd.of(i, i, ones.times(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1.0");
  }
}
