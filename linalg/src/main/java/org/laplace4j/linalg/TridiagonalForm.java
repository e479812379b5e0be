package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * A = Q T Qᵀ with T symmetric tridiagonal and Q orthogonal, by Householder reflections in panels
 * (Dongarra, Hammarling and Sorensen 1989).
 *
 * <pre>
 *   H_c = I − τ v vᵀ maps row c beyond its diagonal to a multiple of a unit vector
 *   w   = τ (A v),  w −= ½ τ (wᵀ v) v          H A H = A − v wᵀ − w vᵀ
 *   Q   = H₀ H₁ … = (I − V T Vᵀ) of the first panel, times that of the next, …
 * </pre>
 *
 * <p>Within a panel A itself is left alone, and each row is brought up to date when it is reached;
 * after it, all of A beyond the panel is updated by one matrix product. Half the work is products
 * of matrices, half the product A v, which reads the upper triangle of A once a column.
 */
final class TridiagonalForm {
  private static final Kernels KERNELS = KernelProvider.kernels();
  private static final int PANEL = 16;
  private static final int STRIP = 128;

  /** Reflections that are applied at a time. */
  private static final int REFLECTED = 64;

  private final int n;
  private final double[] a;
  private final double[] diagonal;
  private final double[] beside;
  private final double[] tau;

  /**
   * Reduces a symmetric matrix (n, n), of which the upper triangle is read, and keeps its array.
   */
  TridiagonalForm(double[] a, int n) {
    this.n = n;
    this.a = a;
    this.diagonal = new double[n];
    this.beside = new double[Math.max(0, n - 1)];
    this.tau = new double[Math.max(0, n - 1)];
    for (int from = 0; from < n; from += PANEL) {
      reducePanel(from, Math.min(PANEL, n - from));
    }
  }

  /** The diagonal of T, (n), a copy. */
  double[] diagonal() {
    return diagonal.clone();
  }

  /** What is beside the diagonal of T, (n − 1), a copy. */
  double[] beside() {
    return beside.clone();
  }

  private void reducePanel(int from, int count) {
    // Rows 2 j and 2 j + 1 are the j-th reflection's vector v and its partner w, both zero before
    // their column.
    double[] u = new double[2 * count * n];
    for (int j = 0; j < count; j++) {
      int c = from + j;
      bringUpToDate(c, j, u);
      diagonal[c] = a[c * n + c];
      if (c + 1 < n) {
        reflect(c);
        System.arraycopy(a, c * n + c + 1, u, 2 * j * n + c + 1, n - c - 1);
        partner(c, j, u);
      }
    }
    updateBeyond(from + count, count, u);
  }

  /** Row c of A − Σ (v wᵀ + w vᵀ) over the panel's reflections so far, from its diagonal on. */
  private void bringUpToDate(int c, int j, double[] u) {
    double[] factors = new double[2 * j];
    for (int p = 0; p < 2 * j; p += 2) {
      factors[p] = -u[(p + 1) * n + c];
      factors[p + 1] = -u[p * n + c];
    }
    addRows(factors, u, c, a, c * n + c);
  }

  /** What begins at {@code to} += Σ factorₚ uₚ, over the columns from c on. */
  private void addRows(double[] factors, double[] u, int c, double[] into, int to) {
    KERNELS.multiplyAdd(
        false, false, 1, n - c, factors.length, factors, 0, factors.length, u, c, n, into, to, n);
  }

  /**
   * Replaces the entries of row c beyond the diagonal by the vector v of its reflection, v₀ = 1.
   */
  private void reflect(int c) {
    int at = c * n + c + 1;
    Reflection h = Reflection.of(a, at, n - c - 1);
    beside[c] = h.beta;
    tau[c] = h.tau;
  }

  /** w = τ (A v − V Wᵀv − W Vᵀv), then w −= ½ τ (wᵀv) v, over the entries beyond c. */
  private void partner(int c, int j, double[] u) {
    int first = c + 1;
    int m = n - first;
    int v = 2 * j * n + first;
    int w = v + n;
    KERNELS.symmetricMultiplyAdd(m, a, first * n + first, n, u, v, u, w);
    double[] factors = new double[2 * j];
    for (int p = 0; p < 2 * j; p += 2) {
      factors[p] = -KERNELS.dot(u, (p + 1) * n + first, u, v, m);
      factors[p + 1] = -KERNELS.dot(u, p * n + first, u, v, m);
    }
    addRows(factors, u, first, u, w);
    for (int i = w; i < w + m; i++) {
      u[i] *= tau[c];
    }
    KERNELS.addScaled(-0.5 * tau[c] * KERNELS.dot(u, w, u, v, m), u, v, u, w, m);
  }

  /**
   * A −= Vᵀ W + Wᵀ V beyond the panel, on and above the diagonal, in strips of rows: one product of
   * the vectors with their partners.
   */
  private void updateBeyond(int first, int count, double[] u) {
    int m = n - first;
    double[] partners = new double[2 * count * m];
    for (int p = 0; p < 2 * count; p++) {
      int row = (p ^ 1) * n + first;
      for (int i = 0; i < m; i++) {
        partners[p * m + i] = -u[row + i];
      }
    }
    for (int strip = 0; strip < m; strip += STRIP) {
      int row = first + strip;
      KERNELS.multiplyAdd(
          true,
          false,
          Math.min(STRIP, m - strip),
          m - strip,
          2 * count,
          u,
          first + strip,
          n,
          partners,
          strip,
          m,
          a,
          row * n + row,
          n);
    }
  }

  /**
   * W ← W Qᵀ, W (n, n): the reflections of Q from the last panel to the first, each panel a block
   * reflection I − Vᵀ T V.
   */
  void timesTransposedQ(double[] w) {
    for (int from = (n - 1) / REFLECTED * REFLECTED; from >= 0; from -= REFLECTED) {
      int count = Math.min(REFLECTED, n - 1 - from);
      if (count > 0) {
        reflect(w, from, count);
      }
    }
  }

  /** W ← W (I − Vᵀ Tᵀ V). */
  private void reflect(double[] w, int from, int count) {
    int first = from + 1;
    int m = n - first;
    double[] v = new double[count * m];
    for (int j = 0; j < count; j++) {
      int c = from + j;
      System.arraycopy(a, c * n + c + 1, v, j * m + j, m - j);
    }
    double[] t =
        BlockReflection.minusT(v, m, count, java.util.Arrays.copyOfRange(tau, from, from + count));
    double[] wv = new double[n * count];
    KERNELS.multiplyAdd(false, true, n, count, m, w, first, n, v, 0, m, wv, 0, count);
    double[] wvt = new double[n * count];
    KERNELS.multiplyAdd(false, true, n, count, count, wv, 0, count, t, 0, count, wvt, 0, count);
    KERNELS.multiplyAdd(false, false, n, m, count, wvt, 0, count, v, 0, m, w, first, n);
  }
}
