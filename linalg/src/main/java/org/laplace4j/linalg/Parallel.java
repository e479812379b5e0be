package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.Threads;
import org.laplace4j.linalg.kernel.Workspaces;

/**
 * Loops over items that are independent of each other, on the threads that products run on. Where
 * they are cut depends on their number and size alone, and each item writes what no other touches,
 * so the number of threads shows in no bit.
 */
public final class Parallel {

  /** A part moves so many numbers: tens of microseconds, far more than handing it over takes. */
  private static final long PART = 1 << 16;

  private static final Workspaces WORKSPACES = new Workspaces();

  private Parallel() {}

  /** What is done with items {@code from} (inclusive) to {@code to} (exclusive). */
  public interface Range {
    /** Does it. */
    void take(int from, int to);
  }

  /** The same with an array to write to, which holds whatever its last user left. */
  public interface ScratchRange {
    /** Does it. */
    void take(int from, int to, double[] scratch);
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

  /**
   * The same with a scratch array of at least this length for each range, which is used again
   * afterwards: new ones, zeroed, would take longer to write than many a range.
   */
  public static void ranges(int n, long each, int scratch, ScratchRange range) {
    ranges(n, each, (from, to) -> {
      double[] array = WORKSPACES.take(scratch);
      range.take(from, to, array);
      WORKSPACES.giveBack(array);
    });
  }
}
