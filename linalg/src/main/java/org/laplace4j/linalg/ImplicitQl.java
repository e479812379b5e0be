package org.laplace4j.linalg;

/**
 * The eigenvalues of a symmetric tridiagonal matrix by the QL algorithm with implicit shifts
 * (Wilkinson and Reinsch 1971, contribution II/4), and its rotations applied to the rows of a small
 * matrix.
 *
 * <pre>
 *   T = G Λ Gᵀ, G a product of rotations of neighbours          Z ← Gᵀ Z, two rows a rotation
 * </pre>
 */
final class ImplicitQl {
  private static final int SWEEPS = 60;

  /** Half an ulp of 1. */
  private static final double HALF_ULP = 0x1p-53;

  private final int n;
  private final double[] d;
  private final double[] e;
  private final double[] z;
  private final double rounding;

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
    for (int i = m - 1; i >= l; i--) {
      double f = s * e[i];
      double b = c * e[i];
      double r = Math.sqrt(Math.fma(f, f, g * g));
      e[i + 1] = r;
      if (r == 0) {
        // A rotation that is not there: the matrix splits here.
        d[i + 1] -= p;
        e[m] = 0;
        return;
      }
      s = f / r;
      c = g / r;
      g = d[i + 1] - p;
      double t = (d[i] - g) * s + 2 * c * b;
      p = s * t;
      d[i + 1] = g + p;
      g = c * t - b;
      if (z.length > 0) {
        rotate(i * n, c, s);
      }
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0;
  }

  /** (zᵢ, zᵢ₊₁) ← (c zᵢ − s zᵢ₊₁, s zᵢ + c zᵢ₊₁) for the rows i, which begins here, and i + 1. */
  private void rotate(int at, double c, double s) {
    for (int upper = at; upper < at + n; upper++) {
      double above = z[upper];
      double below = z[upper + n];
      z[upper + n] = Math.fma(c, below, s * above);
      z[upper] = Math.fma(-s, below, c * above);
    }
  }
}
