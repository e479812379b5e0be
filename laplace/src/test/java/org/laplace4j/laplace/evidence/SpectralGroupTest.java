package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpectralGroupTest {
  private static final double EDGE = Math.log(1e10);
  private static final double TOLERANCE = 1e-9;

  /** For one weight θ² = λ / (δ (δ + λ)): with λ = ⅓ and θ² = ¼ that is δ = 1. */
  @Test
  void oneWeightEndsWhereThePaperSaysFromAnyStart() {
    SpectralGroup group = new SpectralGroup(new double[] {1.0 / 3}, 0.25);
    for (double start : new double[] {-EDGE, -5, 0, 7, EDGE}) {
      SpectralGroup.Top top = group.climb(start, EDGE, TOLERANCE, Ascent.TO_THE_TOP);
      assertThat(top.at()).isCloseTo(0, within(1e-7)); // E″ is about −0.22
      assertThat(top.path()).hasSizeLessThan(10);
      // ½ (−log (1 + ⅓) − ¼)
      assertThat(top.path().get(top.path().size() - 1))
          .isCloseTo(-0.5 * (Math.log(4.0 / 3) + 0.25), within(TOLERANCE));
    }
  }

  @Test
  void whatHasNoTopInTheRangeIsHeldOnItsEdge() {
    SpectralGroup.Top high =
        new SpectralGroup(new double[] {1e16}, 0).climb(0, EDGE, TOLERANCE, Ascent.TO_THE_TOP);
    assertThat(high.at()).isEqualTo(EDGE);
    assertThat(high.onEdge()).isTrue();
    SpectralGroup.Top low =
        new SpectralGroup(new double[] {0}, 1e30).climb(0, EDGE, TOLERANCE, Ascent.TO_THE_TOP);
    assertThat(low.at()).isEqualTo(-EDGE);
    assertThat(low.onEdge()).isTrue();
  }

  @Test
  void eigenvaluesOverManyDecadesTakeFewEvaluations() {
    Random rng = new Random(5);
    for (int problem = 0; problem < 50; problem++) {
      double[] eigenvalues = rng.doubles(100, -12, 8).map(e -> Math.pow(10, e)).toArray();
      double square = Math.pow(10, rng.nextDouble(-6, 4));
      SpectralGroup.Top top =
          new SpectralGroup(eigenvalues, square).climb(0, EDGE, TOLERANCE, Ascent.TO_THE_TOP);
      assertThat(top.gradient()).isLessThanOrEqualTo(TOLERANCE);
      assertThat(top.path()).hasSizeLessThan(15);
    }
  }
}
