package org.laplace4j.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

class DatasetTest {

  /** Example n has input (n, −n) and label n. */
  private static Dataset numbered(int count) {
    double[] x = new double[2 * count];
    for (int n = 0; n < count; n++) {
      x[2 * n] = n;
      x[2 * n + 1] = -n;
    }
    return Dataset.of(
        Tensor.adopt(Shape.of(count, 2), x),
        Targets.labels(IntStream.range(0, count).toArray()));
  }

  private static int[] labels(Dataset data) {
    return data.whole().targets().labels();
  }

  private static List<Integer> sizes(Dataset data) {
    return data.batches().stream().map(Batch::size).toList();
  }

  @Test
  void rebatchingKeepsTheOrderAndLeavesASmallerLastBatch() {
    Dataset data = numbered(7).rebatched(3);
    assertThat(sizes(data)).containsExactly(3, 3, 1);
    assertThat(data.size()).isEqualTo(7);
    assertThat(labels(data)).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(data.batches().get(1).x().array()).containsExactly(3, -3, 4, -4, 5, -5);
  }

  @Test
  void aBatchSizeBeyondTheDataMakesOneBatch() {
    assertThat(sizes(numbered(5).rebatched(Integer.MAX_VALUE))).containsExactly(5);
  }

  @Test
  void everyPassGivesTheSameBatches() {
    Dataset data = numbered(10).shuffled(3, new SplittableRandom(1));
    List<Batch> first = new ArrayList<>();
    data.forEach(first::add);
    List<Batch> second = new ArrayList<>();
    data.forEach(second::add);
    assertThat(first).hasSize(4);
    for (int b = 0; b < 4; b++) {
      assertThat(second.get(b).x().array()).isEqualTo(first.get(b).x().array());
      assertThat(second.get(b).targets().labels())
          .isEqualTo(first.get(b).targets().labels());
    }
  }

  @Test
  void shufflingIsAPermutationThatKeepsInputsWithTheirTargets() {
    Dataset shuffled = numbered(50).shuffled(8, new SplittableRandom(2));
    int[] order = labels(shuffled);
    int[] sorted = order.clone();
    Arrays.sort(sorted);
    assertThat(sorted).isEqualTo(IntStream.range(0, 50).toArray());
    assertThat(order).isNotEqualTo(sorted);
    double[] x = shuffled.whole().x().array();
    for (int n = 0; n < 50; n++) {
      assertThat(x[2 * n]).isEqualTo(order[n]);
    }
  }

  @Test
  void shufflingDependsOnTheSeedAlone() {
    int[] one = labels(numbered(20).shuffled(4, new SplittableRandom(3)));
    int[] same = labels(numbered(20).rebatched(7).shuffled(4, new SplittableRandom(3)));
    int[] other = labels(numbered(20).shuffled(4, new SplittableRandom(4)));
    assertThat(same).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  /**
   * 6000 shuffles of 3 examples: each of the 6 orders 1000 times, give or take 5 standard
   * deviations of 29.
   */
  @Test
  void everyOrderIsEquallyLikely() {
    SplittableRandom rng = new SplittableRandom(5);
    int[] counts = new int[27];
    for (int i = 0; i < 6000; i++) {
      int[] order = labels(numbered(3).shuffled(3, rng));
      counts[9 * order[0] + 3 * order[1] + order[2]]++;
    }
    assertThat(Arrays.stream(counts).filter(count -> count > 0))
        .hasSize(6)
        .allSatisfy(count -> assertThat(count).isBetween(855, 1145));
  }

  @Test
  void joinsBatchesOfRealTargets() {
    Batch one =
        new Batch(Tensor.of(Shape.of(1, 1), 1), Targets.values(Tensor.of(Shape.of(1, 2), 2, 3)));
    Batch two =
        new Batch(Tensor.of(Shape.of(1, 1), 4), Targets.values(Tensor.of(Shape.of(1, 2), 5, 6)));
    Batch whole = Dataset.of(List.of(one, two)).whole();
    assertThat(whole.x().array()).containsExactly(1, 4);
    assertThat(whole.targets().values().array()).containsExactly(2, 3, 5, 6);
  }

  @Test
  void selectsAcrossBatches() {
    assertThat(labels(numbered(9).rebatched(2).select(8, 0, 3))).containsExactly(8, 0, 3);
  }

  @Test
  void leavesOutEmptyBatches() {
    Batch empty = new Batch(Tensor.zeros(Shape.of(0, 2)), Targets.labels(new int[0]));
    assertThat(sizes(Dataset.of(List.of(empty, numbered(2).whole())))).containsExactly(2);
  }

  @Test
  void doesNotChangeWithTheListItWasMadeFrom() {
    List<Batch> batches = new ArrayList<>(numbered(4).rebatched(2).batches());
    Dataset data = Dataset.of(batches);
    batches.clear();
    assertThat(data.size()).isEqualTo(4);
  }

  @Test
  void rejectsNoExamples() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of(Tensor.zeros(Shape.of(0, 2)), Targets.labels(new int[0])))
        .withMessageContaining("1 batches of 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of(List.of()))
        .withMessageContaining("at least one");
  }

  @Test
  void rejectsBatchesThatDiffer() {
    Batch narrow = new Batch(Tensor.zeros(Shape.of(1, 1)), Targets.labels(0));
    Batch real =
        new Batch(Tensor.zeros(Shape.of(1, 2)), Targets.values(Tensor.zeros(Shape.of(1, 1))));
    Batch first = numbered(3).whole();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of(List.of(first, narrow)))
        .withMessageContaining("batch 1")
        .withMessageContaining("(1, 1)")
        .withMessageContaining("(3, 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dataset.of(List.of(first, real)))
        .withMessageContaining("real targets (1, 1)")
        .withMessageContaining("3 class labels");
  }

  @Test
  void rejectsBatchesOfNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> numbered(3).rebatched(0))
        .withMessageContaining("batch size of 0");
  }
}
