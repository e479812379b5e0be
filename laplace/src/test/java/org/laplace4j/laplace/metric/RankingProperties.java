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
}
