package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("scalar")
class GramSchmidtTest {
  /** Sums of 10,000 products of numbers of order 1/100. */
  private static final double ROUNDING = 1e-13;

  @Test
  void onPaper() {
    double[][] rows = {{0.6, 0.8, 0}, {0, 0, 1}, null};
    double[] w = {1, 2, 3};
    assertThat(GramSchmidt.subtract(rows, 2, w)).containsExactly(0.6 * 1 + 0.8 * 2, 3);
    // 2.2 (0.6, 0.8) = (1.32, 1.76)
    assertThat(w[0]).isCloseTo(-0.32, within(ROUNDING));
    assertThat(w[1]).isCloseTo(0.24, within(ROUNDING));
    assertThat(w[2]).isZero();
  }

  /** Of one piece, of whole ones, and of more: two passes leave nothing along the rows. */
  @ParameterizedTest
  @ValueSource(ints = {7, 4096, 8192, 10_001})
  void twoPassesAreOrthogonal(int n) {
    SplittableRandom rng = new SplittableRandom(1);
    double[][] rows = new double[5][];
    for (int k = 0; k < rows.length; k++) {
      double[] v = rng.doubles(n, -1, 1).toArray();
      GramSchmidt.subtract(rows, k, v);
      GramSchmidt.subtract(rows, k, v);
      rows[k] = Arrays.scale(v, 1 / Math.sqrt(Arrays.dot(v, v)));
    }
    double[] w = rng.doubles(n, -1, 1).toArray();
    double[] before = w.clone();
    double[] h = GramSchmidt.subtract(rows, rows.length, w);
    for (int k = 0; k < rows.length; k++) {
      assertThat(h[k] - Arrays.dot(rows[k], before)).isBetween(-ROUNDING, ROUNDING);
    }
    GramSchmidt.subtract(rows, rows.length, w);
    for (double[] row : rows) {
      assertThat(Arrays.dot(row, w)).isBetween(-ROUNDING, ROUNDING);
    }
  }
}
