package org.laplace4j.linalg.kernel;

/**
 * exp, log, tanh and erf as fixed sequences of fused multiply-adds: the definition that
 * {@code VectorMath} repeats lane by lane. The functions of {@link Math} are not used because their
 * bits differ between interpreted and compiled code.
 *
 * <pre>
 *   exp    x = k log 2 + r, |r| ≤ ½ log 2      eˣ = 2ᵏ (1 + (eʳ − 1)), eʳ − 1 by its series to r¹³
 *   log    x = 2ᵏ m, √½ ≤ m &lt; √2                 log x = k log 2 + 2 artanh(s), s = (m − 1) / (m + 1), by its series to s²³
 *   tanh   w = e^(2|x|) − 1                    tanh |x| = w / (w + 2)
 *   erf    |x| &lt; 1                             x (1 + w(x²)), w the Chebyshev interpolant, of degree 12
 *          else                                1 − exp(−x²) g((|x| − 2) / (|x| + 2)), g of degree 12
 * </pre>
 *
 * <p>Powers of two are made without conversions: adding {@link #SHIFT} to k leaves k + 1023 in the
 * low bits of the sum, which a shift by 52 turns into 2ᵏ.
 */
final class ScalarMath {

  /** 1.5 · 2⁵² rounds what is added to it to an integer; 1023 is the bias of the exponent. */
  static final double SHIFT = 0x1.8p52 + 1023;

  static final double LOG2_E = 0x1.71547652b82fep+0;
  static final double LN2_HIGH = 0x1.62e42fefa39efp-1;
  static final double LN2_LOW = 0x1.abc9e3b39803fp-56;

  /** Beyond these, exp has overflowed and underflowed. */
  static final double EXP_MAX = 710;

  static final double EXP_MIN = -746;

  /** From here on tanh rounds to 1. */
  static final double TANH_MAX = 20;

  /** From here on erf rounds to 1. */
  static final double ERF_MAX = 6;

  /**
   * The bits of √½; m is taken relative to it so that log x has no cancellation between k log 2 and
   * log m near x = 1.
   */
  static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;

  static final long ONE_MINUS_SQRT_HALF_BITS = 0x3ff0000000000000L - SQRT_HALF_BITS;
  static final long FRACTION_MASK = 0x000fffffffffffffL;
  static final long SIGN_MASK = Long.MIN_VALUE;

  /** An integer k, 0 ≤ k &lt; 2⁵², or'ed into the bits of 2⁵² gives 2⁵² + k as a number. */
  static final long TWO_52_BITS = 0x4330000000000000L;

  static final double TWO_52_PLUS_BIAS = 0x1p52 + 1023;

  /**
   * w(t) with erf(x) = x (1 + w(x²)) for |x| ≤ 1, interpolated at the Chebyshev nodes of [0, 1];
   * error below 1e-18.
   */
  static final double[] ERF_NEAR = {
    0.12837916709551256,
    -0.3761263890318375,
    0.11283791670954879,
    -0.026866170645076792,
    0.0052239776248180145,
    -0.000854832698083379,
    0.0001205533111164271,
    -1.4925595266831182e-05,
    1.6461000484121368e-06,
    -1.6350312701054695e-07,
    1.4659775274047436e-08,
    -1.1372848856791674e-09,
    5.957176147748911e-11,
  };

  /**
   * g(v) ≈ e^(x²) erfc(x), v = (x − 2) / (x + 2), 1 ≤ x ≤ 6: of least greatest error in e^(−x²) g,
   * which is below 2e-17.
   */
  static final double[] ERF_FAR = {
    0.25539567631050575,
    -0.4271858474139568,
    0.24165819424246882,
    -0.0789785810164159,
    0.003732892398530743,
    0.006997461785615252,
    -0.0008471425903474821,
    -0.0009819764774957787,
    4.353616315033205e-05,
    0.00017428845377518841,
    2.7623113573118503e-05,
    -2.6611576782370068e-05,
    -1.2644130988757369e-05,
  };

  private ScalarMath() {}

  static double exp(double x) {
    double within = Math.max(Math.min(x, EXP_MAX), EXP_MIN);
    double shifted = Math.fma(within, LOG2_E, SHIFT);
    double k = shifted - SHIFT;
    double p = 1 + expMinusOne(within, k);
    // 2ᵏ may overflow or be subnormal where eˣ is not, so it is applied in two halves.
    double half = Math.fma(k, 0.5, SHIFT);
    double rest = (k - (half - SHIFT)) + SHIFT;
    return p * powerOfTwo(half) * powerOfTwo(rest);
  }

  static double log(double x) {
    if (x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE) {
      return logOfNormal(x, 0);
    }
    if (x > 0 && x < Double.MIN_NORMAL) {
      return logOfNormal(x * 0x1p54, -54);
    }
    if (x == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return x > 0 ? x : Double.NaN;
  }

  static double tanh(double x) {
    double y = 2 * Math.min(Math.abs(x), TANH_MAX);
    double shifted = Math.fma(y, LOG2_E, SHIFT);
    double power = powerOfTwo(shifted);
    double w = Math.fma(power, expMinusOne(y, shifted - SHIFT), power - 1);
    return withSignOf(x, w / (w + 2));
  }

  static double erf(double x) {
    double y = Math.min(Math.abs(x), ERF_MAX);
    double square = y * y;
    if (y < 1) {
      return withSignOf(x, Math.fma(y, polynomial(ERF_NEAR, square), y));
    }
    double g = polynomial(ERF_FAR, (y - 2) / (y + 2));
    double shifted = Math.fma(-square, LOG2_E, SHIFT);
    double tail = (1 + expMinusOne(-square, shifted - SHIFT)) * powerOfTwo(shifted) * g;
    // y² = square + lost, and e^(−lost) = 1 − lost to rounding.
    double lost = Math.fma(y, y, -square);
    return withSignOf(x, 1 - Math.fma(-lost, tail, tail));
  }

  /** eʳ − 1 for r = x − k log 2, with small relative error also near r = 0. */
  private static double expMinusOne(double x, double k) {
    double r = Math.fma(-k, LN2_LOW, Math.fma(-k, LN2_HIGH, x));
    double q = 1.0 / 6227020800L;
    q = Math.fma(q, r, 1.0 / 479001600);
    q = Math.fma(q, r, 1.0 / 39916800);
    q = Math.fma(q, r, 1.0 / 3628800);
    q = Math.fma(q, r, 1.0 / 362880);
    q = Math.fma(q, r, 1.0 / 40320);
    q = Math.fma(q, r, 1.0 / 5040);
    q = Math.fma(q, r, 1.0 / 720);
    q = Math.fma(q, r, 1.0 / 120);
    q = Math.fma(q, r, 1.0 / 24);
    q = Math.fma(q, r, 1.0 / 6);
    q = Math.fma(q, r, 1.0 / 2);
    return Math.fma(r * r, q, r);
  }

  /** log x + offset log 2 for a positive normal x. */
  private static double logOfNormal(double x, double offset) {
    long bits = Double.doubleToRawLongBits(x) + ONE_MINUS_SQRT_HALF_BITS;
    double k = Double.longBitsToDouble((bits >>> 52) | TWO_52_BITS) - TWO_52_PLUS_BIAS + offset;
    double f = Double.longBitsToDouble((bits & FRACTION_MASK) + SQRT_HALF_BITS) - 1;
    double s = f / (2 + f);
    double z = s * s;
    double q = 2.0 / 23;
    q = Math.fma(q, z, 2.0 / 21);
    q = Math.fma(q, z, 2.0 / 19);
    q = Math.fma(q, z, 2.0 / 17);
    q = Math.fma(q, z, 2.0 / 15);
    q = Math.fma(q, z, 2.0 / 13);
    q = Math.fma(q, z, 2.0 / 11);
    q = Math.fma(q, z, 2.0 / 9);
    q = Math.fma(q, z, 2.0 / 7);
    q = Math.fma(q, z, 2.0 / 5);
    q = Math.fma(q, z, 2.0 / 3);
    // 2s = f − s f exactly, which keeps the leading term f free of rounding.
    double correction = s * Math.fma(z, q, -f);
    return Math.fma(k, LN2_HIGH, f + Math.fma(k, LN2_LOW, correction));
  }

  /** Σ cᵢ tⁱ by Horner's rule. */
  private static double polynomial(double[] c, double t) {
    double sum = c[c.length - 1];
    for (int i = c.length - 2; i >= 0; i--) {
      sum = Math.fma(sum, t, c[i]);
    }
    return sum;
  }

  /** 2ᵏ from k + SHIFT, −1022 ≤ k ≤ 1023. */
  private static double powerOfTwo(double shifted) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(shifted) << 52);
  }

  private static double withSignOf(double x, double magnitude) {
    long sign = Double.doubleToRawLongBits(x) & SIGN_MASK;
    return Double.longBitsToDouble(Double.doubleToRawLongBits(magnitude) | sign);
  }
}
