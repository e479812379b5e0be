package org.laplace4j.linalg.kernel;

import static org.laplace4j.linalg.kernel.ScalarMath.ERF_FAR;
import static org.laplace4j.linalg.kernel.ScalarMath.ERF_MAX;
import static org.laplace4j.linalg.kernel.ScalarMath.ERF_NEAR;
import static org.laplace4j.linalg.kernel.ScalarMath.EXP_MAX;
import static org.laplace4j.linalg.kernel.ScalarMath.EXP_MIN;
import static org.laplace4j.linalg.kernel.ScalarMath.FRACTION_MASK;
import static org.laplace4j.linalg.kernel.ScalarMath.LN2_HIGH;
import static org.laplace4j.linalg.kernel.ScalarMath.LN2_LOW;
import static org.laplace4j.linalg.kernel.ScalarMath.LOG2_E;
import static org.laplace4j.linalg.kernel.ScalarMath.ONE_MINUS_SQRT_HALF_BITS;
import static org.laplace4j.linalg.kernel.ScalarMath.SHIFT;
import static org.laplace4j.linalg.kernel.ScalarMath.SIGN_MASK;
import static org.laplace4j.linalg.kernel.ScalarMath.SQRT_HALF_BITS;
import static org.laplace4j.linalg.kernel.ScalarMath.TANH_MAX;
import static org.laplace4j.linalg.kernel.ScalarMath.TWO_52_BITS;
import static org.laplace4j.linalg.kernel.ScalarMath.TWO_52_PLUS_BIAS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ScalarMath} in lanes: the same operations in the same order, so each number has the same
 * bits.
 *
 * <p>Every function is a few sweeps over a short stretch of numbers, each sweep a method with one
 * loop of calls to the Vector API and nothing else. What goes through a helper that takes or
 * returns a vector, carries long vectors around a loop, blends by a mask, or is too long, may not
 * be kept in registers by the compiler of JDK 17, which then makes an object of each vector (10 to
 * 100 ns a number instead of 1).
 *
 * <p>The length n of a stretch is a multiple of the lanes. Result and argument may be the same
 * array.
 */
final class VectorMath {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final long LEAST_NORMAL_BITS = 0x0010000000000000L;
  private static final long GREATEST_BITS = 0x7fefffffffffffffL;

  private VectorMath() {}

  /** y = exp(x); p is scratch. */
  static void exp(double[] x, int xAt, double[] y, int yAt, int n, double[] p) {
    clampForExp(x, xAt, y, yAt, n);
    expMinusOne(y, yAt, p, n);
    timesPowerOfTwo(p, y, yAt, n);
  }

  /**
   * y = log(x) if every number is positive and normal; else returns false and writes nothing. f and
   * k are scratch.
   */
  static boolean log(double[] x, int xAt, double[] y, int yAt, int n, double[] f, double[] k) {
    if (!areNormal(x, xAt, n)) {
      return false;
    }
    splitForLog(x, xAt, f, k, n);
    logOfParts(f, k, y, yAt, n);
    return true;
  }

  /** y = tanh(x); twice and p are scratch. */
  static void tanh(double[] x, int xAt, double[] y, int yAt, int n, double[] twice, double[] p) {
    clampForTanh(x, xAt, twice, n);
    expMinusOne(twice, 0, p, n);
    tanhOfParts(x, xAt, twice, p, y, yAt, n);
  }

  /** y = erf(x); minusSquare, p and g are scratch. */
  static void erf(
      double[] x,
      int xAt,
      double[] y,
      int yAt,
      int n,
      double[] minusSquare,
      double[] p,
      double[] g) {
    clampForErf(x, xAt, minusSquare, g, n);
    polynomial(ERF_FAR, g, n);
    expMinusOne(minusSquare, 0, p, n);
    erfFar(x, xAt, minusSquare, p, g, n);
    polynomial(ERF_NEAR, minusSquare, n);
    erfOfParts(x, xAt, minusSquare, g, y, yAt, n);
  }

  private static void clampForExp(double[] x, int xAt, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xAt + i);
      v.min(EXP_MAX).max(EXP_MIN).intoArray(y, yAt + i);
    }
  }

  /** x becomes (1 + p) 2ᵏ, k = x / log 2 rounded. */
  private static void timesPowerOfTwo(double[] p, double[] x, int xAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector shift = DoubleVector.broadcast(SPECIES, SHIFT);
      DoubleVector k = DoubleVector.fromArray(SPECIES, x, xAt + i)
          .fma(DoubleVector.broadcast(SPECIES, LOG2_E), shift)
          .sub(SHIFT);
      DoubleVector half = k.fma(DoubleVector.broadcast(SPECIES, 0.5), shift);
      DoubleVector rest = k.sub(half.sub(SHIFT)).add(SHIFT);
      DoubleVector.fromArray(SPECIES, p, i)
          .add(1)
          .mul(half.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
          .mul(rest.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles())
          .intoArray(x, xAt + i);
    }
  }

  /** x = 2ᵏ (1 + f). */
  private static void splitForLog(double[] x, int xAt, double[] f, double[] k, int n) {
    for (int i = 0; i < n; i += LANES) {
      LongVector bits = DoubleVector.fromArray(SPECIES, x, xAt + i)
          .reinterpretAsLongs()
          .add(ONE_MINUS_SQRT_HALF_BITS);
      bits.and(FRACTION_MASK).add(SQRT_HALF_BITS).reinterpretAsDoubles().sub(1).intoArray(f, i);
      bits.lanewise(VectorOperators.LSHR, 52)
          .or(TWO_52_BITS)
          .reinterpretAsDoubles()
          .sub(TWO_52_PLUS_BIAS)
          .intoArray(k, i);
    }
  }

  /** Whether all are positive, normal and finite; by their bits, and without a branch for each. */
  private static boolean areNormal(double[] x, int xAt, int n) {
    long outside = 0;
    for (int i = 0; i < n; i++) {
      long bits = Double.doubleToRawLongBits(x[xAt + i]);
      // The sign bit is set by what is negative, what is below the least normal and what is above
      // the greatest.
      outside |= bits | (bits - LEAST_NORMAL_BITS) | (GREATEST_BITS - bits);
    }
    return outside >= 0;
  }

  /** y = k log 2 + log(1 + f). */
  private static void logOfParts(double[] f, double[] k, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector m = DoubleVector.fromArray(SPECIES, f, i);
      DoubleVector s = m.div(m.add(2));
      DoubleVector z = s.mul(s);
      DoubleVector q = DoubleVector.broadcast(SPECIES, 2.0 / 23);
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 21));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 19));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 17));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 15));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 13));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 11));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 9));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 7));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 5));
      q = q.fma(z, DoubleVector.broadcast(SPECIES, 2.0 / 3));
      DoubleVector correction = s.mul(z.fma(q, m.neg()));
      DoubleVector power = DoubleVector.fromArray(SPECIES, k, i);
      DoubleVector rest = m.add(power.fma(DoubleVector.broadcast(SPECIES, LN2_LOW), correction));
      power.fma(DoubleVector.broadcast(SPECIES, LN2_HIGH), rest).intoArray(y, yAt + i);
    }
  }

  private static void clampForTanh(double[] x, int xAt, double[] twice, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xAt + i);
      v.abs().min(TANH_MAX).mul(2).intoArray(twice, i);
    }
  }

  private static void tanhOfParts(
      double[] x, int xAt, double[] twice, double[] p, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector power = DoubleVector.fromArray(SPECIES, twice, i)
          .fma(DoubleVector.broadcast(SPECIES, LOG2_E), DoubleVector.broadcast(SPECIES, SHIFT))
          .reinterpretAsLongs()
          .lanewise(VectorOperators.LSHL, 52)
          .reinterpretAsDoubles();
      DoubleVector w = power.fma(DoubleVector.fromArray(SPECIES, p, i), power.sub(1));
      LongVector sign =
          DoubleVector.fromArray(SPECIES, x, xAt + i).reinterpretAsLongs().and(SIGN_MASK);
      w.div(w.add(2)).reinterpretAsLongs().or(sign).reinterpretAsDoubles().intoArray(y, yAt + i);
    }
  }

  private static void clampForErf(double[] x, int xAt, double[] minusSquare, double[] v, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector within = DoubleVector.fromArray(SPECIES, x, xAt + i).abs().min(ERF_MAX);
      within.mul(within).neg().intoArray(minusSquare, i);
      within.sub(2).div(within.add(2)).intoArray(v, i);
    }
  }

  /** g becomes erf |x| for |x| ≥ 1; minusSquare becomes the square. */
  private static void erfFar(
      double[] x, int xAt, double[] minusSquare, double[] p, double[] g, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector within = DoubleVector.fromArray(SPECIES, x, xAt + i).abs().min(ERF_MAX);
      DoubleVector minus = DoubleVector.fromArray(SPECIES, minusSquare, i);
      DoubleVector power = minus
          .fma(DoubleVector.broadcast(SPECIES, LOG2_E), DoubleVector.broadcast(SPECIES, SHIFT))
          .reinterpretAsLongs()
          .lanewise(VectorOperators.LSHL, 52)
          .reinterpretAsDoubles();
      DoubleVector tail = DoubleVector.fromArray(SPECIES, p, i)
          .add(1)
          .mul(power)
          .mul(DoubleVector.fromArray(SPECIES, g, i));
      DoubleVector lost = within.fma(within, minus);
      DoubleVector.broadcast(SPECIES, 1).sub(lost.neg().fma(tail, tail)).intoArray(g, i);
      minus.neg().intoArray(minusSquare, i);
    }
  }

  /** y = sign(x) |x| (1 + w) where |x| &lt; 1, else sign(x) far. */
  private static void erfOfParts(
      double[] x, int xAt, double[] w, double[] far, double[] y, int yAt, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xAt + i);
      DoubleVector within = v.abs().min(ERF_MAX);
      LongVector near =
          within.fma(DoubleVector.fromArray(SPECIES, w, i), within).reinterpretAsLongs();
      LongVector other = DoubleVector.fromArray(SPECIES, far, i).reinterpretAsLongs();
      // The sign of |x| − 1, spread over all bits, chooses.
      LongVector isFar =
          within.sub(1).reinterpretAsLongs().lanewise(VectorOperators.LSHR, 63).sub(1);
      LongVector sign = v.reinterpretAsLongs().and(SIGN_MASK);
      near.lanewise(
              VectorOperators.XOR, near.lanewise(VectorOperators.XOR, other).and(isFar))
          .or(sign)
          .reinterpretAsDoubles()
          .intoArray(y, yAt + i);
    }
  }

  /** p = eʳ − 1 for r = x − k log 2. */
  private static void expMinusOne(double[] x, int xAt, double[] p, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, x, xAt + i);
      DoubleVector minusK = v.fma(
              DoubleVector.broadcast(SPECIES, LOG2_E), DoubleVector.broadcast(SPECIES, SHIFT))
          .sub(SHIFT)
          .neg();
      DoubleVector r = minusK.fma(
          DoubleVector.broadcast(SPECIES, LN2_LOW),
          minusK.fma(DoubleVector.broadcast(SPECIES, LN2_HIGH), v));
      DoubleVector q = DoubleVector.broadcast(SPECIES, 1.0 / 6227020800L);
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 479001600));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 39916800));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 3628800));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 362880));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 40320));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 5040));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 720));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 120));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 24));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 6));
      q = q.fma(r, DoubleVector.broadcast(SPECIES, 1.0 / 2));
      r.mul(r).fma(q, r).intoArray(p, i);
    }
  }

  /** t = Σ cₖ tᵏ for the thirteen coefficients c. */
  private static void polynomial(double[] c, double[] t, int n) {
    for (int i = 0; i < n; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, t, i);
      DoubleVector sum = DoubleVector.broadcast(SPECIES, c[12]);
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[11]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[10]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[9]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[8]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[7]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[6]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[5]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[4]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[3]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[2]));
      sum = sum.fma(v, DoubleVector.broadcast(SPECIES, c[1]));
      sum.fma(v, DoubleVector.broadcast(SPECIES, c[0])).intoArray(t, i);
    }
  }
}
