package org.laplace4j.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * Whether products of growing sizes leave compiled code behind that is slow for good: JDK 17 is
 * known to, where a vector loop meets a path that it has not seen. Sizes 64, 128 and 512 in one
 * JVM, twice, in GFLOP/s; in the second round none may be far behind the fastest of its form.
 */
public final class SizesInOneJvm {
  private static final int[] SIZES = {64, 128, 512};
  private static final long NANOSECONDS = 3_000_000_000L;

  /** Busy neighbours cost less than this; the flaw costs nine tenths. */
  private static final double TOLERATED = 0.7;

  private SizesInOneJvm() {}

  /** Prints the table; takes no arguments. Exits with 1 if a size is slow for good. */
  public static void main(String[] arguments) {
    System.out.printf("JDK %s%n", System.getProperty("java.version"));
    boolean slower = false;
    for (String form : new String[] {"NN", "TN", "NT"}) {
      double[] first = rates(form);
      double[] second = rates(form);
      for (int i = 0; i < SIZES.length; i++) {
        System.out.printf(
            Locale.ROOT, "%s %4d  %5.1f  then %5.1f%n", form, SIZES[i], first[i], second[i]);
        slower |= second[i] < TOLERATED * Arrays.stream(second).max().orElseThrow();
      }
    }
    System.exit(slower ? 1 : 0);
  }

  private static double[] rates(String form) {
    double[] rates = new double[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      rates[i] = rate(form, SIZES[i]);
    }
    return rates;
  }

  /** The fastest of the calls of some time. */
  private static double rate(String form, int n) {
    Kernels kernels = KernelProvider.named("simd");
    boolean transposeA = form.equals("TN");
    boolean transposeB = form.equals("NT");
    double[] a = Draws.normal(n * n, 1);
    double[] b = Draws.normal(n * n, 2);
    double[] c = new double[n * n];
    long best = Long.MAX_VALUE;
    long end = System.nanoTime() + NANOSECONDS;
    while (System.nanoTime() < end) {
      long before = System.nanoTime();
      kernels.multiplyAdd(transposeA, transposeB, n, n, n, a, 0, n, b, 0, n, c, 0, n);
      best = Math.min(best, System.nanoTime() - before);
    }
    return 2.0 * n * n * n / best;
  }
}
