package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;

@Tag("scalar")
class BlockRowsTest {

  /**
   * A linear layer at one example: weight rows δ ⊗ a with δ = (1, 2), a = (3, 4), and bias rows δ.
   * J = (3 4 6 8 | 1 2).
   */
  private final Matrix delta = Matrix.of(1, 2, new double[] {1, 2});

  private final KhatriRaoRows weight =
      new KhatriRaoRows(delta, Matrix.of(1, 2, new double[] {3, 4}));
  private final KhatriRaoRows bias = KhatriRaoRows.bias(delta, 1);
  private final BlockRows j = new BlockRows(List.of(weight, bias));

  @Test
  void blocksStandSideBySide() {
    assertThat(j.dense().array()).containsExactly(3, 4, 6, 8, 1, 2);
    assertThat(j.size()).isEqualTo(6);
  }

  @Test
  void gramJoinsTheBlocks() {
    var sum = new MatrixSum(6, 6);
    j.addGramTo(sum, 0);
    // The outer product of the row with itself: the last column is 2 (3 4 6 8 1 2).
    assertThat(sum.total().column(5)).containsExactly(6, 8, 12, 16, 2, 4);
    assertThat(sum.total().row(5)).containsExactly(6, 8, 12, 16, 2, 4);
  }

  @Test
  void aBlockInsideABlockIsUnpacked() {
    var nested = new BlockRows(List.of(j, bias));
    assertThat(nested.blocks()).containsExactly(weight, bias, bias);
  }

  @Test
  void selectingOneBlockGivesThatBlock() {
    assertThat(j.select(new int[] {0, 1, 2, 3})).isSameAs(weight);
    assertThat(j.select(new int[] {4, 5})).isSameAs(bias);
  }

  @Test
  void selectingAcrossBlocksSelectsInEach() {
    Rows selected = j.select(new int[] {1, 3, 5});
    assertThat(selected.dense().array()).containsExactly(4, 8, 2);
    assertThat(selected).isInstanceOf(BlockRows.class);
  }

  @Test
  void kroneckerFactorsAreTheGramWithOneInput() {
    KroneckerFactors factors = j.kroneckerFactors();
    assertThat(factors.a().array()).containsExactly(1);
    assertThat(factors.b().trace()).isEqualTo(9 + 16 + 36 + 64 + 1 + 4);
  }

  @Test
  void sumKeepsTheBlocks() {
    Rows sum = j.plus(j);
    assertThat(sum).isInstanceOf(BlockRows.class);
    assertThat(sum.dense().array()).containsExactly(6, 8, 12, 16, 2, 4);
  }

  @Test
  void blocksOfOtherExamplesAreRefused() {
    Rows two = new DenseRows(Matrix.zeros(2, 1), 2, 1);
    assertThatThrownBy(() -> new BlockRows(List.of(weight, two)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 1)")
        .hasMessageContaining("(1, 1)");
    assertThatThrownBy(() -> new BlockRows(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}
