package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("scalar")
class SecularEquationTest {

  /** Ten roundings of numbers of order 1. */
  private static final double ROUNDINGS = 10 * 0x1p-52;

  @Test
  void aSpectrumOnPaper() {
    // diag(0, 3) + 2 (1, 1)(1, 1)ᵀ/2 = [1 1; 1 4]: λ = (5 ∓ √13) / 2, vector of λ ∝ (1, λ − 1).
    double root = Math.sqrt(0.5);
    var secular = new SecularEquation(new double[] {0, 3}, new double[] {root, root}, 2);
    double[] values = secular.roots();
    assertThat(values[0]).isCloseTo((5 - Math.sqrt(13)) / 2, within(ROUNDINGS));
    assertThat(values[1]).isCloseTo((5 + Math.sqrt(13)) / 2, within(ROUNDINGS));
    double[] vectors = secular.takeVectors(new int[] {0, 1});
    for (int j = 0; j < 2; j++) {
      assertThat(vectors[2 * j + 1] / vectors[2 * j])
          .isCloseTo(values[j] - 1, within(10 * ROUNDINGS));
    }
  }

  /** The nearer two poles, the nearer the root is to one of them; its vector stays a vector. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-5, 1e-10, 1e-15})
  void vectorsAreOrthogonalHoweverNearThePolesAre(double gap) {
    double[] d = {-1, 0, gap, 2 * gap, 3};
    double[] z = {0.6, 1e-3, 0.5, 1e-7, 0.6};
    var secular = new SecularEquation(d, z, 0.3);
    double[] values = secular.roots();
    for (int j = 0; j < 4; j++) {
      assertThat(values[j]).isBetween(d[j], d[j + 1]);
    }
    Matrix s = Matrix.adopt(5, 5, secular.takeVectors(new int[] {0, 1, 2, 3, 4}));
    assertThat(s.outerGram().minus(Matrix.identity(5)).maxAbs()).isLessThan(ROUNDINGS);
  }
}
