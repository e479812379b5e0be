package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * The eigenvalues of a symmetric tridiagonal matrix by the QL algorithm with implicit shifts
 * (Wilkinson and Reinsch 1971, contribution II/4), and its rotations applied to the rows of a
 * matrix.
 *
 * <pre>
 *   T = G Λ Gᵀ, G a product of rotations of neighbours          Z ← Gᵀ Z, two rows a rotation
 * </pre>
 *
 * <p>Rotations are recorded by sweep and applied in batches, to 32 columns of Z at a time in a
 * buffer of their own: so the rows that a sweep runs over stay in the cache.
 */
final class ImplicitQl {
  private static final int SWEEPS = 60;
  private static final int WIDTH = Kernels.ROTATED;
  private static final Kernels KERNELS = KernelProvider.kernels();

  /** Rotations that are recorded before they are applied, in units of n. */
  private static final int BATCH = 64;

  /** Half an ulp of 1. */
  private static final double HALF_ULP = 0x1p-53;

  private final int n;
  private final double[] d;
  private final double[] e;
  private final double[] z;
  private final double rounding;

  private final double[] cosines;
  private final double[] sines;
  private final int[] sweepFrom;
  private final int[] sweepTo;
  private int recorded;
  private int sweeps;

  /**
   * Of T, which must be scaled so that squares neither overflow nor vanish: its diagonal d (n), and
   * e (n − 1) beside it. Of Z (n, n) the rows are rotated; an empty Z asks for eigenvalues alone. d
   * and Z are overwritten.
   */
  ImplicitQl(double[] d, double[] e, double[] z) {
    this.n = d.length;
    this.d = d;
    this.e = java.util.Arrays.copyOf(e, n);
    this.z = z;
    this.rounding = HALF_ULP * norm();
    int capacity = z.length == 0 ? n : BATCH * n;
    this.cosines = new double[capacity + n];
    this.sines = new double[capacity + n];
    this.sweepFrom = new int[capacity];
    this.sweepTo = new int[capacity];
  }

  /** Makes d the eigenvalues, in no order, and row i of Z what belongs to dᵢ. */
  void run() {
    for (int l = 0; l < n; l++) {
      int m = smallFrom(l);
      for (int sweep = 0; m > l; sweep++) {
        if (sweep == SWEEPS) {
          throw new ArithmeticException("SymmetricEigen: eigenvalue " + l + " of " + n
              + " did not converge in " + SWEEPS + " sweeps; scale the matrix to about 1.");
        }
        sweep(l, m);
        m = smallFrom(l);
      }
    }
    flush();
  }

  /** The first place from l on where what is beside the diagonal is rounding. */
  private int smallFrom(int l) {
    int m = l;
    while (m < n - 1 && !isNothing(m)) {
      m++;
    }
    return m;
  }

  /**
   * Whether what is beside the diagonal is no more than the rounding of the whole matrix: to ask
   * for less would be to chase the errors of the sweeps themselves.
   */
  private boolean isNothing(int m) {
    return Math.abs(e[m]) <= rounding;
  }

  private double norm() {
    double norm = 0;
    for (int i = 0; i < n; i++) {
      norm = Math.max(norm, Math.abs(d[i]) + Math.abs(e[i]));
    }
    return norm;
  }

  /** One sweep with a shift from the leading 2 × 2 block, from m up to l. */
  private void sweep(int l, int m) {
    double g = (d[l + 1] - d[l]) / (2 * e[l]);
    g = d[m] - d[l] + e[l] / (g + Math.copySign(Math.sqrt(Math.fma(g, g, 1)), g));
    double s = 1;
    double c = 1;
    double p = 0;
    begin(m);
    for (int i = m - 1; i >= l; i--) {
      double f = s * e[i];
      double b = c * e[i];
      double r = Math.sqrt(Math.fma(f, f, g * g));
      e[i + 1] = r;
      if (r == 0) {
        // A rotation that is not there: the matrix splits here.
        d[i + 1] -= p;
        e[m] = 0;
        end(i + 1);
        return;
      }
      s = f / r;
      c = g / r;
      g = d[i + 1] - p;
      double t = (d[i] - g) * s + 2 * c * b;
      p = s * t;
      d[i + 1] = g + p;
      g = c * t - b;
      cosines[recorded] = c;
      sines[recorded++] = s;
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0;
    end(l);
  }

  private void begin(int m) {
    sweepFrom[sweeps] = m;
  }

  private void end(int l) {
    sweepTo[sweeps++] = l;
    if (recorded > cosines.length - n || sweeps == sweepTo.length) {
      flush();
    }
  }

  private void flush() {
    if (z.length > 0) {
      double[] buffer = new double[n * WIDTH];
      for (int column = 0; column < n; column += WIDTH) {
        int width = Math.min(WIDTH, n - column);
        for (int i = 0; i < n; i++) {
          System.arraycopy(z, i * n + column, buffer, i * WIDTH, width);
        }
        int at = 0;
        for (int sweep = 0; sweep < sweeps; sweep++) {
          KERNELS.rotate(buffer, sweepFrom[sweep], sweepTo[sweep], cosines, sines, at);
          at += sweepFrom[sweep] - sweepTo[sweep];
        }
        for (int i = 0; i < n; i++) {
          System.arraycopy(buffer, i * WIDTH, z, i * n + column, width);
        }
      }
    }
    recorded = 0;
    sweeps = 0;
  }
}
