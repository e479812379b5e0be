package org.laplace4j.laplace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RankingTest {

  @Test
  void aPairInOrderCountsOneATieHalf() {
    // Pairs: 3>1, 3=3, 2>1, 2<3: (1 + ½ + 1 + 0)/4
    assertThat(Ranking.auroc(new double[] {3, 2}, new double[] {1, 3})).isEqualTo(0.625);
  }

  @Test
  void separatedGroupsHaveOneAndReversedOnesZero() {
    double[] low = {-2, 0, 1};
    double[] high = {Double.POSITIVE_INFINITY, 5};
    assertThat(Ranking.auroc(high, low)).isEqualTo(1);
    assertThat(Ranking.auroc(low, high)).isEqualTo(0);
  }

  @Test
  void equalScoresTellNothing() {
    assertThat(Ranking.auroc(new double[] {0.0, -0.0}, new double[] {-0.0, 0.0, 0.0}))
        .isEqualTo(0.5);
    double[] infinite = {Double.POSITIVE_INFINITY};
    assertThat(Ranking.auroc(infinite, infinite)).isEqualTo(0.5);
  }

  @Test
  void refusesEmptyGroupsAndNaN() {
    assertThatThrownBy(() -> Ranking.auroc(new double[] {1}, new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 negatives");
    assertThatThrownBy(() -> Ranking.auroc(new double[] {1, Double.NaN}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("score 1 of the positives is NaN");
  }
}
