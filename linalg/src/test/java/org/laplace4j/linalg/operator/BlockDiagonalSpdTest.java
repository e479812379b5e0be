package org.laplace4j.linalg.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.DenseRows;

@Tag("scalar")
class BlockDiagonalSpdTest {

  private static final double ROUNDING = 1e-15; // one or two operations each

  /** (4 2; 2 10), determinant 36, beside diag(9). */
  private final BlockDiagonalSpd p = BlockDiagonalSpd.of(List.of(
      DenseSpd.of(Matrix.of(2, 2, new double[] {4, 2, 2, 10})), DiagonalSpd.of(new double[] {9})));

  @Test
  void blocksDoNotMix() {
    assertThat(p.toDense().array()).containsExactly(4, 2, 0, 2, 10, 0, 0, 0, 9);
    assertThat(p.logDet()).isCloseTo(Math.log(36 * 9), within(8 * ROUNDING));
    assertThat(p.times(new double[] {1, 1, 1})).containsExactly(6, 12, 9);
    assertThat(p.unwhiten(new double[] {1, 3, 3})).containsExactly(0, 1, 1);
    assertThat(p.inverseDiagonal())
        .containsExactly(new double[] {10 / 36.0, 4 / 36.0, 1 / 9.0}, within(ROUNDING));
  }

  @Test
  void quadraticsOfTheBlocksAddUpHoweverTheRowsAreCut() {
    // J = (1 1 3): (10 − 2 − 2 + 4) / 36 + 9 / 9.
    var whole = new DenseRows(Matrix.of(1, 3, new double[] {1, 1, 3}), 1, 1);
    var asTheBlocks = new BlockRows(List.of(part(1, 1), part(3)));
    var acrossTheBlocks = new BlockRows(List.of(part(1), part(1, 3)));
    for (var j : List.of(whole, asTheBlocks, acrossTheBlocks)) {
      assertThat(p.inverseQuadratic(j).get(0, 0)).isCloseTo(10 / 36.0 + 1, within(ROUNDING));
      assertThat(p.inverseQuadraticBlocks(j).get(0, 0)).isCloseTo(10 / 36.0 + 1, within(ROUNDING));
      assertThat(p.inverseQuadraticDiagonal(j)[0]).isCloseTo(10 / 36.0 + 1, within(ROUNDING));
    }
  }

  @Test
  void needsABlock() {
    assertThatThrownBy(() -> BlockDiagonalSpd.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The first block at elements 0 and 2: (4 0 2; 0 9 0; 2 0 10). */
  @Test
  void aBlockMayLieAroundAnother() {
    var around = BlockDiagonalSpd.of(p.blocks(), List.of(new int[] {0, 2}, new int[] {1}));
    assertThat(around.toDense().array()).containsExactly(4, 0, 2, 0, 9, 0, 2, 0, 10);
    assertThat(around.times(new double[] {1, 1, 1})).containsExactly(6, 9, 12);
    assertThat(around.unwhiten(new double[] {1, 3, 3})).containsExactly(0, 1, 1);
    assertThat(around.inverseDiagonal())
        .containsExactly(new double[] {10 / 36.0, 1 / 9.0, 4 / 36.0}, within(ROUNDING));
    var j = new DenseRows(Matrix.of(1, 3, new double[] {1, 3, 1}), 1, 1);
    assertThat(around.inverseQuadratic(j).get(0, 0)).isCloseTo(10 / 36.0 + 1, within(ROUNDING));
  }

  @Test
  void placesThatAreNoPartitionAreRefused() {
    assertRefused("block 1", new int[] {0, 1}, new int[] {1});
    assertRefused("place 3", new int[] {0, 3}, new int[] {1});
    assertRefused("place 0 after 2", new int[] {2, 0}, new int[] {1});
    assertRefused("1 places", new int[] {0}, new int[] {1});
    assertRefused("1 blocks", new int[] {0, 1});
  }

  private void assertRefused(String said, int[]... places) {
    assertThatThrownBy(() -> BlockDiagonalSpd.of(p.blocks(), List.of(places)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  private static DenseRows part(double... row) {
    return new DenseRows(Matrix.of(1, row.length, row), 1, 1);
  }
}
