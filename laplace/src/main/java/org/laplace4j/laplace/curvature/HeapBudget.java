package org.laplace4j.laplace.curvature;

import java.util.Locale;

/** Refuses, before allocating, what cannot fit into the heap. */
final class HeapBudget {
  private HeapBudget() {}

  static void require(String where, int elements, double bytes, String instead) {
    double heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap || (double) elements * elements > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "%s: %,d elements need %.1f GB, the heap has %.1f GB (and one matrix at most 46,340 rows); %s.",
          where,
          elements,
          bytes / 1e9,
          heap / 1e9,
          instead));
    }
  }
}
