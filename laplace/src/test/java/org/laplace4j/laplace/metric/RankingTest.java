package org.laplace4j.laplace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

  @Test
  void averagePrecisionIsThePrecisionAtEachPositive() {
    // At 3: 1 of 2 (a tie with a negative). At 2: 2 of 3. Mean: (1/2 + 2/3)/2.
    assertThat(Ranking.averagePrecision(new double[] {3, 2}, new double[] {1, 3}))
        .isCloseTo(7.0 / 12, within(1e-15));
    // A score that tells nothing has the part of the positives.
    assertThat(Ranking.averagePrecision(new double[2], new double[6])).isEqualTo(0.25);
  }

  @Test
  void falsePositivesAreCountedAtTheThresholdThatFindsEnough() {
    double[] positives = new double[20]; // 1 to 20: 19 of them are at least 2
    java.util.Arrays.setAll(positives, i -> i + 1);
    double[] negatives = {0, 1, 2, 30};
    assertThat(Ranking.falsePositiveRate(positives, negatives, 0.95)).isEqualTo(0.5);
    assertThat(Ranking.falsePositiveRate(positives, negatives, 1)).isEqualTo(0.75);
    assertThatThrownBy(() -> Ranking.falsePositiveRate(positives, negatives, 95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 95");
  }

  /** 100 k/count is a whole number of percents: exactly k are enough, whatever the product is. */
  @Test
  void aPartOfACountIsNotOneTooMany() {
    for (int percent = 1; percent <= 100; percent++) {
      for (int count : new int[] {100, 200, 700, 2100, 99_900}) {
        assertThat(Ranks.leastRank(percent / 100.0, count)).isEqualTo(percent * count / 100);
      }
    }
    assertThat(Ranks.leastRank(0.951, 20)).isEqualTo(20);
    assertThat(Ranks.leastRank(1e-9, 20)).isEqualTo(1);
  }
}
