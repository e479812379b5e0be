package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * A = Q B Qᵀ with B symmetric and zero beyond the {@link #WIDTH} diagonals on either side of the
 * middle one (Bischof, Lang and Sun 2000). Q is not kept.
 *
 * <pre>
 *   R = L Qᵀ, the rows of a panel beyond its width        Q = I − Vᵀ T V
 *   Y = Tᵀ V A,  S = Y Vᵀ T,  Z = Y − ½ S V               Qᵀ A Q = A − Vᵀ Z − Zᵀ V
 * </pre>
 *
 * <p>All but the panels is products of matrices, where half of {@link TridiagonalForm} is bound by
 * the reading of A: so for large matrices this, and then {@link BandChase}, is the shorter way to
 * the eigenvalues.
 */
final class BandForm {
  private static final Kernels KERNELS = KernelProvider.kernels();

  /** Diagonals above the middle one. */
  static final int WIDTH = 32;

  /** Rows of A that are multiplied, and updated, at a time. */
  private static final int STRIP = 256;

  private final int n;
  private final double[] a;

  /** Reduces a symmetric matrix (n, n), of which the upper triangle is read, in its array. */
  BandForm(double[] a, int n) {
    this.n = n;
    this.a = a;
    for (int from = 0; from + WIDTH < n; from += WIDTH) {
      reducePanel(from, n - from - WIDTH);
    }
  }

  /** B of i and j ≥ i. */
  double get(int i, int j) {
    return a[i * n + j];
  }

  private void reducePanel(int from, int m) {
    int first = from + WIDTH;
    int count = Math.min(WIDTH, m);
    double[] v = new double[count * m];
    double[] tau = new double[count];
    for (int j = 0; j < count; j++) {
      int row = (from + j) * n + first + j;
      System.arraycopy(a, row, v, j * m + j, m - j);
      Reflection h = Reflection.of(v, j * m + j, m - j);
      tau[j] = h.tau;
      java.util.Arrays.fill(a, row, row + m - j, 0);
      a[row] = h.beta;
      for (int i = j + 1; i < WIDTH; i++) {
        int other = (from + i) * n + first + j;
        double c = -h.tau * KERNELS.dot(a, other, v, j * m + j, m - j);
        KERNELS.addScaled(c, v, j * m + j, a, other, m - j);
      }
    }
    update(first, m, count, v, BlockReflection.minusT(v, m, count, tau));
  }

  /** A −= Vᵀ Z + Zᵀ V from row and column {@code first} on. */
  private void update(int first, int m, int count, double[] v, double[] minusT) {
    double[] va = timesA(first, m, count, v);
    double[] minusY = new double[count * m];
    KERNELS.multiplyAdd(true, false, count, m, count, minusT, 0, count, va, 0, m, minusY, 0, m);
    double[] yv = new double[count * count];
    KERNELS.multiplyAdd(false, true, count, count, m, minusY, 0, m, v, 0, m, yv, 0, count);
    double[] s = new double[count * count];
    KERNELS.multiplyAdd(
        false, false, count, count, count, yv, 0, count, minusT, 0, count, s, 0, count);
    double[] half = Arrays.scale(s, 0.5);
    // −Z = −Y + ½ S V, below V, and above it for the other factor.
    KERNELS.multiplyAdd(false, false, count, m, count, half, 0, count, v, 0, m, minusY, 0, m);
    double[] left = new double[2 * count * m];
    double[] right = new double[2 * count * m];
    System.arraycopy(v, 0, left, 0, count * m);
    System.arraycopy(minusY, 0, left, count * m, count * m);
    System.arraycopy(minusY, 0, right, 0, count * m);
    System.arraycopy(v, 0, right, count * m, count * m);
    for (int strip = 0; strip < m; strip += STRIP) {
      int row = first + strip;
      KERNELS.multiplyAdd(
          true,
          false,
          Math.min(STRIP, m - strip),
          m - strip,
          2 * count,
          left,
          strip,
          m,
          right,
          strip,
          m,
          a,
          row * n + row,
          n);
    }
  }

  /** V A, (count, m), of the A from {@code first} on, in strips of its upper triangle. */
  private double[] timesA(int first, int m, int count, double[] v) {
    double[] va = new double[count * m];
    for (int strip = 0; strip < m; strip += STRIP) {
      int h = Math.min(STRIP, m - strip);
      int at = (first + strip) * n + first + strip;
      double[] block = diagonalBlock(at, h);
      KERNELS.multiplyAdd(false, false, count, h, h, v, strip, m, block, 0, h, va, strip, m);
      int beyond = strip + h;
      int rest = m - beyond;
      if (rest > 0) {
        KERNELS.multiplyAdd(false, false, count, rest, h, v, strip, m, a, at + h, n, va, beyond, m);
        KERNELS.multiplyAdd(false, true, count, h, rest, v, beyond, m, a, at + h, n, va, strip, m);
      }
    }
    return va;
  }

  /** Both triangles of a block on the diagonal, (h, h). */
  private double[] diagonalBlock(int at, int h) {
    double[] block = new double[h * h];
    for (int i = 0; i < h; i++) {
      for (int j = i; j < h; j++) {
        block[i * h + j] = a[at + i * n + j];
        block[j * h + i] = a[at + i * n + j];
      }
    }
    return block;
  }
}
