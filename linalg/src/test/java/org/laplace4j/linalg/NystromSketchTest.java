package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class NystromSketchTest {
  /** The shift of 1e-11 of the longest product, which is at most ‖A‖. */
  private static final double SHIFT = 1e-11;

  /**
   * What is missed of rank k is ν (1 + 1/σ²), σ the smallest singular value of its k directions in
   * the sketch; with σ² about (r − k)/n, and a hundred times more allowed for bad luck.
   */
  @Test
  void aMatrixOfLessRankThanTheSketchIsFound() {
    Matrix root = random(30, 5);
    Matrix a = root.outerGram();
    for (int rank : new int[] {8, 20, 30}) {
      Matrix f = NystromSketch.root(a::times, 30, rank, 1);
      assertThat(f.cols()).isEqualTo(rank);
      assertThat(f.outerGram().minus(a).maxAbs())
          .isLessThan(100 * SHIFT * a.trace() * 30 / (rank - 5));
    }
  }

  @Test
  void itIsNeverAboveTheMatrix() {
    Matrix a = decaying(40);
    for (int rank : new int[] {1, 3, 10, 40}) {
      Matrix left = a.minus(NystromSketch.root(a::times, 40, rank, 2).outerGram());
      double smallest = SymmetricEigen.valuesOf(left)[0];
      assertThat(smallest).isGreaterThan(-2 * SHIFT);
    }
  }

  /** Eigenvalues 2⁻ⁱ: the mean over sketches misses (1 + r/(p − 1)) of the tail beyond r − p. */
  @Test
  void theTailIsWhatIsMissed() {
    Matrix a = decaying(40);
    int rank = 12;
    int p = 4;
    double missed = 0;
    for (int seed = 0; seed < 50; seed++) {
      Matrix f = NystromSketch.root(a::times, 40, rank, seed);
      missed += (a.trace() - f.outerGram().trace()) / 50;
    }
    double tail = Math.pow(2, 1 - (rank - p)); // Σ 2⁻ⁱ from i = r − p on
    assertThat(missed).isPositive().isLessThan((1 + (double) (rank - p) / (p - 1)) * tail);
  }

  @Test
  void nothingHasANegligibleRoot() {
    UnaryOperator<double[]> zero = v -> new double[7];
    assertThat(NystromSketch.root(zero, 7, 3, 1).maxAbs()).isCloseTo(0, within(1e-100));
  }

  @Test
  void theDirectionsAreThoseOfTheSeed() {
    Matrix a = decaying(10);
    Matrix once = NystromSketch.root(a::times, 10, 4, 5);
    assertThat(NystromSketch.root(a::times, 10, 4, 5)).isEqualTo(once);
    assertThat(NystromSketch.root(a::times, 10, 4, 6)).isNotEqualTo(once);
  }

  @Test
  void whatHasNoRootIsRefused() {
    Matrix negative = Matrix.identity(4).times(-1);
    assertThatThrownBy(() -> NystromSketch.root(negative::times, 4, 2, 1))
        .isInstanceOf(NotPositiveDefiniteException.class);
    assertThatThrownBy(() -> NystromSketch.root(negative::times, 4, 5, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 directions")
        .hasMessageContaining("1 to 4");
  }

  private static Matrix random(int rows, int cols) {
    return Matrix.adopt(
        rows,
        cols,
        new SplittableRandom(rows).doubles((long) rows * cols, -1, 1).toArray());
  }

  /** In a random basis. */
  private static Matrix decaying(int n) {
    Matrix g = random(n, n);
    Matrix q = new SymmetricEigen(g.plus(g.transpose())).vectors();
    double[] lambda = new double[n];
    for (int i = 0; i < n; i++) lambda[i] = Math.pow(2, -i);
    return q.scaleColumns(lambda).timesTranspose(q);
  }
}
