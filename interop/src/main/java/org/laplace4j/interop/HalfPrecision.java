package org.laplace4j.interop;

/**
 * IEEE 754 half precision: one sign bit, five of exponent, ten of fraction.
 *
 * <pre>
 *   e in 1..30   (−1)ˢ 2^(e − 15) (1 + f / 1024)
 *   e = 0        (−1)ˢ 2^(−14) f / 1024
 *   e = 31       (−1)ˢ ∞ if f = 0, else not a number
 * </pre>
 *
 * Every such number is a {@code double}. (The platform's own conversion came after Java 17.)
 */
final class HalfPrecision {
  private HalfPrecision() {}

  static double toDouble(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    double magnitude = switch (exponent) {
      case 0 -> Math.scalb((double) fraction, -24);
      case 31 -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      default -> Math.scalb((double) (1024 + fraction), exponent - 25);
    };
    return bits < 0 ? -magnitude : magnitude;
  }
}
