package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LineSearchTest {
  private static final double WIDTH = 1e-3;

  @Test
  void findsTheBottomOfAValleyBetweenGridPoints() {
    LineSearch.Minimum found = LineSearch.of(x -> (x - 0.3) * (x - 0.3), -2, 1, 4, WIDTH);
    assertThat(found.at()).isCloseTo(0.3, within(WIDTH));
    assertThat(found.width()).isLessThanOrEqualTo(WIDTH);
    assertThat(found.path()).isSortedAccordingTo((a, b) -> Double.compare(b, a));
  }

  @Test
  void whatIsNotFiniteIsWorseThanAnything() {
    LineSearch.Minimum found = LineSearch.of(
        x -> x < 0.5 ? Double.NaN : x > 1.5 ? Double.NEGATIVE_INFINITY : 1e300, -2, 1, 4, WIDTH);
    assertThat(found.value()).isEqualTo(1e300);
    assertThat(found.at()).isEqualTo(1);
  }

  @Test
  void aSlopeEndsOnItsEdge() {
    assertThat(LineSearch.of(x -> -x, -2, 1, 4, WIDTH).at()).isEqualTo(2);
    assertThat(LineSearch.of(x -> -x, -2, 1, 4, WIDTH).at()).isEqualTo(2);
    assertThat(LineSearch.of(x -> x, -2, 1, 4, WIDTH).at()).isEqualTo(-2);
  }

  @Test
  void whereNothingIsFiniteItSaysSo() {
    LineSearch.Minimum found = LineSearch.of(x -> Double.NaN, -2, 1, 4, WIDTH);
    assertThat(found.value()).isInfinite();
    assertThat(found.path()).isEmpty();
  }
}
