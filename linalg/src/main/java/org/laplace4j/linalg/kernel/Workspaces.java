package org.laplace4j.linalg.kernel;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Scratch arrays that are used again: a few are kept for each power of two, more are allocated when
 * all are taken and dropped when returned. Their contents are whatever the last user left.
 */
public final class Workspaces {

  private static final int KEPT = 4;
  private static final int SMALLEST = 10;
  private static final int LARGEST = 20;

  private final ArrayBlockingQueue<double[]>[] free;

  /** None yet. */
  public Workspaces() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    ArrayBlockingQueue<double[]>[] queues = new ArrayBlockingQueue[LARGEST - SMALLEST + 1];
    for (int i = 0; i < queues.length; i++) {
      queues[i] = new ArrayBlockingQueue<>(KEPT);
    }
    this.free = queues;
  }

  /** An array of at least this length; one longer than 2²⁰ is a new one. */
  public double[] take(int length) {
    if (length > 1 << LARGEST) {
      return new double[length];
    }
    int power = Math.max(SMALLEST, 32 - Integer.numberOfLeadingZeros(Math.max(length, 1) - 1));
    double[] found = free[power - SMALLEST].poll();
    return found != null ? found : new double[1 << power];
  }

  /** Returns what was taken. */
  public void giveBack(double[] workspace) {
    if (workspace.length <= 1 << LARGEST) {
      free[Integer.numberOfTrailingZeros(workspace.length) - SMALLEST].offer(workspace);
    }
  }
}
