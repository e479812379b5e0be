package org.laplace4j.linalg.kernel;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Runs numbered tasks on a few daemon threads and the caller's own. How work is cut into tasks is
 * the caller's business and must depend on its size alone; which thread runs a task then changes no
 * bit of the result.
 *
 * <p>One job runs at a time. A call from within a task, or while another thread's job runs, does
 * its tasks inline: that needs no waiting, and the machine is busy already.
 */
final class WorkerPool {

  private static final String PROPERTY = "laplace4j.threads";
  private static final int SPINS = 2_000;

  private final int threads;
  private final Executor workers;
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * A pool of this many threads, the caller's included; they start with the first job and end after
   * a minute without.
   */
  WorkerPool(int threads) {
    this.threads = threads;
    var executor = new ThreadPoolExecutor(
        Math.max(1, threads - 1),
        Math.max(1, threads - 1),
        1,
        TimeUnit.MINUTES,
        new LinkedBlockingQueue<>(),
        WorkerPool::daemon);
    executor.allowCoreThreadTimeOut(true);
    this.workers = executor;
  }

  /**
   * The pool of the process: as many threads as {@code laplace4j.threads} says, else as there are
   * processors.
   */
  static WorkerPool shared() {
    return Shared.POOL;
  }

  /**
   * Runs tasks 0 to n − 1, in any order, and returns when all are done; rethrows what the lowest
   * failing task threw.
   */
  void forEach(int n, IntConsumer task) {
    if (n <= 1 || threads <= 1 || !busy.compareAndSet(false, true)) {
      for (int i = 0; i < n; i++) {
        task.accept(i);
      }
      return;
    }
    var job = new Job(n, task);
    try {
      for (int i = 0; i < Math.min(n, threads) - 1; i++) {
        workers.execute(job);
      }
      job.run();
      job.await();
    } finally {
      busy.set(false);
    }
    job.rethrow();
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "laplace4j-worker");
    thread.setDaemon(true);
    return thread;
  }

  private static final class Shared {
    private static final WorkerPool POOL = new WorkerPool(
        Math.max(1, Integer.getInteger(PROPERTY, Runtime.getRuntime().availableProcessors())));
  }

  /** Each thread that runs it takes the next task until none is left. */
  private static final class Job implements Runnable {
    private final int tasks;
    private final IntConsumer task;
    private final AtomicInteger next = new AtomicInteger();
    private final CountDownLatch unfinished;
    private int failedTask = Integer.MAX_VALUE;
    private Throwable failure;

    Job(int tasks, IntConsumer task) {
      this.tasks = tasks;
      this.task = task;
      this.unfinished = new CountDownLatch(tasks);
    }

    @Override
    public void run() {
      for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
        try {
          task.accept(i);
        } catch (RuntimeException | Error thrown) {
          fail(i, thrown);
        } finally {
          unfinished.countDown();
        }
      }
    }

    private synchronized void fail(int index, Throwable thrown) {
      if (index < failedTask) {
        failedTask = index;
        failure = thrown;
      }
    }

    void await() {
      // The other threads are at their last tasks: looking is quicker than sleeping, for a while.
      for (int i = 0; i < SPINS && unfinished.getCount() > 0; i++) {
        Thread.onSpinWait();
      }
      boolean interrupted = false;
      while (true) {
        try {
          unfinished.await();
          break;
        } catch (InterruptedException e) {
          // The tasks write to the caller's arrays, so it cannot leave before they are done.
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    synchronized void rethrow() {
      if (failure instanceof Error) {
        throw (Error) failure;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
    }
  }
}
