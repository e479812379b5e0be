package org.laplace4j.laplace;

/**
 * Standard normal numbers that are a function of three integers: SplitMix64 (Steele, Lea and Flood
 * 2014) started at a mix of them, turned normal by the polar method (Marsaglia and Bray 1964). Only
 * StrictMath and integers, so the same on every JVM.
 */
final class NormalStream {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_52 = 0x1p-52;

  private long state;

  private NormalStream(long state) {
    this.state = state;
  }

  static NormalStream of(long key, long sample, long parameter) {
    return new NormalStream(
        mix(mix(mix(key + GOLDEN) + sample * GOLDEN + 1) + parameter * GOLDEN + 2));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [−1, 1). */
  private double uniform() {
    state += GOLDEN;
    return (mix(state) >> 11) * TWO_TO_MINUS_52;
  }

  /** Writes standard normal numbers from {@code from} (inclusive) to {@code to} (exclusive). */
  void fill(double[] into, int from, int to) {
    for (int i = from; i < to; i += 2) {
      double u;
      double v;
      double s;
      do {
        u = uniform();
        v = uniform();
        s = u * u + v * v;
      } while (s >= 1 || s == 0);
      double scale = Math.sqrt(-2 * StrictMath.log(s) / s);
      into[i] = u * scale;
      if (i + 1 < to) {
        into[i + 1] = v * scale;
      }
    }
  }
}
