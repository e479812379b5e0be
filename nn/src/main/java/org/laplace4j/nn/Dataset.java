package org.laplace4j.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/** Examples in batches, re-iterable: each pass gives the same batches in the same order. */
public final class Dataset implements Iterable<Batch> {
  private final List<Batch> batches;

  private Dataset(List<Batch> batches) {
    this.batches = batches;
  }

  /**
   * The given batches, of inputs and targets of the same shapes; there must be at least one
   * example.
   */
  public static Dataset of(List<Batch> batches) {
    List<Batch> filled = batches.stream().filter(batch -> batch.size() > 0).toList();
    if (filled.isEmpty()) {
      throw new IllegalArgumentException("Dataset: no examples were given (" + batches.size()
          + " batches of 0); at least one is needed.");
    }
    checkAlike(filled);
    return new Dataset(filled);
  }

  private static void checkAlike(List<Batch> batches) {
    Shape features = batches.get(0).x().shape().drop(1);
    Shape observed = batches.get(0).targets().perExample();
    for (int b = 1; b < batches.size(); b++) {
      Batch batch = batches.get(b);
      if (!batch.x().shape().drop(1).equals(features)
          || !batch.targets().perExample().equals(observed)) {
        throw new IllegalArgumentException(
            "Dataset: batch " + b + " has inputs " + batch.x().shape() + " and " + batch.targets()
                + ", batch 0 has inputs " + batches.get(0).x().shape() + " and "
                + batches.get(0).targets()
                + "; they may differ only in the number of examples (axis 0).");
      }
    }
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
    return batches.size() == 1
        ? batches.get(0)
        : new Batch(
            Tensor.concat(0, batches.stream().map(Batch::x).toList()),
            Targets.concat(batches.stream().map(Batch::targets).toList()));
  }

  /** The examples named by {@code indices}, in that order, as one batch. */
  public Dataset select(int... indices) {
    return of(List.of(whole().select(indices)));
  }

  /** The same examples in batches of the given size, in order; the last may be smaller. */
  public Dataset rebatched(int batchSize) {
    return inOrder(upTo(size()), batchSize);
  }

  /** The same examples in a random order, in batches of the given size; the last may be smaller. */
  public Dataset shuffled(int batchSize, RandomGenerator rng) {
    int[] order = upTo(size());
    for (int n = order.length - 1; n > 0; n--) {
      int other = rng.nextInt(n + 1);
      int kept = order[n];
      order[n] = order[other];
      order[other] = kept;
    }
    return inOrder(order, batchSize);
  }

  private static int[] upTo(int count) {
    int[] indices = new int[count];
    Arrays.setAll(indices, n -> n);
    return indices;
  }

  private Dataset inOrder(int[] order, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException(
          "Dataset: a batch size of " + batchSize + " was given; at least 1 is needed.");
    }
    int step = Math.min(batchSize, order.length);
    Batch whole = whole();
    List<Batch> split = new ArrayList<>();
    for (int from = 0; from < order.length; from += step) {
      int to = Math.min(order.length, from + step);
      split.add(whole.select(Arrays.copyOfRange(order, from, to)));
    }
    return of(split);
  }
}
