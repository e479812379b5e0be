package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class ParallelTest {

  @Test
  void everyItemIsTakenOnce() {
    for (long each : new long[] {0, 1, 1_000, 100_000, Long.MAX_VALUE}) {
      for (int n : new int[] {0, 1, 2, 70, 200_000}) {
        int[] taken = new int[n];
        Parallel.ranges(n, each, (from, to) -> {
          for (int i = from; i < to; i++) taken[i]++;
        });
        assertThat(taken).containsOnly(n == 0 ? new int[0] : new int[] {1});
      }
    }
  }

  @Test
  void rangesWithinRangesAreTakenToo() {
    int[][] taken = new int[50][50];
    Parallel.ranges(50, 100_000, (from, to) -> {
      for (int i = from; i < to; i++) {
        int[] row = taken[i];
        Parallel.ranges(50, 100_000, (first, end) -> java.util.Arrays.fill(row, first, end, 1));
      }
    });
    for (int[] row : taken) assertThat(row).containsOnly(1);
  }

  @Test
  void whatARangeThrowsIsThrown() {
    assertThatThrownBy(() -> Parallel.ranges(9, 100_000, (from, to) -> {
          if (from == 4) throw new IllegalStateException("four");
        }))
        .hasMessage("four");
  }

  @Test
  void aRangeHasItsScratchArrayToItself() {
    for (int length : new int[] {1, 1500, (1 << 20) + 1}) {
      int[] sums = new int[40];
      Parallel.ranges(40, 100_000, length, (from, to, scratch) -> {
        assertThat(scratch.length).isGreaterThanOrEqualTo(length);
        for (int i = from; i < to; i++) {
          java.util.Arrays.fill(scratch, 0, length, i);
          Thread.yield();
          sums[i] = (int) java.util.Arrays.stream(scratch, 0, length).max().orElseThrow();
        }
      });
      for (int i = 0; i < sums.length; i++) assertThat(sums[i]).isEqualTo(i);
    }
  }
}
