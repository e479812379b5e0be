package org.laplace4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * The time that some work takes and the bytes that it allocates on this thread, summed over calls.
 */
final class Clock {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private long nanoseconds;
  private long bytes;

  <T> T time(Supplier<T> work) {
    long thread = Thread.currentThread().getId();
    long bytesBefore = THREADS.getThreadAllocatedBytes(thread);
    long before = System.nanoTime();
    T result = work.get();
    nanoseconds += System.nanoTime() - before;
    bytes += THREADS.getThreadAllocatedBytes(thread) - bytesBefore;
    return result;
  }

  void reset() {
    nanoseconds = 0;
    bytes = 0;
  }

  double milliseconds() {
    return nanoseconds * 1e-6;
  }

  double megabytes() {
    return bytes * 1e-6;
  }
}
