package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * Triangular systems with many right-hand sides, by halves, so that nearly all of the work is
 * products of large matrices. With L split in the middle,
 *
 * <pre>
 *   [L₁₁  0 ]⁻¹ [B₁]   [X₁]      X₁ = L₁₁⁻¹ B₁
 *   [L₂₁ L₂₂]   [B₂] = [X₂]      X₂ = L₂₂⁻¹ (B₂ − L₂₁ X₁)
 * </pre>
 *
 * <p>and so on down to {@link DiagonalBlock}, whose inverse makes that a product too. Products can
 * only be added, so it is −X that is solved for, in place, and turned at the end.
 */
final class BlockedTriangle {
  private static final Kernels KERNELS = KernelProvider.kernels();
  private static final int BLOCK = DiagonalBlock.SIZE;

  /** Columns that an inverse is solved for at a time: few, since those above them are zero. */
  private static final int STRIP = 256;

  private final double[] l;
  private final int n;

  /** −D⁻ᵀ of each block D on the diagonal. */
  private final double[] inverses;

  private BlockedTriangle(double[] l, int n) {
    this.l = l;
    this.n = n;
    this.inverses = new double[n * BLOCK];
    for (int at = 0; at < n; at += BLOCK) {
      DiagonalBlock.invert(lower(at, at), Math.min(BLOCK, n - at), inverse(at));
    }
  }

  /** X ← L⁻¹ X, X (n, k). */
  static void solveLower(double[] l, int n, double[] x, int k) {
    Block all = new Block(x, 0, k);
    new BlockedTriangle(l, n).solveLower(0, n, all, k);
    all.negate(n, k);
  }

  /** X ← L⁻ᵀ X, X (n, k). */
  static void solveUpper(double[] l, int n, double[] x, int k) {
    Block all = new Block(x, 0, k);
    new BlockedTriangle(l, n).solveUpper(0, n, all, k);
    all.negate(n, k);
  }

  /** L⁻¹, (n, n), lower triangular. */
  static double[] inverse(double[] l, int n) {
    double[] x = new double[n * n];
    for (int i = 0; i < n; i++) {
      x[i * n + i] = 1;
    }
    BlockedTriangle triangle = new BlockedTriangle(l, n);
    for (int from = 0; from < n; from += STRIP) {
      Block strip = new Block(x, from * n + from, n);
      triangle.solveLower(from, n - from, strip, Math.min(STRIP, n - from));
      strip.negate(n - from, Math.min(STRIP, n - from));
    }
    return x;
  }

  /** X ← −L⁻¹ X with the {@code size} rows and columns of L from {@code at} on, X (size, k). */
  private void solveLower(int at, int size, Block x, int k) {
    if (size <= BLOCK) {
      Block right = Block.zeros(size, k);
      x.moveTo(right, size, k);
      add(true, size, k, size, inverse(at), right, x);
      return;
    }
    int h = half(size);
    solveLower(at, h, x, k);
    Block rest = x.from(h, 0);
    add(false, size - h, k, h, lower(at + h, at), x, rest);
    solveLower(at + h, size - h, rest, k);
  }

  /** X ← −L⁻ᵀ X with the {@code size} rows and columns of L from {@code at} on, X (size, k). */
  private void solveUpper(int at, int size, Block x, int k) {
    if (size <= BLOCK) {
      Block right = Block.zeros(size, k);
      x.moveTo(right, size, k);
      add(false, size, k, size, inverse(at), right, x);
      return;
    }
    int h = half(size);
    Block rest = x.from(h, 0);
    solveUpper(at + h, size - h, rest, k);
    add(true, h, k, size - h, lower(at + h, at), rest, x);
    solveUpper(at, h, x, k);
  }

  private Block lower(int row, int column) {
    return new Block(l, row * n + column, n);
  }

  private Block inverse(int at) {
    return new Block(inverses, at * BLOCK, BLOCK);
  }

  /** About the half, in whole blocks. */
  private static int half(int size) {
    return (size / BLOCK + 1) / 2 * BLOCK;
  }

  /** C += op(A) B. */
  private static void add(boolean transpose, int m, int n, int k, Block a, Block b, Block c) {
    KERNELS.multiplyAdd(
        transpose, false, m, n, k, a.values, a.at, a.ld, b.values, b.at, b.ld, c.values, c.at,
        c.ld);
  }
}
