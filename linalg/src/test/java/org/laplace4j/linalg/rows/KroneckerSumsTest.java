package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;

class KroneckerSumsTest {
  private static final Matrix DELTA = Matrix.of(2, 2, new double[] {1, 2, 3, 4});
  private static final Matrix A = Matrix.of(2, 1, new double[] {2, 3});

  /** B = Σ δδᵀ = (1 + 9, 2 + 12; 2 + 12, 4 + 16), A = 4 + 9, twice. */
  @Test
  void factorsOfBatchesAdd() {
    var sums = new KroneckerSums();
    sums.add(new BlockRows(List.of(new KhatriRaoRows(DELTA, A))));
    sums.add(new BlockRows(List.of(new KhatriRaoRows(DELTA, A))));

    KroneckerFactors total = sums.totals().get(0);

    assertThat(total.b().array()).containsExactly(20, 28, 28, 40);
    assertThat(total.a().array()).containsExactly(26);
    assertThat(total.count()).isEqualTo(4);
  }

  @Test
  void weightAndBiasShareTheirB() {
    var sums = new KroneckerSums();
    sums.add(weightAndBias(DELTA, DELTA));
    sums.add(weightAndBias(DELTA, DELTA));

    List<KroneckerFactors> totals = sums.totals();

    assertThat(totals.get(1).b()).isSameAs(totals.get(0).b());
    assertThat(totals.get(0).b().array()).containsExactly(20, 28, 28, 40);
    assertThat(totals.get(1).a().array()).containsExactly(4);
  }

  @Test
  void blocksPartWhereOneBatchHasColumnsOfTheirOwn() {
    Matrix other = Matrix.of(2, 2, new double[] {1, 0, 0, 1});
    var sums = new KroneckerSums();
    sums.add(weightAndBias(DELTA, DELTA));
    sums.add(weightAndBias(DELTA, other));
    sums.add(weightAndBias(DELTA, DELTA));

    List<KroneckerFactors> totals = sums.totals();

    assertThat(totals.get(0).b().array()).containsExactly(30, 42, 42, 60);
    assertThat(totals.get(1).b().array()).containsExactly(21, 28, 28, 41);
  }

  /** As one weight (2, 1) with input one. */
  @Test
  void givenRowsAreTheirOwnCotangents() {
    var sums = new KroneckerSums();
    sums.add(new BlockRows(List.of(new DenseRows(DELTA, 2, 1))));

    KroneckerFactors total = sums.totals().get(0);

    assertThat(total).isEqualTo(new DenseRows(DELTA, 2, 1).kroneckerFactors());
  }

  @Test
  void refusesABatchOfOtherSizes() {
    var sums = new KroneckerSums();
    sums.add(new BlockRows(List.of(new KhatriRaoRows(DELTA, A))));

    assertThatThrownBy(() -> sums.add(new BlockRows(List.of(new KhatriRaoRows(DELTA, DELTA)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 and 2")
        .hasMessageContaining("2 and 1");
  }

  private static BlockRows weightAndBias(Matrix ofWeight, Matrix ofBias) {
    return new BlockRows(List.of(new KhatriRaoRows(ofWeight, A), KhatriRaoRows.bias(ofBias, 2)));
  }
}
