package org.laplace4j.nn;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;

/** Examples in batches, re-iterable: each pass gives the same batches in the same order. */
public final class Dataset implements Iterable<Batch> {
  private final List<Batch> batches;

  private Dataset(List<Batch> batches) {
    this.batches = batches;
  }

  /** The given batches; there must be at least one example. */
  public static Dataset of(List<Batch> batches) {
    if (batches.stream().mapToInt(Batch::size).sum() == 0) {
      throw new IllegalArgumentException("Dataset: no examples were given (" + batches.size()
          + " batches); at least one is needed.");
    }
    return new Dataset(batches.stream().filter(b -> b.size() > 0).toList());
  }

  /** All examples as one batch. */
  public static Dataset of(Tensor x, Targets targets) {
    return of(List.of(new Batch(x, targets)));
  }

  /** The examples in batches of the given size, in order; the last may be smaller. */
  public static Dataset of(Tensor x, Targets targets, int batchSize) {
    return of(x, targets).rebatched(batchSize);
  }

  /** N, the number of examples. */
  public int size() {
    return batches.stream().mapToInt(Batch::size).sum();
  }

  /** The batches, in order. */
  public List<Batch> batches() {
    return batches;
  }

  @Override
  public Iterator<Batch> iterator() {
    return batches.iterator();
  }

  /** All examples as one batch. */
  public Batch whole() {
    if (batches.size() == 1) {
      return batches.get(0);
    }
    Tensor x = Tensor.concat(0, batches.stream().map(Batch::x).toList());
    if (batches.get(0).targets().isLabels()) {
      int[] labels = batches.stream()
          .flatMapToInt(b -> java.util.Arrays.stream(b.targets().labels()))
          .toArray();
      return new Batch(x, Targets.labels(labels));
    }
    return new Batch(
        x,
        Targets.values(
            Tensor.concat(0, batches.stream().map(b -> b.targets().values()).toList())));
  }

  /** The examples named by {@code indices}, in that order, as one batch. */
  public Dataset select(int... indices) {
    Batch whole = whole();
    return of(whole.x().gather(0, indices), whole.targets().select(indices));
  }

  /** The same examples in batches of the given size. */
  public Dataset rebatched(int batchSize) {
    int[] order = new int[size()];
    java.util.Arrays.setAll(order, n -> n);
    return inOrder(order, batchSize);
  }

  /** The same examples in a random order, in batches of the given size. */
  public Dataset shuffled(int batchSize, RandomGenerator rng) {
    int[] order = new int[size()];
    java.util.Arrays.setAll(order, n -> n);
    for (int n = order.length - 1; n > 0; n--) {
      int other = rng.nextInt(n + 1);
      int kept = order[n];
      order[n] = order[other];
      order[other] = kept;
    }
    return inOrder(order, batchSize);
  }

  private Dataset inOrder(int[] order, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "Dataset: a batch size of " + batchSize + " was given; at least 1 is needed.");
    }
    Batch whole = whole();
    List<Batch> split = new ArrayList<>();
    for (int from = 0; from < order.length; from += batchSize) {
      int[] part =
          java.util.Arrays.copyOfRange(order, from, Math.min(order.length, from + batchSize));
      split.add(new Batch(whole.x().gather(0, part), whole.targets().select(part)));
    }
    return of(split);
  }
}
