package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * The O(n³) work of a Cholesky decomposition, by halves, so that nearly all of it is products of
 * large matrices. With A split in the middle,
 *
 * <pre>
 *   [A₁₁  ·  ]   [L₁₁  0 ] [L₁₁ᵀ L₂₁ᵀ]      L₁₁ = chol A₁₁
 *   [A₂₁ A₂₂ ] = [L₂₁ L₂₂] [ 0   L₂₂ᵀ]      L₂₁ = A₂₁ L₁₁⁻ᵀ      L₂₂ = chol (A₂₂ − L₂₁ L₂₁ᵀ)
 * </pre>
 *
 * <p>and likewise for triangular systems, down to {@link DiagonalBlocks}, whose inverses make what
 * is beside them a product too. Products can only be added, so it is −X that is solved for, in
 * place, and turned at the end.
 */
final class BlockedTriangle {
  private static final Kernels KERNELS = KernelProvider.kernels();
  private static final int BLOCK = DiagonalBlocks.SIZE;

  /** Columns that an inverse is solved for at a time: few, since those above them are zero. */
  private static final int STRIP = 256;

  private final double[] l;
  private final int n;
  private final DiagonalBlocks blocks;

  private BlockedTriangle(double[] l, int n) {
    this.l = l;
    this.n = n;
    this.blocks = new DiagonalBlocks(l, n);
  }

  /** Overwrites the lower triangle of A (n, n) with L, and the rest with zeros. */
  static void factor(double[] a, int n) {
    new BlockedTriangle(a, n).factor(0, n);
    for (int i = 0; i < n; i++) {
      java.util.Arrays.fill(a, i * n + i + 1, (i + 1) * n, 0);
    }
  }

  /** X ← L⁻¹ X, X (n, k). */
  static void solveLower(double[] l, int n, double[] x, int k) {
    Block all = new Block(x, 0, k);
    inverted(l, n).solveLower(0, n, all, k);
    all.negate(n, k);
  }

  /** X ← L⁻ᵀ X, X (n, k). */
  static void solveUpper(double[] l, int n, double[] x, int k) {
    Block all = new Block(x, 0, k);
    inverted(l, n).solveUpper(0, n, all, k);
    all.negate(n, k);
  }

  /** L⁻¹, (n, n), lower triangular. */
  static double[] inverse(double[] l, int n) {
    double[] x = new double[n * n];
    for (int i = 0; i < n; i++) {
      x[i * n + i] = 1;
    }
    BlockedTriangle triangle = inverted(l, n);
    for (int from = 0; from < n; from += STRIP) {
      Block strip = new Block(x, from * n + from, n);
      triangle.solveLower(from, n - from, strip, Math.min(STRIP, n - from));
      strip.negate(n - from, Math.min(STRIP, n - from));
    }
    return x;
  }

  private static BlockedTriangle inverted(double[] l, int n) {
    BlockedTriangle triangle = new BlockedTriangle(l, n);
    for (int at = 0; at < n; at += BLOCK) {
      triangle.blocks.invert(at);
    }
    return triangle;
  }

  /** The decomposition of the {@code size} rows and columns from {@code at} on. */
  private void factor(int at, int size) {
    if (size <= BLOCK) {
      blocks.factor(at);
      blocks.invert(at);
      return;
    }
    int h = half(size);
    Block below = lower(at + h, at);
    factor(at, h);
    solveRight(at, h, below, size - h);
    Block minus = below.copy(size - h, h);
    below.negate(size - h, h);
    addOuter(below, minus, h, lower(at + h, at + h), size - h);
    factor(at + h, size - h);
  }

  /** X ← −X L⁻ᵀ with the {@code size} rows and columns of L from {@code at} on, X (m, size). */
  private void solveRight(int at, int size, Block x, int m) {
    if (size <= BLOCK) {
      Block right = x.copy(m, size);
      x.clear(m, size);
      add(false, true, m, size, size, right, blocks.minusInverse(at), x);
      return;
    }
    int h = half(size);
    solveRight(at, h, x, m);
    Block rest = x.from(0, h);
    add(false, true, m, size - h, h, x, lower(at + h, at), rest);
    solveRight(at + h, size - h, rest, m);
  }

  /** C += A Bᵀ on and below the diagonal of C (m, m), A and B (m, k). */
  private static void addOuter(Block a, Block b, int k, Block c, int m) {
    if (m <= 2 * BLOCK) {
      add(false, true, m, m, k, a, b, c);
      return;
    }
    int h = half(m);
    addOuter(a, b, k, c, h);
    add(false, true, m - h, h, k, a.from(h, 0), b, c.from(h, 0));
    addOuter(a.from(h, 0), b.from(h, 0), k, c.from(h, h), m - h);
  }

  /** X ← −L⁻¹ X with the {@code size} rows and columns of L from {@code at} on, X (size, k). */
  private void solveLower(int at, int size, Block x, int k) {
    if (size <= BLOCK) {
      Block right = x.copy(size, k);
      x.clear(size, k);
      add(false, false, size, k, size, blocks.minusInverse(at), right, x);
      return;
    }
    int h = half(size);
    solveLower(at, h, x, k);
    Block rest = x.from(h, 0);
    add(false, false, size - h, k, h, lower(at + h, at), x, rest);
    solveLower(at + h, size - h, rest, k);
  }

  /** X ← −L⁻ᵀ X with the {@code size} rows and columns of L from {@code at} on, X (size, k). */
  private void solveUpper(int at, int size, Block x, int k) {
    if (size <= BLOCK) {
      Block right = x.copy(size, k);
      x.clear(size, k);
      add(true, false, size, k, size, blocks.minusInverse(at), right, x);
      return;
    }
    int h = half(size);
    Block rest = x.from(h, 0);
    solveUpper(at + h, size - h, rest, k);
    add(true, false, h, k, size - h, lower(at + h, at), rest, x);
    solveUpper(at, h, x, k);
  }

  private Block lower(int row, int column) {
    return new Block(l, row * n + column, n);
  }

  /** About the half, in whole blocks. */
  private static int half(int size) {
    return (size / BLOCK + 1) / 2 * BLOCK;
  }

  /** C += op(A) op(B). */
  private static void add(
      boolean transposeA, boolean transposeB, int m, int n, int k, Block a, Block b, Block c) {
    KERNELS.multiplyAdd(
        transposeA,
        transposeB,
        m,
        n,
        k,
        a.values,
        a.at,
        a.ld,
        b.values,
        b.at,
        b.ld,
        c.values,
        c.at,
        c.ld);
  }
}
