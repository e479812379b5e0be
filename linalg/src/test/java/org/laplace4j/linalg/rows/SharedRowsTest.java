package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;

@Tag("scalar")
class SharedRowsTest {

  /**
   * One example with two columns and two positions. All numbers are small integers, so every result
   * is exact.
   *
   * <pre>
   *   position 1: δ₁ = (1, 2), δ₂ = (3, −1), a = (2, 5, −1)
   *   position 2: δ₁ = (0, 1), δ₂ = (1, 1),  a = (1, 0, 2)
   *
   *   row 1 = ( 2,  5, −1,   4, 10, −2) + (0, 0, 0,  1, 0, 2) = (2,  5, −1,   5, 10, 0)
   *   row 2 = ( 6, 15, −3,  −2, −5,  1) + (1, 0, 2,  1, 0, 2) = (7, 15, −1,  −1, −5, 3)
   * </pre>
   */
  private final Matrix delta = Matrix.of(4, 2, new double[] {1, 2, 3, -1, 0, 1, 1, 1});

  private final Matrix a = Matrix.of(2, 3, new double[] {2, 5, -1, 1, 0, 2});
  private final KhatriRaoRows each = new KhatriRaoRows(delta, a);
  private final SharedRows j = new SharedRows(each, 2);

  @Test
  void rowsAreSumsOfKroneckerProductsOverPositions() {
    assertThat(j.dense().array()).containsExactly(2, 5, -1, 5, 10, 0, 7, 15, -1, -1, -5, 3);
    assertThat(j.examples()).isEqualTo(1);
    assertThat(j.columns()).isEqualTo(2);
    assertThat(j.storedNumbers()).isEqualTo(8 + 6);
  }

  @Test
  void productsWithVectorsSumOverPositions() {
    // Entries 0 and 4 of each row.
    assertThat(j.times(new double[] {1, 0, 0, 0, 1, 0})).containsExactly(12, 2);
    // Twice row 1 and row 2.
    assertThat(j.transposeTimes(new double[] {2, 1})).containsExactly(11, 25, -3, 9, 15, 3);
  }

  @Test
  void squaresComeAfterTheSumOverPositions() {
    assertThat(j.squares()).containsExactly(53, 250, 2, 26, 125, 9);
  }

  @Test
  void weightedGramsAreThoseOfTheRows() {
    // 4+25+1+25+100, 14+75+1−5−50, 49+225+1+1+25+9.
    double[] ones = {1, 1, 1, 1, 1, 1};
    assertThat(j.weightedGram(ones).array()).containsExactly(155, 35, 35, 310);
    assertThat(j.weightedGramBlocks(ones).array()).containsExactly(155, 35, 35, 310);
    assertThat(j.weightedGramDiagonal(ones)).containsExactly(155, 310);
  }

  @Test
  void kroneckerFactorsTakePositionsForData() {
    KroneckerFactors factors = j.kroneckerFactors();
    // B = (1,2;2,4) + (9,−3;−3,1) + (0,0;0,1) + (1,1;1,1), A = a₁a₁ᵀ + a₂a₂ᵀ.
    assertThat(factors.b().array()).containsExactly(11, 0, 0, 7);
    assertThat(factors.a().array()).containsExactly(5, 10, 0, 10, 25, -5, 0, -5, 5);
    assertThat(factors.count()).isEqualTo(2);
  }

  @Test
  void reducedRowsAreSumsTimesMeans() {
    // δ₁ = (1, 3), δ₂ = (4, 0), a = (3, 5, 1)/2.
    FactoredRows reduced = j.reduced();
    assertThat(reduced.dense().array())
        .containsExactly(1.5, 2.5, 0.5, 4.5, 7.5, 1.5, 6, 10, 2, 0, 0, 0);
    assertThat(reduced.examples()).isEqualTo(1);
    assertThat(j.select(new int[] {1, 5}).reduced().dense().array())
        .containsExactly(2.5, 1.5, 10, 0);
    assertThat(new SharedRows(each, 1).reduced()).isEqualTo(each);
  }

  @Test
  void rotationMultipliesEachFactorAndKeepsTheForm() {
    Matrix swap = Matrix.of(2, 2, new double[] {0, 1, 1, 0});
    Matrix sum = Matrix.of(3, 1, new double[] {1, 1, 1});
    Rows rotated = j.rotated(swap, sum);
    assertThat(rotated).isInstanceOf(SharedRows.class);
    // The entries of each half added, halves swapped.
    assertThat(rotated.dense().array()).containsExactly(15, 6, -3, 21);
  }

  @Test
  void selectionsKeepTheForm() {
    SharedRows rectangle = j.select(new int[] {3, 5});
    assertThat(rectangle.each()).isInstanceOf(KhatriRaoRows.class);
    assertThat(rectangle.dense().array()).containsExactly(5, 0, -1, 3);
    SharedRows scattered = j.select(new int[] {1, 5});
    assertThat(scattered.each()).isInstanceOf(SelectedRows.class);
    assertThat(scattered.dense().array()).containsExactly(5, 0, 15, 3);
    assertThat(scattered.touched().dense().array()).containsExactly(5, -1, 10, 0, 15, -1, -5, 3);
  }

  @Test
  void aWeightThatIsUsedTwiceHasTwoPositions() {
    var first = new KhatriRaoRows(delta.rows(0, 2), a.rows(0, 1));
    var second = new KhatriRaoRows(delta.rows(2, 4), a.rows(1, 2));
    SharedRows two = (SharedRows) first.plus(second);
    assertThat(two.each()).isEqualTo(each);
    assertThat(two.positions()).isEqualTo(2);
    SharedRows three = (SharedRows) j.plus(second);
    assertThat(three.positions()).isEqualTo(3);
    assertThat(three.dense()).isEqualTo(j.dense().plus(second.dense()));
    // Of selections only those with the same pattern are uses of one weight.
    int[] some = {0, 4};
    assertThat(first.select(some).plus(second.select(some))).isInstanceOf(SharedRows.class);
    assertThat(first.select(some).plus(second.select(new int[] {1, 3})))
        .isInstanceOf(DenseRows.class);
  }

  @Test
  void batchesOfOneWeightAreConcatenatedInTheirForm() {
    Rows both = Rows.concat(List.of(j, j.scaled(2)));
    assertThat(both).isInstanceOf(SharedRows.class);
    assertThat(both.dense().rows(2, 4)).isEqualTo(j.dense().times(2));
    Rows mixed = Rows.concat(List.of(j, new SharedRows(each.examples(0, 1), 1)));
    assertThat(mixed).isInstanceOf(DenseRows.class);
    assertThat(mixed.examples()).isEqualTo(2);
  }

  @Test
  void inputsMustBeAMultipleOfThePositions() {
    assertThatThrownBy(() -> new SharedRows(each, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2")
        .hasMessageContaining("3");
    assertThatThrownBy(() -> new SharedRows(each, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
