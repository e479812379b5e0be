package org.laplace4j.linalg.kernel;

import java.util.function.IntConsumer;

/** The threads that the kernels run on, for loops that are not kernels. */
public final class Threads {

  private Threads() {}

  /**
   * Runs tasks 0 to n − 1, in any order, and returns when all are done; within a task, or while
   * another thread's job runs, one after the other on the caller's own thread.
   */
  public static void forEach(int n, IntConsumer task) {
    WorkerPool.shared().forEach(n, task);
  }
}
