package org.laplace4j.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

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

  /** The peak of the heap's pools while the work runs, above what is alive before, in megabytes. */
  static double peakMegabytes(Runnable work) {
    System.gc();
    long before = POOLS.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    POOLS.forEach(MemoryPoolMXBean::resetPeakUsage);
    work.run();
    long peak = POOLS.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    return (peak - before) * 1e-6;
  }
}
