package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;

@Tag("scalar")
class DenseRowsTest {

  private final DenseRows j = new DenseRows(Matrix.of(2, 2, new double[] {1, 2, 3, 4}), 2, 1);

  @Test
  void kroneckerFactorsAreExact() {
    KroneckerFactors factors = j.kroneckerFactors();
    // JᵀJ = (1 + 9, 2 + 12; 2 + 12, 4 + 16); A / count = [2] / 2 = 1.
    assertThat(factors.b().array()).containsExactly(10, 14, 14, 20);
    assertThat(factors.a().array()).containsExactly(2);
    assertThat(factors.count()).isEqualTo(2);
  }

  @Test
  void rotationReadsARowAsAWeightByRows() {
    var row = new DenseRows(Matrix.of(1, 4, new double[] {1, 2, 3, 4}), 1, 1);
    Matrix sum = Matrix.of(2, 1, new double[] {1, 1});
    Matrix identity = Matrix.identity(2);
    // R = (1 2; 3 4): summing its rows gives (4, 6), its columns (3, 7).
    assertThat(row.rotated(sum, identity).dense().array()).containsExactly(4, 6);
    assertThat(row.rotated(identity, sum).dense().array()).containsExactly(3, 7);
  }

  @Test
  void rowsMustBeExamplesTimesColumns() {
    assertThatThrownBy(() -> new DenseRows(Matrix.zeros(5, 2), 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(5, 2)")
        .hasMessageContaining("2 examples with 3 columns");
  }
}
