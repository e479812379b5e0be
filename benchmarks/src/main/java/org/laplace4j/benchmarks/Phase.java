package org.laplace4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One thing that a workload is timed at, cold and warm.
 *
 * @param name what it is called
 * @param points how many examples or draws it is about
 * @param work does it once, and says how many nanoseconds that took
 */
record Phase(String name, int points, LongSupplier work) {
  private static final long WARM = 2_000_000_000L;
  private static final long MEASURE = 2_000_000_000L;
  private static final int FEWEST = 3;
  private static final int MOST = 101;

  /** Work of which a single run takes longer is not run more often than it must. */
  private static final long LONG = 8_000_000_000L;

  /** What the work makes is put here, so that it is not optimised away. */
  private static volatile Object sink;

  /**
   * Times in seconds, of warm runs but for the first of all, and the peak of the heap in megabytes.
   */
  record Cost(double cold, double median, double least, double most, double peakMegabytes) {}

  static Phase of(String name, int points, Supplier<?> work) {
    return new Phase(name, points, () -> {
      long before = System.nanoTime();
      sink = work.get();
      long after = System.nanoTime();
      sink = null;
      return after - before;
    });
  }

  Cost measure() {
    long cold = work.getAsLong();
    long spent = cold;
    while (spent < WARM) {
      spent += work.getAsLong();
    }
    List<Long> times = new ArrayList<>();
    long measured = 0;
    int fewest = cold > LONG ? 1 : FEWEST;
    while (times.size() < fewest || measured < MEASURE && times.size() < MOST) {
      times.add(work.getAsLong());
      measured += times.get(times.size() - 1);
    }
    double peak = Heap.peak(work::getAsLong).megabytes();
    times.sort(null);
    return new Cost(
        cold * 1e-9,
        times.get(times.size() / 2) * 1e-9,
        times.get(0) * 1e-9,
        times.get(times.size() - 1) * 1e-9,
        peak);
  }
}
