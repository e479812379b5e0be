package org.laplace4j.linalg;

/**
 * Σ log xᵢ = log Π xᵢ with one logarithm for many numbers: mantissas are multiplied and exponents
 * added, so that nothing overflows.
 *
 * <pre>  x = m 2ᵉ, 1 ≤ m &lt; 2        Σ log xᵢ = log Π mᵢ + log 2 Σ eᵢ  </pre>
 *
 * <p>Many numbers are rows of factors, multiplied into a row of products side by side; where all
 * lie between known bounds, exponents are taken off after as many rows as cannot overflow.
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

  /** Products side by side, where the numbers are in no rows of their own: 2 kB. */
  private static final int WIDTH = 256;

  /** Products of mantissas and factors stay between 2^-LIMIT and 2^LIMIT. */
  private static final int LIMIT = 1000;

  private double logs;
  private long exponents;

  private LogOfProduct() {}

  static double of(double[] x) {
    LogOfProduct sum = new LogOfProduct();
    sum.addAll(x, sum.addRows(x));
    return sum.total();
  }

  /** Those that make whole rows, if they may be multiplied; returns where the others begin. */
  private int addRows(double[] x) {
    int rows = x.length / WIDTH;
    int together = rows == 0 ? 0 : together(x, rows);
    if (together == 0) return 0;
    double[] products = ones(WIDTH);
    for (int row = 0; row < rows; row++) {
      multiply(products, x, row * WIDTH);
      if ((row + 1) % together == 0) strip(products);
    }
    addAll(products, 0);
    return rows * WIDTH;
  }

  /** Σᵢⱼ log(xᵢ yⱼ + c) for x, y ≥ 0, without an array of the sums. */
  static double ofSums(double[] x, double[] y, double c) {
    if (x.length > y.length) return ofSums(y, x, c);
    LogOfProduct sum = new LogOfProduct();
    int together = together(Math.fma(min(x), min(y), c), Math.fma(Arrays.max(x), Arrays.max(y), c));
    if (together == 0 || min(x) < 0 || min(y) < 0) return oneByOne(x, y, c);
    double[] products = ones(y.length);
    for (int i = 0; i < x.length; i++) {
      multiplySums(products, x[i], y, c);
      if ((i + 1) % together == 0) sum.strip(products);
    }
    sum.addAll(products, 0);
    return sum.total();
  }

  private static double oneByOne(double[] x, double[] y, double c) {
    double logs = 0;
    for (double left : x) {
      for (double right : y) logs += StrictMath.log(Math.fma(left, right, c));
    }
    return logs;
  }

  /** How many factors between these bounds may be multiplied by a mantissa: none if not normal. */
  private static int together(double least, double most) {
    boolean normal = least >= Double.MIN_NORMAL && most <= Double.MAX_VALUE; // and no NaN
    int bits = Math.max(-Math.getExponent(least), Math.getExponent(most) + 1);
    return normal ? LIMIT / Math.max(1, bits) : 0;
  }

  /** Of the first rows of x. */
  private static int together(double[] x, int rows) {
    double[] least = java.util.Arrays.copyOf(x, WIDTH);
    double[] most = least.clone();
    for (int at = WIDTH; at < rows * WIDTH; at += WIDTH) {
      bound(least, most, x, at);
    }
    return together(min(least), Arrays.max(most));
  }

  private static void bound(double[] least, double[] most, double[] x, int at) {
    for (int j = 0; j < WIDTH; j++) {
      least[j] = Math.min(least[j], x[at + j]);
      most[j] = Math.max(most[j], x[at + j]);
    }
  }

  private static void multiply(double[] products, double[] x, int at) {
    for (int j = 0; j < WIDTH; j++) {
      products[j] *= x[at + j];
    }
  }

  private static void multiplySums(double[] products, double x, double[] y, double c) {
    for (int j = 0; j < products.length; j++) {
      products[j] *= Math.fma(x, y[j], c);
    }
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  private static double min(double[] x) {
    double min = Double.POSITIVE_INFINITY;
    for (double value : x) min = Math.min(min, value);
    return min;
  }

  /** Leaves the mantissas. */
  private void strip(double[] products) {
    for (int j = 0; j < products.length; j++) {
      products[j] = mantissa(products[j]);
    }
  }

  /** One by one, from a place on. */
  private void addAll(double[] x, int from) {
    for (int at = from; at < x.length; at += PIECE) {
      add(x, at, Math.min(x.length, at + PIECE));
    }
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

  private double total() {
    return logs + exponents * StrictMath.log(2);
  }
}
