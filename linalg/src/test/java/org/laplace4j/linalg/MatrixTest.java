package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class MatrixTest {

  private static final Matrix M = Matrix.of(2, 3, new double[] {1, 2, 3, 4, 5, 6});

  @Test
  void ofCopiesAndAdoptTakesOver() {
    double[] entries = {1, 2};
    Matrix copied = Matrix.of(1, 2, entries);
    Matrix adopted = Matrix.adopt(1, 2, entries);
    entries[0] = 7;
    assertThat(copied.get(0, 0)).isEqualTo(1);
    assertThat(adopted.get(0, 0)).isEqualTo(7);
    assertThat(adopted.array()).isSameAs(entries);
  }

  @Test
  void entriesRowsAndColumnsAreWhereTheyShouldBe() {
    assertThat(M.get(1, 0)).isEqualTo(4);
    assertThat(M.row(1)).containsExactly(4, 5, 6);
    assertThat(M.column(2)).containsExactly(3, 6);
    assertThat(M.diagonal()).containsExactly(1, 5);
    assertThat(M.trace()).isEqualTo(6);
    assertThat(M.transpose()).isEqualTo(Matrix.of(3, 2, new double[] {1, 4, 2, 5, 3, 6}));
    assertThat(M.rows(1, 2)).isEqualTo(Matrix.of(1, 3, new double[] {4, 5, 6}));
    assertThat(M.select(new int[] {1, 0}, new int[] {2, 2}))
        .isEqualTo(Matrix.of(2, 2, new double[] {6, 6, 3, 3}));
    assertThat(M.selectColumns(new int[] {1})).isEqualTo(Matrix.of(2, 1, new double[] {2, 5}));
    assertThat(M.selectRows(new int[] {1, 1}))
        .isEqualTo(Matrix.of(2, 3, new double[] {4, 5, 6, 4, 5, 6}));
  }

  @Test
  void productsOnPaper() {
    Matrix b = Matrix.of(3, 1, new double[] {1, 0, -1});
    assertThat(M.times(b)).isEqualTo(Matrix.of(2, 1, new double[] {-2, -2}));
    assertThat(M.times(b.column(0))).containsExactly(-2, -2);
    assertThat(M.transposeTimes(new double[] {1, -1})).containsExactly(-3, -3, -3);
    assertThat(M.gram()).isEqualTo(M.transpose().times(M));
    assertThat(M.outerGram()).isEqualTo(Matrix.of(2, 2, new double[] {14, 32, 32, 77}));
    assertThat(M.transposeTimes(Matrix.identity(2))).isEqualTo(M.transpose());
    assertThat(M.timesTranspose(Matrix.identity(3))).isEqualTo(M);
  }

  @Test
  void arithmeticIsEntryByEntry() {
    assertThat(M.plus(M)).isEqualTo(M.times(2));
    assertThat(M.times(3).minus(M)).isEqualTo(M.times(2));
    assertThat(M.hadamard(M)).isEqualTo(Matrix.of(2, 3, new double[] {1, 4, 9, 16, 25, 36}));
    double[] two = {2, 3};
    double[] three = {1, 0, -1};
    assertThat(M.scaleRows(two)).isEqualTo(Matrix.diagonal(two).times(M));
    assertThat(M.scaleColumns(three))
        .isEqualTo(M.times(Matrix.diagonal(three)).plus(Matrix.zeros(2, 3)));
    assertThat(Matrix.identity(2).plusDiagonal(two))
        .isEqualTo(Matrix.diagonal(new double[] {3, 4}));
    assertThat(M.times(-1).maxAbs()).isEqualTo(6);
  }

  @Test
  void emptyMatricesAreMatrices() {
    Matrix none = Matrix.zeros(0, 3);
    assertThat(none.gram()).isEqualTo(Matrix.zeros(3, 3));
    assertThat(none.transpose().times(none)).isEqualTo(Matrix.zeros(3, 3));
    assertThat(none.times(new double[3])).isEmpty();
    assertThat(none.maxAbs()).isEqualTo(0);
  }

  @Test
  void equalityIsThatOfShapeAndBits() {
    assertThat(M)
        .isEqualTo(Matrix.of(2, 3, M.array()))
        .hasSameHashCodeAs(Matrix.of(2, 3, M.array()));
    assertThat(M).isNotEqualTo(Matrix.of(3, 2, M.array()));
    assertThat(M).isNotEqualTo(M.times(2));
    assertThat(M).hasToString("Matrix(2, 3)[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]");
    assertThat(Matrix.zeros(9, 9)).hasToString("Matrix(9, 9)");
  }

  @Test
  void shapesThatDoNotFitAreNamed() {
    assertThatThrownBy(() -> Matrix.of(2, 3, new double[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("requires 6")
        .hasMessageContaining("5 were given");
    assertThatThrownBy(() -> M.times(M))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 3)")
        .hasMessageContaining("requires 3, and 2 came");
    assertThatThrownBy(() -> M.times(new double[2])).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> M.transposeTimes(new double[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> M.plus(M.transpose())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> M.plusDiagonal(new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Matrix.zeros(1 << 20, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048576");
    assertThatThrownBy(() -> M.get(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void transposeSwapsIndicesAcrossTiles() {
    double[] entries = new double[17 * 33];
    java.util.Arrays.setAll(entries, i -> i);
    Matrix transposed = Matrix.of(17, 33, entries).transpose();
    for (int i = 0; i < 17; i++) {
      for (int j = 0; j < 33; j++) {
        assertThat(transposed.get(j, i)).isEqualTo(i * 33 + j);
      }
    }
  }
}
