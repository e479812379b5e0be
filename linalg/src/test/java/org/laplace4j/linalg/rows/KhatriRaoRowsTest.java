package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;

@Tag("scalar")
class KhatriRaoRowsTest {

  /**
   * One example with two columns: δ₁ = (1, 2), δ₂ = (3, −1), a = (2, 5, −1). All numbers are small
   * integers, so every result is exact.
   *
   * <pre>
   *   row 1 = (1·a, 2·a)  = ( 2,  5, −1,   4, 10, −2)
   *   row 2 = (3·a, −1·a) = ( 6, 15, −3,  −2, −5,  1)
   * </pre>
   */
  private final Matrix delta = Matrix.of(2, 2, new double[] {1, 2, 3, -1});

  private final Matrix a = Matrix.of(1, 3, new double[] {2, 5, -1});
  private final KhatriRaoRows j = new KhatriRaoRows(delta, a);

  @Test
  void rowsAreKroneckerProducts() {
    assertThat(j.dense().array()).containsExactly(2, 5, -1, 4, 10, -2, 6, 15, -3, -2, -5, 1);
    assertThat(j.examples()).isEqualTo(1);
    assertThat(j.columns()).isEqualTo(2);
    assertThat(j.size()).isEqualTo(6);
    assertThat(j.storedNumbers()).isEqualTo(4 + 3);
  }

  @Test
  void timesReadsTheVectorAsAWeightByRows() {
    // V = (1 0 0; 0 1 0): V a = (2, 5), so δ₁ᵀ V a = 2 + 10 and δ₂ᵀ V a = 6 − 5.
    assertThat(j.times(new double[] {1, 0, 0, 0, 1, 0})).containsExactly(12, 1);
  }

  @Test
  void transposeTimesCombinesTheColumnsFirst() {
    // 2 δ₁ + δ₂ = (5, 3), times aᵀ.
    assertThat(j.transposeTimes(new double[] {2, 1})).containsExactly(10, 25, -5, 6, 15, -3);
  }

  @Test
  void squaresAreThoseOfBothFactors() {
    // Σ δ² = (1 + 9, 4 + 1) and a² = (4, 25, 1).
    assertThat(j.squares()).containsExactly(40, 250, 10, 20, 125, 5);
  }

  @Test
  void kroneckerFactorsAreTheGramsOfBothFactors() {
    KroneckerFactors factors = j.kroneckerFactors();
    // B = δ₁δ₁ᵀ + δ₂δ₂ᵀ = (10, −1; −1, 5), A = a aᵀ.
    assertThat(factors.b().array()).containsExactly(10, -1, -1, 5);
    assertThat(factors.a().array()).containsExactly(4, 10, -2, 10, 25, -5, -2, -5, 1);
    assertThat(factors.count()).isEqualTo(1);
  }

  @Test
  void weightedGramOfUnitWeightsIsTheProductOfTheGrams() {
    // aᵀa = 30; δ₁ᵀδ₁ = 5, δ₂ᵀδ₂ = 10, δ₁ᵀδ₂ = 3 − 2.
    double[] ones = {1, 1, 1, 1, 1, 1};
    assertThat(j.weightedGram(ones).array()).containsExactly(150, 30, 30, 300);
    assertThat(j.weightedGramBlocks(ones).array()).containsExactly(150, 30, 30, 300);
    assertThat(j.weightedGramDiagonal(ones)).containsExactly(150, 300);
  }

  @Test
  void weightedGramPicksTheWeightedColumns() {
    // Only columns 0 and 4, with weights 2 and −1: (2, 10) and (6, −5).
    double[] d = {2, 0, 0, 0, -1, 0};
    assertThat(j.weightedGram(d).array()).containsExactly(8 - 100, 24 + 50, 24 + 50, 72 - 25);
  }

  @Test
  void rotationMultipliesEachFactor() {
    Matrix swap = Matrix.of(2, 2, new double[] {0, 1, 1, 0});
    Matrix sum = Matrix.of(3, 1, new double[] {1, 1, 1});
    // Δ with its columns swapped, and a summed to 6.
    assertThat(j.rotated(swap, sum).dense().array()).containsExactly(12, 6, -6, 18);
  }

  @Test
  void biasIsAWeightWithInputOne() {
    KhatriRaoRows bias = KhatriRaoRows.bias(delta, 1);
    assertThat(bias.dense()).isEqualTo(delta);
    assertThat(bias.kroneckerFactors().a().array()).containsExactly(1);
  }

  @Test
  void rowsTimesColumnsAreASmallerWeight() {
    // Row 1 of W with columns 0 and 2: entries 3 and 5.
    Rows selected = j.select(new int[] {3, 5});
    assertThat(selected).isInstanceOf(KhatriRaoRows.class);
    assertThat(selected.dense().array()).containsExactly(4, -2, -2, 1);
    assertThat(selected.storedNumbers()).isEqualTo(2 + 2);
  }

  @Test
  void everyEntryIsTheRowsThemselves() {
    assertThat(j.select(new int[] {0, 1, 2, 3, 4, 5})).isSameAs(j);
  }

  @Test
  void scatteredEntriesKeepOnlyWhatTheyTouch() {
    // Entries (0, 1) and (1, 2): rows 0 and 1, columns 1 and 2, places 0 and 3 of a weight (2, 2).
    Rows selected = j.select(new int[] {1, 5});
    assertThat(selected).isInstanceOf(SelectedRows.class);
    assertThat(selected.dense().array()).containsExactly(5, -2, 15, 1);
    assertThat(((SelectedRows) selected).places()).containsExactly(0, 3);
    assertThat(((SelectedRows) selected).touched().a().array()).containsExactly(5, -1);
  }

  @Test
  void sumOfTwoUsesOfAWeightKeepsBoth() {
    var other = new KhatriRaoRows(delta, Matrix.of(1, 3, new double[] {1, 0, 1}));
    assertThat(j.plus(other)).isInstanceOf(SharedRows.class);
    assertThat(j.plus(other).dense().array())
        .containsExactly(3, 5, 0, 6, 10, 0, 9, 15, 0, -3, -5, 0);
  }

  @Test
  void weightsOfRotatedOutputsAreOneForEachExampleAndOutput() {
    assertThatThrownBy(() -> j.rotatedBlocks(Matrix.identity(2), Matrix.zeros(1, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(1, 3)")
        .hasMessageContaining("2 outputs");
  }

  @Test
  void pulledBackRowsMustBeAMultipleOfTheInputs() {
    assertThatThrownBy(() -> new KhatriRaoRows(Matrix.zeros(5, 2), Matrix.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(5, 2)")
        .hasMessageContaining("(2, 3)");
    assertThatThrownBy(() -> new KhatriRaoRows(Matrix.zeros(0, 2), Matrix.zeros(0, 3)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> KhatriRaoRows.bias(delta, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
