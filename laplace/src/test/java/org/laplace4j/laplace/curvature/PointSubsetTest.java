package org.laplace4j.laplace.curvature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.DenseRows;

class PointSubsetTest {

  /** Examples whose one number is their own, 0 to n − 1, in batches of the given size. */
  private static double[] chosen(int n, int batch, int points, long key) {
    PointSubset subset = new PointSubset(points, key);
    for (int from = 0; from < n; from += batch) {
      int count = Math.min(batch, n - from);
      double[] numbers = new double[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = from + i;
      }
      subset.offer(
          new BlockRows(List.of(new DenseRows(Matrix.adopt(count, 1, numbers), count, 1))));
    }
    return subset.rows().dense().array();
  }

  @Test
  void theSamePointsAreChosenHoweverTheDataAreBatched() {
    assertThat(chosen(50, 7, 12, 3)).containsExactly(chosen(50, 50, 12, 3)).doesNotHaveDuplicates();
    assertThat(chosen(50, 7, 12, 3)).isNotEqualTo(chosen(50, 7, 12, 4));
  }

  @Test
  void allAreChosenWhereThereAreFewer() {
    assertThat(chosen(5, 2, 12, 3)).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  /**
   * Each of 10 is among 3 with probability 0.3: over 2,000 keys 600 ± 20.5 times; six deviations
   * are 123.
   */
  @Test
  void everyPointIsChosenAsOften() {
    int[] times = new int[10];
    for (long key = 0; key < 2000; key++) {
      for (double point : chosen(10, 4, 3, key * 7919)) {
        times[(int) point]++;
      }
    }
    for (int count : times) {
      assertThat(count).isBetween(600 - 123, 600 + 123);
    }
  }
}
