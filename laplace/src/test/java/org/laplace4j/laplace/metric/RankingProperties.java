package org.laplace4j.laplace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RankingProperties {
  /** One division of exact counts in another order. */
  private static final double ROUNDING = 1e-15;

  @Property
  void aurocIsTheMeanOverAllPairs(
      @ForAll("scores") double[] positives, @ForAll("scores") double[] negatives) {
    double sum = 0;
    for (double p : positives) {
      for (double n : negatives) {
        sum += p > n ? 1 : p == n ? 0.5 : 0;
      }
    }
    assertThat(Ranking.auroc(positives, negatives))
        .isCloseTo(sum / (positives.length * negatives.length), within(ROUNDING));
  }

  @Property
  void exchangingTheGroupsGivesTheRest(
      @ForAll("scores") double[] positives, @ForAll("scores") double[] negatives) {
    assertThat(Ranking.auroc(positives, negatives) + Ranking.auroc(negatives, positives))
        .isCloseTo(1, within(ROUNDING));
  }

  @Property
  void onlyTheOrderCounts(
      @ForAll("scores") double[] positives, @ForAll("scores") double[] negatives) {
    assertThat(Ranking.auroc(cubed(positives), cubed(negatives)))
        .isEqualTo(Ranking.auroc(positives, negatives));
  }

  private static double[] cubed(double[] scores) {
    return Arrays.stream(scores).map(s -> s * s * s).toArray();
  }

  /** Small integers, so that there are many ties. */
  @Provide
  Arbitrary<double[]> scores() {
    return Arbitraries.integers()
        .between(-5, 5)
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(20)
        .map(scores -> Arrays.stream(scores).asDoubleStream().toArray());
  }

  /** The definition by thresholds: Σ (recall gained) × precision over the distinct scores. */
  @Property
  void averagePrecisionIsTheAreaOfStepsOfRecall(
      @ForAll("scores") double[] positives, @ForAll("scores") double[] negatives) {
    double area = 0;
    double recall = 0;
    for (int t = 5; t >= -5; t--) {
      double threshold = t;
      double hits = Arrays.stream(positives).filter(s -> s >= threshold).count();
      double alarms = Arrays.stream(negatives).filter(s -> s >= threshold).count();
      if (hits > 0) {
        area += (hits / positives.length - recall) * hits / (hits + alarms);
        recall = hits / positives.length;
      }
    }
    assertThat(Ranking.averagePrecision(positives, negatives)).isCloseTo(area, within(1e-14));
  }

  /** Over all thresholds that find enough, the least part of the negatives. */
  @Property
  void falsePositiveRateIsTheLeastThatFindsEnough(
      @ForAll("scores") double[] positives, @ForAll("scores") double[] negatives) {
    double least = 1;
    for (double threshold : positives) {
      double hits = Arrays.stream(positives).filter(s -> s >= threshold).count();
      double alarms = Arrays.stream(negatives).filter(s -> s >= threshold).count();
      least = hits / positives.length >= 0.95 ? Math.min(least, alarms / negatives.length) : least;
    }
    assertThat(Ranking.falsePositiveRate(positives, negatives, 0.95)).isEqualTo(least);
  }
}
