package org.laplace4j.linalg;

/**
 * The eigenvalues and eigenvectors of a symmetric tridiagonal matrix by halves (Cuppen 1981): with
 * T torn in the middle,
 *
 * <pre>
 *   T = [T₁  0 ] + ρ u uᵀ = [Q₁   ] (D + ρ z zᵀ) [Q₁ᵀ    ]      u = (0 … 0 1 | ±1 0 … 0)
 *       [0   T₂]            [   Q₂]              [    Q₂ᵀ]      z = (last row of Q₁ | ± first row of Q₂)
 * </pre>
 *
 * <p>The halves are joined by a {@link RankOneUpdate}, whose work is products of matrices. Small
 * matrices are left to {@link ImplicitQl}.
 */
final class DivideAndConquer {

  /** From here on the QL algorithm is no slower. */
  private static final int LEAF = 32;

  private final int n;
  private final double[] d;
  private final double[] e;
  private final double[] w;
  private final double negligible;

  /**
   * Of T scaled to a norm of about 1, with the diagonal d (n) and e (n − 1) beside it, both
   * overwritten. W (n, n), zero before, becomes Qᵀ: a row is an eigenvector.
   */
  DivideAndConquer(double[] d, double[] e, double[] w) {
    this.n = d.length;
    this.d = d;
    this.e = e;
    this.w = w;
    double norm = 0;
    for (int i = 0; i < n; i++) {
      norm = Math.max(norm, Math.abs(d[i]));
      norm = i < n - 1 ? Math.max(norm, Math.abs(e[i])) : norm;
    }
    this.negligible = RankOneUpdate.ROUNDING * norm;
  }

  /** Makes d the eigenvalues, in no order, and row i of W what belongs to dᵢ. */
  void run() {
    if (n > 0) {
      solve(0, n);
    }
  }

  private void solve(int from, int size) {
    if (size <= LEAF) {
      leaf(from, size);
      return;
    }
    int h = size / 2;
    int middle = from + h;
    double torn = e[middle - 1];
    double rho = Math.abs(torn);
    d[middle - 1] -= rho;
    d[middle] -= rho;
    solve(from, h);
    solve(middle, size - h);
    double[] z = new double[size];
    for (int i = 0; i < h; i++) {
      z[i] = w[(from + i) * n + middle - 1];
    }
    for (int i = h; i < size; i++) {
      z[i] = Math.copySign(1, torn) * w[(from + i) * n + middle];
    }
    new RankOneUpdate(d, z, rho, negligible, new Block(w, from * n + from, n), from, h).run();
  }

  private void leaf(int from, int size) {
    double[] diagonal = java.util.Arrays.copyOfRange(d, from, from + size);
    double[] beside = java.util.Arrays.copyOfRange(e, from, from + size - 1);
    double[] z = Matrix.identity(size).array().clone();
    new ImplicitQl(diagonal, beside, z).run();
    System.arraycopy(diagonal, 0, d, from, size);
    for (int i = 0; i < size; i++) {
      System.arraycopy(z, i * size, w, (from + i) * n + from, size);
    }
  }
}
