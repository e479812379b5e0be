package org.laplace4j.laplace;

/**
 * Standard normal numbers that are a function of three integers: SplitMix64 (Steele, Lea and Flood
 * 2014) started at a mix of them, turned normal by a ziggurat (Marsaglia and Tsang 2000). Only
 * StrictMath and integers, so the same on every JVM.
 *
 * <pre>
 *   f(x) = exp(−x²/2), covered by 256 strips of the same area V:
 *   strip i ≥ 1 is as wide as xᵢ and reaches from f(xᵢ) up to f(xᵢ₊₁),  x₁ = R, x₂₅₆ = 0
 *   strip 0 is what lies under f(R), the tail beyond R included
 * </pre>
 *
 * <p>A point of a random strip that is under f has its x for a normal number; in 99 of 100 cases it
 * is beside the part of the strip where that is in doubt.
 */
final class NormalStream {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double TWO_TO_MINUS_52 = 0x1p-52;
  private static final double TWO_TO_MINUS_53 = 0x1p-53;

  private static final int STRIPS = 256;

  /** Where the strips end in x₂₅₆ = 0, … */
  private static final double R = 3.654152885361008771645;

  /** … and R f(R) + ∫ f beyond R. */
  private static final double V = 0.004928673233974655347;

  private static final double[] X = widths();
  private static final double[] F = heights(X);

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

  /** x₀, by which strip 0 has the area of the others if it were a rectangle, then x₁ … x₂₅₆. */
  private static double[] widths() {
    double[] x = new double[STRIPS + 1];
    x[0] = V / f(R);
    x[1] = R;
    for (int i = 2; i < STRIPS; i++) {
      x[i] = Math.sqrt(-2 * StrictMath.log(V / x[i - 1] + f(x[i - 1])));
    }
    return x;
  }

  private static double[] heights(double[] x) {
    double[] heights = new double[x.length];
    java.util.Arrays.setAll(heights, i -> f(x[i]));
    return heights;
  }

  private static double f(double x) {
    return StrictMath.exp(-0.5 * x * x);
  }

  private long bits() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in (0, 1]. */
  private double uniform() {
    return ((bits() >>> 11) + 1) * TWO_TO_MINUS_53;
  }

  /** Writes standard normal numbers from {@code from} (inclusive) to {@code to} (exclusive). */
  void fill(double[] into, int from, int to) {
    long counter = state;
    for (int i = from; i < to; i++) {
      counter += GOLDEN;
      long bits = mix(counter);
      double x = within(bits);
      if (Math.abs(x) < X[strip(bits) + 1]) {
        into[i] = x;
      } else {
        state = counter;
        into[i] = inDoubt(bits);
        counter = state;
      }
    }
    state = counter;
  }

  private static int strip(long bits) {
    return (int) bits & (STRIPS - 1);
  }

  /** By other bits than the strip, uniform over its width to both sides. */
  private static double within(long bits) {
    return (bits >> 11) * TWO_TO_MINUS_52 * X[strip(bits)];
  }

  /** The number that these bits begin, where they do not decide it. */
  private double inDoubt(long first) {
    long bits = first;
    while (true) {
      int strip = strip(bits);
      double x = within(bits);
      if (Math.abs(x) < X[strip + 1]) {
        return x;
      }
      if (strip == 0) {
        return Math.copySign(R + beyond(), x);
      }
      double height = F[strip] + uniform() * (F[strip + 1] - F[strip]);
      if (height < f(x)) {
        return x;
      }
      bits = bits();
    }
  }

  /** By how much a number is beyond R, if it is (Marsaglia 1964). */
  private double beyond() {
    while (true) {
      double x = -StrictMath.log(uniform()) / R;
      double y = -StrictMath.log(uniform());
      if (2 * y > x * x) {
        return x;
      }
    }
  }
}
