package org.laplace4j.linalg.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.KhatriRaoRows;

@Tag("scalar")
class BlockDiagonalSpdTest {

  private static final double ROUNDING = 1e-15; // one or two operations each

  /** Entries of some hundreds, from decompositions of small matrices. */
  private static final double SOLVED = 1e-10;

  /** (4 2; 2 10), determinant 36, beside diag(9). */
  private final BlockDiagonalSpd p = BlockDiagonalSpd.of(List.of(
      DenseSpd.of(Matrix.of(2, 2, new double[] {4, 2, 2, 10})), DiagonalSpd.of(new double[] {9})));

  @Test
  void blocksDoNotMix() {
    assertThat(p.toDense().array()).containsExactly(4, 2, 0, 2, 10, 0, 0, 0, 9);
    assertThat(p.logDet()).isCloseTo(Math.log(36 * 9), within(8 * ROUNDING));
    assertThat(p.times(new double[] {1, 1, 1})).containsExactly(6, 12, 9);
    assertThat(p.unwhiten(new double[] {1, 3, 3}))
        .containsExactly(new double[] {0, 1, 1}, within(ROUNDING));
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

  /** Blocks whose bases and Δ are equal but not the same matrix are not joined: the slow way. */
  @Test
  void aWeightAndItsBiasAreOneBlockOfTheSameNumbers() {
    var rng = new Random(4);
    Matrix delta = normal(6 * 3, 4, rng);
    Matrix copy = Matrix.of(6 * 3, 4, delta.array());
    Matrix a = normal(6, 5, rng);
    var outputs = new SymmetricEigen(normal(4, 4, rng).gram());
    var equalOutputs = new SymmetricEigen(
        outputs.vectors().scaleColumns(outputs.values()).timesTranspose(outputs.vectors()));
    var inputs = new SymmetricEigen(normal(5, 5, rng).gram());
    var one = new SymmetricEigen(Matrix.of(1, 1, new double[] {6}));
    var weight = KroneckerBasisSpd.of(outputs, inputs, 0.5);
    var joined = BlockDiagonalSpd.of(List.of(weight, KroneckerBasisSpd.of(outputs, one, 0.25)));
    var apart = BlockDiagonalSpd.of(List.of(weight, KroneckerBasisSpd.of(equalOutputs, one, 0.25)));
    var j = new BlockRows(List.of(new KhatriRaoRows(delta, a), KhatriRaoRows.bias(delta, 6)));
    var l = new BlockRows(List.of(new KhatriRaoRows(delta, a), KhatriRaoRows.bias(copy, 6)));

    for (var rows : List.of(j, l)) {
      assertClose(joined.inverseQuadratic(rows), apart.inverseQuadratic(rows));
      assertClose(joined.inverseQuadraticBlocks(rows), apart.inverseQuadraticBlocks(rows));
      assertThat(joined.inverseQuadraticDiagonal(rows))
          .containsExactly(apart.inverseQuadraticDiagonal(rows), within(SOLVED));
    }
  }

  private static Matrix normal(int rows, int cols, Random rng) {
    double[] values = new double[rows * cols];
    java.util.Arrays.setAll(values, i -> rng.nextGaussian());
    return Matrix.adopt(rows, cols, values);
  }

  private static void assertClose(Matrix actual, Matrix expected) {
    assertThat(actual.array()).containsExactly(expected.array(), within(SOLVED));
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
    assertThat(around.unwhiten(new double[] {1, 3, 3}))
        .containsExactly(new double[] {0, 1, 1}, within(ROUNDING));
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
