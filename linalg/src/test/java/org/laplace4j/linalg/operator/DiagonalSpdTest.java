package org.laplace4j.linalg.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class DiagonalSpdTest {

  private final DiagonalSpd p = DiagonalSpd.of(new double[] {4, 0.25});

  @Test
  void everythingIsEntryByEntry() {
    // log 4 + log ¼ = 0, M = diag(1/√4, 1/√¼) = diag(½, 2).
    assertThat(p.logDet()).isCloseTo(0, within(1e-15));
    assertThat(p.times(new double[] {1, 8})).containsExactly(4, 2);
    assertThat(p.solve(new double[] {1, 1})).containsExactly(0.25, 4);
    assertThat(p.inverseDiagonal()).containsExactly(0.25, 4);
    assertThat(p.unwhiten(new double[] {1, 1})).containsExactly(0.5, 2);
  }

  @Test
  void theGivenArrayMayChangeAfterwards() {
    double[] d = {1, 2};
    DiagonalSpd kept = DiagonalSpd.of(d);
    d[0] = -1;
    assertThat(kept.inverseDiagonal()).containsExactly(1, 0.5);
  }

  @Test
  void rejectsWhatIsNotPositiveOrNotFinite() {
    for (double bad : new double[] {0, -3, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> DiagonalSpd.of(new double[] {1, bad}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("number 1")
          .hasMessageContaining(String.valueOf(bad));
    }
  }
}
