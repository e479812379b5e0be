package org.laplace4j.linalg;

import java.util.function.DoubleUnaryOperator;
import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * Arithmetic on {@code double[]}: the checked, public face of the kernels. Results are new arrays
 * unless a name says {@code into} or {@code Add}; lengths and bounds are checked here, once, and
 * nowhere below.
 */
public final class Arrays {

  private static final Kernels KERNELS = KernelProvider.kernels();

  private Arrays() {}

  /** xᵢ + yᵢ. */
  public static double[] plus(double[] x, double[] y) {
    requireSameLength("plus", x, y);
    var z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = x[i] + y[i];
    }
    return z;
  }

  /** xᵢ − yᵢ. */
  public static double[] minus(double[] x, double[] y) {
    requireSameLength("minus", x, y);
    var z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = x[i] - y[i];
    }
    return z;
  }

  /** xᵢ yᵢ. */
  public static double[] times(double[] x, double[] y) {
    requireSameLength("times", x, y);
    var z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = x[i] * y[i];
    }
    return z;
  }

  /** xᵢ / yᵢ. */
  public static double[] dividedBy(double[] x, double[] y) {
    requireSameLength("dividedBy", x, y);
    var z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = x[i] / y[i];
    }
    return z;
  }

  /** c xᵢ. */
  public static double[] scale(double[] x, double c) {
    var z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = c * x[i];
    }
    return z;
  }

  /** −xᵢ. */
  public static double[] negate(double[] x) {
    var z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = -x[i];
    }
    return z;
  }

  /** intoᵢ += c xᵢ, in place. */
  public static void addScaled(double c, double[] x, double[] into) {
    requireSameLength("addScaled", x, into);
    KERNELS.addScaled(c, x, 0, into, 0, x.length);
  }

  /** The numbers of x at the given places, in their order. */
  public static double[] gather(double[] x, int[] places) {
    double[] gathered = new double[places.length];
    for (int i = 0; i < places.length; i++) {
      gathered[i] = x[places[i]];
    }
    return gathered;
  }

  /** n numbers: those of x at the given places, 0 elsewhere. */
  public static double[] scatter(double[] x, int[] places, int n) {
    double[] scattered = new double[n];
    for (int i = 0; i < places.length; i++) {
      scattered[places[i]] = x[i];
    }
    return scattered;
  }

  /** f(xᵢ). */
  public static double[] map(double[] x, DoubleUnaryOperator f) {
    var z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = f.applyAsDouble(x[i]);
    }
    return z;
  }

  /** Σᵢ xᵢ yᵢ. */
  public static double dot(double[] x, double[] y) {
    requireSameLength("dot", x, y);
    return KERNELS.dot(x, 0, y, 0, x.length);
  }

  /** Σᵢ xᵢ yᵢ over n numbers from each offset. */
  public static double dot(double[] x, int xAt, double[] y, int yAt, int n) {
    requireWithin("dot: x", 1, n, x, xAt, n);
    requireWithin("dot: y", 1, n, y, yAt, n);
    return KERNELS.dot(x, xAt, y, yAt, n);
  }

  /** Σᵢ xᵢ. */
  public static double sum(double[] x) {
    return KERNELS.sum(x, 0, x.length);
  }

  /** Σᵢ log xᵢ. */
  public static double sumLog(double[] x) {
    return LogOfProduct.of(x);
  }

  /** Σᵢⱼ log(xᵢ yⱼ + c) for x, y ≥ 0, without an array of the sums. */
  public static double sumLogOfSums(double[] x, double[] y, double c) {
    return LogOfProduct.ofSums(x, y, c);
  }

  /** xᵢ². */
  public static double[] squares(double[] x) {
    return times(x, x);
  }

  /** √xᵢ. */
  public static double[] sqrt(double[] x) {
    var z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = Math.sqrt(x[i]);
    }
    return z;
  }

  /** 1 / xᵢ. */
  public static double[] reciprocal(double[] x) {
    var z = new double[x.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = 1 / x[i];
    }
    return z;
  }

  /** e^xᵢ. */
  public static double[] exp(double[] x) {
    var z = new double[x.length];
    KERNELS.exp(x, 0, z, 0, x.length);
    return z;
  }

  /** log xᵢ, natural; NaN for a negative number. */
  public static double[] log(double[] x) {
    var z = new double[x.length];
    KERNELS.log(x, 0, z, 0, x.length);
    return z;
  }

  /** tanh xᵢ. */
  public static double[] tanh(double[] x) {
    var z = new double[x.length];
    KERNELS.tanh(x, 0, z, 0, x.length);
    return z;
  }

  /** erf xᵢ = 2/√π ∫₀^xᵢ e^(−t²) dt. */
  public static double[] erf(double[] x) {
    var z = new double[x.length];
    KERNELS.erf(x, 0, z, 0, x.length);
    return z;
  }

  /** max(xᵢ, 0), on all threads: it comes after each layer, and takes no longer than to read. */
  public static double[] relu(double[] x) {
    var z = new double[x.length];
    Parallel.ranges(x.length, 2, (from, to) -> KERNELS.relu(x, from, z, from, to - from));
    return z;
  }

  /** The largest xᵢ, NaN if there is one, −∞ of nothing. */
  public static double max(double[] x) {
    double max = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** The index of the first NaN or infinity, or −1. */
  public static int firstNonFinite(double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        return i;
      }
    }
    return -1;
  }

  /** Returns x if each entry is finite; the message of the error starts with {@code where}. */
  public static double[] requireFinite(String where, double[] x) {
    int i = firstNonFinite(x);
    if (i >= 0) {
      throw new IllegalArgumentException(String.format(
          "%s: every one of the %d numbers must be finite, but number %d is %s; remove or repair it.",
          where, x.length, i, x[i]));
    }
    return x;
  }

  /**
   * Returns x if each entry is finite and above zero; the message of the error starts with
   * {@code where}.
   */
  public static double[] requirePositive(String where, double[] x) {
    for (int i = 0; i < x.length; i++) {
      if (!(x[i] > 0 && x[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(String.format(
            "%s: every one of the %d numbers must be positive and finite, but number %d is %s; give a positive one.",
            where, x.length, i, x[i]));
      }
    }
    return x;
  }

  /** Returns x if it has n entries; the message of the error starts with {@code where}. */
  public static double[] requireLength(String where, int n, double[] x) {
    if (x.length != n) {
      throw new IllegalArgumentException(String.format(
          "%s: %d numbers are required, but %d were given; give one for each.",
          where, n, x.length));
    }
    return x;
  }

  /**
   * C += op(A) op(B), shapes (m, k) · (k, n) → (m, n), where op transposes or not; each matrix lies
   * row-major in its array from its offset ({@code At}) with its row stride ({@code ld}). C must
   * not overlap A or B.
   */
  public static void multiplyAdd(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double[] a,
      int aAt,
      int lda,
      double[] b,
      int bAt,
      int ldb,
      double[] c,
      int cAt,
      int ldc) {
    requireWithin("multiplyAdd: A", transposeA ? k : m, transposeA ? m : k, a, aAt, lda);
    requireWithin("multiplyAdd: B", transposeB ? n : k, transposeB ? k : n, b, bAt, ldb);
    requireWithin("multiplyAdd: C", m, n, c, cAt, ldc);
    KERNELS.multiplyAdd(transposeA, transposeB, m, n, k, a, aAt, lda, b, bAt, ldb, c, cAt, ldc);
  }

  /**
   * C += AᵀA (transposed) with A (k, n), or A Aᵀ with A (n, k). C (n, n) must be symmetric before,
   * and both its triangles are written; it must not overlap A.
   */
  public static void symmetricRankAdd(
      boolean transpose, int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc) {
    requireWithin("symmetricRankAdd: A", transpose ? k : n, transpose ? n : k, a, aAt, lda);
    requireWithin("symmetricRankAdd: C", n, n, c, cAt, ldc);
    KERNELS.symmetricRankAdd(transpose, n, k, a, aAt, lda, c, cAt, ldc);
  }

  private static void requireSameLength(String where, double[] x, double[] y) {
    if (x.length != y.length) {
      throw new IllegalArgumentException(String.format(
          "Arrays.%s: both arrays must have the same length, but came %d and %d; pad or cut one.",
          where, x.length, y.length));
    }
  }

  private static void requireWithin(
      String where, int rows, int cols, double[] values, int at, int stride) {
    boolean empty = rows == 0 || cols == 0;
    long end = empty ? at : at + (rows - 1L) * stride + cols;
    if (rows < 0 || cols < 0 || at < 0 || (stride < cols && rows > 1) || end > values.length) {
      throw new IllegalArgumentException(String.format(
          "Arrays.%s of shape (%d, %d) from %d with row stride %d must lie within its array of %d numbers, but would end"
              + " at %d; check shape, offset and stride.",
          where, rows, cols, at, stride, values.length, end));
    }
  }
}
