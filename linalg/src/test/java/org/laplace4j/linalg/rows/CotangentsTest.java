package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;

class CotangentsTest {
  /** Two columns of three examples with two outputs: entry 100 k + 10 n + i. */
  private static final Matrix STACKED =
      Matrix.of(6, 2, new double[] {0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121});

  private static final Matrix BY_EXAMPLE =
      Matrix.of(6, 2, new double[] {0, 1, 100, 101, 10, 11, 110, 111, 20, 21, 120, 121});

  @Test
  void stackedColumnsArePutInTheOrderOfRows() {
    Cotangents stacked = Cotangents.stacked(STACKED, 2);

    assertThat(stacked.byExample()).isEqualTo(BY_EXAMPLE);
    assertThat(stacked.byExample()).isSameAs(stacked.byExample());
    assertThat(stacked).isEqualTo(Cotangents.byExample(BY_EXAMPLE));
    assertThat(stacked.hashCode()).isEqualTo(Cotangents.byExample(BY_EXAMPLE).hashCode());
    assertThat(stacked).isNotEqualTo(Cotangents.byExample(STACKED));
  }

  @Test
  void oneColumnAndOneExampleAreInOrderAsTheyAre() {
    assertThat(Cotangents.stacked(STACKED, 1).byExample()).isSameAs(STACKED);
    assertThat(Cotangents.stacked(STACKED, 6).byExample()).isSameAs(STACKED);
  }

  @Test
  void theFactorsOfRowsNeedNoOrder() {
    Matrix a = Matrix.of(3, 1, new double[] {2, 3, 5});
    var ordered = new KhatriRaoRows(BY_EXAMPLE, a);
    var stacked = new KhatriRaoRows(Cotangents.stacked(STACKED, 2), a);

    assertThat(stacked.dense()).isEqualTo(ordered.dense());
    // Sums of integers: no order rounds.
    assertThat(stacked.kroneckerFactors()).isEqualTo(ordered.kroneckerFactors());
  }

  @Test
  void rejectsColumnsOfDifferentLengths() {
    assertThatThrownBy(() -> Cotangents.stacked(STACKED, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6")
        .hasMessageContaining("4");
  }
}
