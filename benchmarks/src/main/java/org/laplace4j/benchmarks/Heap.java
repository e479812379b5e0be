package org.laplace4j.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.function.Supplier;

/**
 * How much of the heap some work takes above what was alive before it. What it has dropped and no
 * collection has taken yet counts too, so a JVM with a small heap says what it needs, and one with
 * a large heap what it uses.
 */
final class Heap {
  private static final List<MemoryPoolMXBean> POOLS =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private Heap() {}

  /** What some work made, in how many seconds, and the peak above what was alive before. */
  record Peak<T>(T made, double seconds, double megabytes) {}

  /** Does the work once, after a collection. */
  static <T> Peak<T> peak(Supplier<T> work) {
    System.gc();
    long before = POOLS.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    POOLS.forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    T made = work.get();
    double seconds = (System.nanoTime() - start) * 1e-9;
    long peak = POOLS.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    return new Peak<>(made, seconds, (peak - before) * 1e-6);
  }
}
