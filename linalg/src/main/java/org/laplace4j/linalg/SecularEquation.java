package org.laplace4j.linalg;

import java.util.function.IntConsumer;
import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * The eigenvalues and eigenvectors of D + ρ z zᵀ, where ρ &gt; 0, the entries of D ascend strictly
 * and no entry of z is zero.
 *
 * <pre>
 *   f(λ) = 1 + ρ Σᵢ zᵢ² / (dᵢ − λ) = 0            one root between dⱼ and dⱼ₊₁, one beyond the last
 *   ρ ẑᵢ² = Πⱼ |λⱼ − dᵢ| / Πⱼ≠ᵢ |dⱼ − dᵢ|         the z of which the computed roots are exact
 *   sⱼ   ∝ (ẑᵢ / (dᵢ − λⱼ))ᵢ
 * </pre>
 *
 * <p>A root is sought as the distance from the nearer pole, so that all dᵢ − λⱼ are accurate, by
 * fitting a pole on either side (Bunch, Nielsen and Sorensen 1978) within a bracket. Vectors from ẑ
 * are orthogonal to rounding (Gu and Eisenstat 1994).
 */
final class SecularEquation {
  private static final Kernels KERNELS = KernelProvider.kernels();

  /** How far f may be from zero, in units of its terms: a few roundings. */
  private static final double ROUNDING = 8 * 0x1p-53;

  /** Steps of the fit; roots that need more are bracketed by bisection. */
  private static final int FITS = 40;

  /** Fewer roots are not worth a second thread. */
  private static final int THREADED = 256;

  /** Roots of one task. */
  private static final int TASK = 16;

  private final int n;
  private final double[] d;
  private final double[] z;
  private final double rho;
  private final double[] roots;

  /** Row j is dᵢ − λⱼ. */
  private final double[] gaps;

  SecularEquation(double[] d, double[] z, double rho) {
    this.n = d.length;
    this.d = d;
    this.z = z;
    this.rho = rho;
    this.roots = new double[n];
    this.gaps = new double[n * n];
    inTasks(j -> roots[j] = root(j, new double[n]));
  }

  /** Something for each root, several at a time. */
  private void inTasks(IntConsumer each) {
    int count = n < THREADED ? THREADED : TASK;
    KERNELS.forEach((n + count - 1) / count, task -> {
      for (int j = task * count; j < Math.min(n, (task + 1) * count); j++) {
        each.accept(j);
      }
    });
  }

  /** λ, ascending. */
  double[] roots() {
    return roots;
  }

  private double root(int j, double[] terms) {
    boolean last = j == n - 1;
    // Beyond the last pole by no more than the trace of ρ z zᵀ; a little more, for its rounding.
    double width = last ? 1.01 * rho * KERNELS.dot(z, 0, z, 0, n) : d[j + 1] - d[j];
    double origin = d[j];
    double low = 0;
    double high = width;
    double at = 0.5 * width;
    Fit f = new Fit(j, origin, at, terms);
    if (!last && f.value < 0) {
      origin = d[j + 1];
      low = -0.5 * width;
      high = 0;
      at = low;
    }
    for (int step = 0; !f.isZero(); step++) {
      if (f.value < 0) {
        low = at;
      } else {
        high = at;
      }
      double next = at + f.step(last);
      if (step >= FITS || !(next > low && next < high)) {
        next = 0.5 * (low + high);
      }
      if (next <= low || next >= high) {
        break;
      }
      at = next;
      f = new Fit(j, origin, at, terms);
    }
    return origin + at;
  }

  /** f and its derivative at a point, in the parts of the poles below it and above. */
  private final class Fit {
    private final double below;
    private final double above;
    private final double belowSlope;
    private final double aboveSlope;
    private final double toLower;
    private final double toUpper;
    final double value;

    Fit(int j, double origin, double at, double[] terms) {
      int row = j * n;
      for (int i = 0; i < n; i++) {
        double gap = d[i] - origin - at;
        gaps[row + i] = gap;
        terms[i] = z[i] / gap;
      }
      int k = j + 1;
      this.below = rho * KERNELS.dot(z, 0, terms, 0, k);
      this.belowSlope = rho * KERNELS.dot(terms, 0, terms, 0, k);
      this.above = rho * KERNELS.dot(z, k, terms, k, n - k);
      this.aboveSlope = rho * KERNELS.dot(terms, k, terms, k, n - k);
      this.toLower = gaps[row + j];
      this.toUpper = k < n ? gaps[row + k] : 0;
      this.value = 1 + below + above;
    }

    boolean isZero() {
      return Math.abs(value) <= ROUNDING * (1 + above - below);
    }

    /** To the zero of the function with one pole on either side that has this value and slopes. */
    double step(boolean last) {
      if (last) {
        return toLower + toLower * toLower * belowSlope / (value - toLower * belowSlope);
      }
      double a = (toLower + toUpper) * value - toLower * toUpper * (belowSlope + aboveSlope);
      double b = toLower * toUpper * value;
      double c = value - toLower * belowSlope - toUpper * aboveSlope;
      double root = Math.sqrt(Math.max(0, a * a - 4 * b * c));
      return a <= 0 ? (a - root) / (2 * c) : 2 * b / (a + root);
    }
  }

  /**
   * S, (n, n): row j is the vector of root j, its entries in the order of {@code columns}. They
   * take the place of the distances that they are made of: once, and last of all.
   */
  double[] takeVectors(int[] columns) {
    double[] refined = refined();
    inTasks(j -> {
      double[] vector = new double[n];
      int row = j * n;
      for (int i = 0; i < n; i++) {
        vector[i] = refined[i] / gaps[row + i];
      }
      double scale = 1 / Math.sqrt(KERNELS.dot(vector, 0, vector, 0, n));
      for (int i = 0; i < n; i++) {
        gaps[row + i] = scale * vector[columns[i]];
      }
    });
    return gaps;
  }

  /** ẑ, with the signs of z. */
  private double[] refined() {
    double[] product = new double[n];
    java.util.Arrays.fill(product, 1);
    for (int j = 0; j < n; j++) {
      multiply(product, j, 0, j);
      product[j] *= gaps[j * n + j];
      multiply(product, j, j + 1, n);
    }
    for (int i = 0; i < n; i++) {
      product[i] = Math.copySign(Math.sqrt(Math.abs(product[i])), z[i]);
    }
    return product;
  }

  private void multiply(double[] product, int j, int from, int to) {
    double pole = d[j];
    for (int i = from; i < to; i++) {
      product[i] *= gaps[j * n + i] / (d[i] - pole);
    }
  }
}
