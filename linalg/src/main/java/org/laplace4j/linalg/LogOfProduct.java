package org.laplace4j.linalg;

/**
 * Σ log xᵢ = log Π xᵢ with one logarithm for many numbers: mantissas are multiplied and exponents
 * added, so that nothing overflows.
 *
 * <pre>  x = m 2ᵉ, 1 ≤ m &lt; 2        Σ log xᵢ = log Π mᵢ + log 2 Σ eᵢ  </pre>
 *
 * <p>A product of n mantissas is off by n ulps at most, which is n ulps of 1 in its logarithm.
 */
final class LogOfProduct {
  private static final long MANTISSA = 0x000F_FFFF_FFFF_FFFFL;
  private static final long ONE = 0x3FF0_0000_0000_0000L;
  private static final int EXPONENT = 52;
  private static final int BIAS = 1023;

  /** Mantissas of one product: 2^512 is far from overflow. */
  private static final int PIECE = 512;

  private double logs;
  private long exponents;

  private LogOfProduct() {}

  static double of(double[] x) {
    LogOfProduct sum = new LogOfProduct();
    for (int from = 0; from < x.length; from += PIECE) {
      sum.add(x, from, Math.min(x.length, from + PIECE));
    }
    return sum.logs + sum.exponents * StrictMath.log(2);
  }

  /** Two products side by side: neither waits for the other. */
  private void add(double[] x, int from, int to) {
    double even = 1;
    double odd = 1;
    int i = from;
    for (; i + 1 < to; i += 2) {
      even *= mantissa(x[i]);
      odd *= mantissa(x[i + 1]);
    }
    if (i < to) {
      even *= mantissa(x[i]);
    }
    logs += StrictMath.log(even * odd);
  }

  /** m, its exponent being counted; 1 of what is not a normal number above zero. */
  private double mantissa(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long exponent = bits >> EXPONENT; // below 0 if x is
    if (exponent <= 0 || exponent > 2 * BIAS) {
      logs += StrictMath.log(x);
      return 1;
    }
    exponents += exponent - BIAS;
    return Double.longBitsToDouble(bits & MANTISSA | ONE);
  }
}
