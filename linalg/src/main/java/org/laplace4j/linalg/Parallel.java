package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.Threads;

/**
 * Loops over items that are independent of each other, on the threads that products run on. Where
 * they are cut depends on their number and size alone, and each item writes what no other touches,
 * so the number of threads shows in no bit.
 */
public final class Parallel {

  /** A part moves so many numbers: tens of microseconds, far more than handing it over takes. */
  private static final long PART = 1 << 16;

  private Parallel() {}

  /** What is done with items {@code from} (inclusive) to {@code to} (exclusive). */
  public interface Range {
    /** Does it. */
    void take(int from, int to);
  }

  /**
   * Does all of 0 … n − 1, in ranges.
   *
   * @param each about how many numbers an item reads and writes
   */
  public static void ranges(int n, long each, Range range) {
    int step = (int) Math.min(Math.max(1, n), Math.max(1, PART / Math.max(1, each)));
    int parts = (n + step - 1) / step;
    Threads.forEach(parts, part -> range.take(part * step, Math.min(n, (part + 1) * step)));
  }
}
