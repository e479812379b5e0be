package org.laplace4j.linalg.operator;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Memo;

/**
 * The places of a block's elements among all, ascending: one after the other, as they mostly are,
 * and then two numbers; or any.
 */
final class BlockPlaces {
  private final int from;
  private final int size;
  private final Optional<int[]> scattered;
  private final Supplier<int[]> array;

  private BlockPlaces(int from, int size, Optional<int[]> scattered) {
    this.from = from;
    this.size = size;
    this.scattered = scattered;
    this.array = new Memo<>(
        () -> scattered.orElseGet(() -> IntStream.range(from, from + size).toArray()));
  }

  /** {@code from} (inclusive) to {@code to} (exclusive). */
  static BlockPlaces range(int from, int to) {
    return new BlockPlaces(from, to - from, Optional.empty());
  }

  /** Ascending. */
  static BlockPlaces of(int[] places) {
    if (places.length == 0) return range(0, 0);
    int from = places[0];
    return places[places.length - 1] - from == places.length - 1
        ? range(from, from + places.length)
        : new BlockPlaces(from, places.length, Optional.of(places.clone()));
  }

  int size() {
    return size;
  }

  /** Every place, not to be written to. */
  int[] array() {
    return array.get();
  }

  /** What v has at the places. */
  double[] gather(double[] v) {
    return scattered
        .map(places -> org.laplace4j.linalg.Arrays.gather(v, places))
        .orElseGet(() -> Arrays.copyOfRange(v, from, from + size));
  }

  /** Writes a part, from an offset on, to the places of a vector that begins at another. */
  void scatter(double[] part, int partAt, double[] into, int at) {
    if (scattered.isEmpty()) {
      System.arraycopy(part, partAt, into, at + from, size);
      return;
    }
    int[] places = scattered.get();
    for (int i = 0; i < size; i++) into[at + places[i]] = part[partAt + i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BlockPlaces o
        && size == o.size
        && (size == 0 || from == o.from)
        && Arrays.equals(scattered.orElse(new int[0]), o.scattered.orElse(new int[0]));
  }

  @Override
  public int hashCode() {
    return size == 0 ? 0 : 31 * from + size;
  }
}
