package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;
import org.laplace4j.linalg.kernel.Workspaces;

/**
 * A = L Lᵀ by panels of 256 columns, so that nearly all of the work is products. With A split after
 * its first panel,
 *
 * <pre>
 *   [A₁₁  ·  ]   [L₁₁  0 ] [L₁₁ᵀ L₂₁ᵀ]      L₁₁ = chol A₁₁
 *   [A₂₁ A₂₂ ] = [L₂₁ L₂₂] [ 0   L₂₂ᵀ]      L₂₁ = A₂₁ L₁₁⁻ᵀ      L₂₂ = chol (A₂₂ − L₂₁ L₂₁ᵀ)
 * </pre>
 *
 * <p>In a panel it is blocks of 16 columns that follow one another. With Uᵢⱼ those of L₁₁ᵀ, a row
 * of blocks of L solves x L₁₁ᵀ = a by
 *
 * <pre>  xⱼ = (−aⱼ + Σ_{i &lt; j} xᵢ Uᵢⱼ) (−Uⱼⱼ⁻¹)  </pre>
 *
 * <p>Products can only be added, so what is not decomposed yet is held as −A.
 */
final class CholeskyPanels {
  private static final Kernels KERNELS = KernelProvider.kernels();
  private static final Workspaces WORKSPACES = new Workspaces();

  /** Columns of a panel: as many as the terms that a product adds in one go. */
  private static final int PANEL = 256;

  private static final int BLOCK = DiagonalBlock.SIZE;

  /** Rows of L₂₁ that are solved for together: they stay in the second cache. */
  private static final int ROWS = 64;

  private final double[] l;
  private final int n;

  /**
   * U = L₁₁ᵀ of the panel, one column of blocks after another, each row by row; those on the
   * diagonal replaced by minus their inverses.
   */
  private final double[] u;

  private CholeskyPanels(double[] l, int n, double[] u) {
    this.l = l;
    this.n = n;
    this.u = u;
  }

  /**
   * L (n, n) of the lower triangle of A.
   *
   * @throws NotPositiveDefiniteException if a pivot is not positive
   */
  static double[] factor(double[] a, int n) {
    double[] u = WORKSPACES.take(PANEL * Math.min(n + BLOCK, PANEL));
    CholeskyPanels panels = new CholeskyPanels(minusLower(a, n), n, u);
    for (int at = 0; at < n; at += PANEL) {
      panels.factor(at, Math.min(PANEL, n - at));
    }
    WORKSPACES.giveBack(u);
    return panels.l;
  }

  /** −A on and below the diagonal, zero above. */
  private static double[] minusLower(double[] a, int n) {
    double[] lower = new double[n * n];
    Parallel.ranges(n, n, (from, to) -> {
      for (int i = from; i < to; i++) {
        for (int j = i * n; j <= i * n + i; j++) {
          lower[j] = -a[j];
        }
      }
    });
    return lower;
  }

  /** The panel of {@code size} columns from {@code at} on, and what it adds to the rest. */
  private void factor(int at, int size) {
    factorTriangle(at, size);
    int end = at + size;
    int rest = n - end;
    KERNELS.forEach((rest + ROWS - 1) / ROWS, chunk -> {
      int row = end + chunk * ROWS;
      solve(row, Math.min(ROWS, n - row), at, size);
    });
    KERNELS.lowerRankAdd(rest, size, l, end * n + at, n, l, end * n + end, n);
  }

  /** L₁₁, and U. */
  private void factorTriangle(int at, int size) {
    for (int b = 0; b < size; b += BLOCK) {
      int row = at + b;
      int rows = Math.min(BLOCK, size - b);
      Block diagonal = lower(row, row);
      solve(row, rows, at, b);
      transpose(row, rows, at, b);
      add(rows, rows, b, lower(row, at), upper(0, b), diagonal);
      DiagonalBlock.factor(diagonal, rows, row, n);
      DiagonalBlock.invert(diagonal, rows, upper(b, b));
    }
  }

  /** These rows of L in the first {@code columns} columns of the panel. */
  private void solve(int row, int rows, int at, int columns) {
    Block right = Block.zeros(rows, BLOCK);
    for (int b = 0; b < columns; b += BLOCK) {
      int width = Math.min(BLOCK, columns - b);
      Block x = lower(row, at + b);
      add(rows, width, b, lower(row, at), upper(0, b), x);
      x.moveTo(right, rows, width);
      add(rows, width, width, right, upper(b, b), x);
    }
  }

  /** Copies these rows of L in the first {@code columns} columns of the panel to U. */
  private void transpose(int row, int rows, int at, int columns) {
    for (int i = 0; i < rows; i++) {
      int from = (row + i) * n + at;
      for (int j = 0; j < columns; j++) {
        u[columns * PANEL + j * BLOCK + i] = l[from + j];
      }
    }
  }

  private Block lower(int row, int column) {
    return new Block(l, row * n + column, n);
  }

  /** What begins with a block of U, down its column. */
  private Block upper(int row, int column) {
    return new Block(u, column * PANEL + row * BLOCK, BLOCK);
  }

  /** C += A B, shapes (m, k) · (k, n). */
  private static void add(int m, int n, int k, Block a, Block b, Block c) {
    KERNELS.multiplyAdd(
        false, false, m, n, k, a.values, a.at, a.ld, b.values, b.at, b.ld, c.values, c.at, c.ld);
  }
}
