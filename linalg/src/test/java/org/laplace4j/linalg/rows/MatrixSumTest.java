package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;

@Tag("scalar")
class MatrixSumTest {

  @Test
  void blocksAddWhereTheyArePlaced() {
    var sum = new MatrixSum(2, 3);
    sum.add(Matrix.of(1, 2, new double[] {1, 2}), 1, 1);
    sum.add(Matrix.of(2, 1, new double[] {10, 20}), 0, 1);
    Matrix before = sum.total();
    sum.array()[0] = 5;
    assertThat(before).isEqualTo(Matrix.of(2, 3, new double[] {0, 10, 0, 0, 21, 2}));
    assertThat(sum.total().get(0, 0)).isEqualTo(5);
    assertThat(sum.rows()).isEqualTo(2);
    assertThat(sum.cols()).isEqualTo(3);
  }

  @Test
  void aBlockThatDoesNotFitIsRefused() {
    var sum = new MatrixSum(2, 3);
    assertThatThrownBy(() -> sum.add(Matrix.zeros(2, 2), 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(0, 2)")
        .hasMessageContaining("(2, 3)");
    assertThatThrownBy(() -> sum.add(Matrix.zeros(1, 1), -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
