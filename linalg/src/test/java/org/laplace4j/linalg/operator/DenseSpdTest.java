package org.laplace4j.linalg.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.linalg.rows.TriangularProduct;

@Tag("scalar")
class DenseSpdTest {

  private static final double ROUNDING = 1e-15; // one or two operations each

  /** P has a condition of about 1,000 · 4, and some hundreds of roundings are summed. */
  private static final double CONDITION = 1e-10;

  /** L = (2 0; 1 3), P = L Lᵀ = (4 2; 2 10), det P = 36, P⁻¹ = (10 −2; −2 4) / 36. */
  private final DenseSpd p = DenseSpd.of(Matrix.of(2, 2, new double[] {4, 2, 2, 10}));

  @Test
  void everythingComesFromTheFactor() {
    assertThat(p.logDet()).isCloseTo(Math.log(36), within(4 * ROUNDING));
    assertThat(p.toDense().array()).containsExactly(4, 2, 2, 10);
    assertThat(p.times(new double[] {1, 1})).containsExactly(6, 12);
    assertThat(p.solve(new double[] {6, 12}))
        .containsExactly(new double[] {1, 1}, within(ROUNDING));
    assertThat(p.inverseDiagonal())
        .containsExactly(new double[] {10 / 36.0, 4 / 36.0}, within(ROUNDING));
  }

  @Test
  void unwhitensByTheTransposedFactor() {
    // Lᵀ x = (2 1; 0 3) x = (1, 3) has x = (0, 1).
    assertThat(p.unwhiten(new double[] {1, 3}))
        .containsExactly(new double[] {0, 1}, within(ROUNDING));
  }

  /**
   * Lᵀ M ε = ε, also where M has more columns than are made together, and more than are inverted.
   */
  @Test
  void whitenedAgainADrawIsItsNoise() {
    var rng = new Random(6);
    for (int n : new int[] {127, 129, 300, 2_049}) {
      Matrix g = Matrix.adopt(30, n, rng.doubles(30L * n).toArray());
      DenseSpd wide = DenseSpd.of(g.gram().plus(Matrix.identity(n)));
      Matrix noise = Matrix.adopt(3, n, rng.doubles(3L * n, -1, 1).toArray());
      Matrix draws = wide.unwhiten(noise);
      assertThat(draws.times(wide.factor().lower()).minus(noise).maxAbs()).isLessThan(CONDITION);
      assertThat(wide.unwhiten(noise.row(1))).isEqualTo(draws.row(1));
    }
  }

  @Test
  void inverseQuadraticIsThatOfTheInverse() {
    // J = (1 1): (10 − 2 − 2 + 4) / 36.
    var j = new DenseRows(Matrix.of(1, 2, new double[] {1, 1}), 1, 1);
    assertThat(p.inverseQuadratic(j).get(0, 0)).isCloseTo(10 / 36.0, within(ROUNDING));
    assertThat(p.inverseQuadraticDiagonal(j)[0]).isCloseTo(10 / 36.0, within(ROUNDING));
  }

  @Test
  void chunksOfManyExamplesDoNotShowInTheBits() {
    // 3,000 examples × 3 columns × 300 parameters are 2.7 million numbers, more than one chunk
    // holds.
    var rng = new Random(5);
    double[] numbers = rng.doubles(3_000 * 3 * 300).toArray();
    var j = new DenseRows(Matrix.adopt(9_000, 300, numbers), 3_000, 3);
    Matrix g = Matrix.adopt(300, 300, rng.doubles(300 * 300).toArray());
    DenseSpd wide = DenseSpd.of(g.gram().plus(Matrix.identity(300)));
    Matrix blocks = wide.inverseQuadraticBlocks(j);
    double[] diagonal = wide.inverseQuadraticDiagonal(j);
    for (int n : new int[] {0, 2_329, 2_330, 2_331, 2_999}) {
      assertThat(blocks.rows(3 * n, 3 * n + 3))
          .isEqualTo(wide.inverseQuadraticBlocks(j.examples(n, n + 1)));
      assertThat(java.util.Arrays.copyOfRange(diagonal, 3 * n, 3 * n + 3))
          .isEqualTo(wide.inverseQuadraticDiagonal(j.examples(n, n + 1)));
    }
  }

  /** 12 units of 24 inputs and their biases: the product with L⁻¹ is what pays. */
  @Test
  void rowsThatShareInputsGiveWhatTheSameRowsMultipliedOutGive() {
    var rng = new Random(6);
    int examples = 1_200;
    var weight = new KhatriRaoRows(normal(examples * 6, 12, rng), normal(examples, 24, rng));
    var j =
        new BlockRows(List.of(weight, KhatriRaoRows.bias(normal(examples * 6, 12, rng), examples)));
    DenseSpd wide = DenseSpd.of(normal(300, 300, rng).gram().plus(Matrix.identity(300)));
    Matrix blocks = wide.inverseQuadraticBlocks(j);
    double[] diagonal = wide.inverseQuadraticDiagonal(j);
    Rows few = j.examples(0, 20);
    var dense = new DenseRows(few.dense(), 20, 6);

    assertThat(TriangularProduct.pays(j)).isTrue();
    assertThat(TriangularProduct.pays(dense)).isFalse();
    assertClose(blocks.rows(0, 120), wide.inverseQuadraticBlocks(dense));
    assertClose(wide.inverseQuadratic(few), wide.inverseQuadratic(dense));
    for (int n : new int[] {0, 1_164, 1_165, 1_199}) {
      assertThat(blocks.rows(6 * n, 6 * n + 6))
          .isEqualTo(wide.inverseQuadraticBlocks(j.examples(n, n + 1)));
      assertThat(java.util.Arrays.copyOfRange(diagonal, 6 * n, 6 * n + 6))
          .isEqualTo(wide.inverseQuadraticDiagonal(j.examples(n, n + 1)));
    }
  }

  private static Matrix normal(int rows, int cols, Random rng) {
    double[] values = new double[rows * cols];
    java.util.Arrays.setAll(values, i -> rng.nextGaussian());
    return Matrix.adopt(rows, cols, values);
  }

  private static void assertClose(Matrix actual, Matrix expected) {
    assertThat(actual.minus(expected).maxAbs()).isLessThan(CONDITION * expected.maxAbs());
  }

  @Test
  void rejectsAMatrixThatIsNotSymmetric() {
    assertThatThrownBy(() -> DenseSpd.of(Matrix.of(2, 2, new double[] {4, 2.5, 2, 10})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2.5")
        .hasMessageContaining("2.0");
    assertThatThrownBy(() -> DenseSpd.of(Matrix.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhichPivotIsNotPositive() {
    // The second pivot of (1 2; 2 1) is 1 − 2² = −3.
    var refusal = catchThrowableOfType(
        NotPositiveDefiniteException.class,
        () -> DenseSpd.of(Matrix.of(2, 2, new double[] {1, 2, 2, 1})));
    assertThat(refusal.pivot()).isEqualTo(1);
    assertThat(refusal.value()).isEqualTo(-3);
    assertThatThrownBy(() ->
            DenseSpd.of(Matrix.of(2, 2, new double[] {1, Double.NaN, Double.NaN, 1})))
        .isInstanceOf(NotPositiveDefiniteException.class);
  }
}
