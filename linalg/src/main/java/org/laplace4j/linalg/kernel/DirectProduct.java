package org.laplace4j.linalg.kernel;

import java.util.Arrays;

/**
 * C += A B for small matrices: they are read where they lie, and only what does not fill a tile, or
 * lies the wrong way round, is packed first.
 */
final class DirectProduct {

  private static final int K_BLOCK = ScalarKernels.K_BLOCK;
  private static final int TILE_ROWS = SimdTile.ROWS;
  private static final int TILE_COLS = SimdTile.COLS;
  private static final int A_PANEL = TILE_ROWS * K_BLOCK;
  private static final int B_PANEL = TILE_COLS * K_BLOCK;

  private final Workspaces workspaces;

  DirectProduct(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  /**
   * C += A B, shapes (m, k) · (k, n); where {@code upper}, what lies below the diagonal of C is
   * left undefined.
   */
  void add(int m, int n, int k, Operand a, Operand b, double[] c, int cAt, int ldc, boolean upper) {
    double[] scratch = workspaces.take(A_PANEL + B_PANEL + TILE_ROWS * TILE_COLS);
    for (int p = 0; p < k; p += K_BLOCK) {
      int depth = Math.min(K_BLOCK, k - p);
      int lastRows = m % TILE_ROWS;
      if (lastRows > 0) {
        Packing.pack(a.transpose(), p, depth, m - lastRows, lastRows, TILE_ROWS, scratch, 0);
      }
      for (int j = 0; j < n; j += TILE_COLS) {
        int width = Math.min(TILE_COLS, n - j);
        int rowEnd = upper ? Math.min(m, j + width) : m;
        if (width == TILE_COLS && b.colStride() == 1) {
          addPanel(
              rowEnd,
              m,
              depth,
              a,
              p,
              b.values(),
              b.at(p, j),
              b.rowStride(),
              width,
              scratch,
              c,
              cAt + j,
              ldc);
        } else {
          Packing.pack(b, p, depth, j, width, TILE_COLS, scratch, A_PANEL);
          addPanel(
              rowEnd, m, depth, a, p, scratch, A_PANEL, TILE_COLS, width, scratch, c, cAt + j, ldc);
        }
      }
    }
    workspaces.giveBack(scratch);
  }

  /** Adds A times a panel of columns of B to rows 0 to {@code rowEnd} of C. */
  private static void addPanel(
      int rowEnd,
      int m,
      int depth,
      Operand a,
      int p,
      double[] b,
      int bAt,
      int bRow,
      int width,
      double[] scratch,
      double[] c,
      int cAt,
      int ldc) {
    for (int i = 0; i < rowEnd; i += TILE_ROWS) {
      int height = Math.min(TILE_ROWS, m - i);
      boolean whole = height == TILE_ROWS;
      double[] aValues = whole ? a.values() : scratch;
      int aAt = whole ? a.at(i, p) : 0;
      int aRow = whole ? a.rowStride() : 1;
      int aCol = whole ? a.colStride() : TILE_ROWS;
      int at = cAt + i * ldc;
      if (whole && width == TILE_COLS) {
        SimdTile.addStrided(depth, aValues, aAt, aRow, aCol, b, bAt, bRow, c, at, ldc);
      } else {
        int edgeAt = A_PANEL + B_PANEL;
        // −0 + x is x for every x, the zeros included.
        Arrays.fill(scratch, edgeAt, edgeAt + TILE_ROWS * TILE_COLS, -0.0);
        SimdTile.addStrided(
            depth, aValues, aAt, aRow, aCol, b, bAt, bRow, scratch, edgeAt, TILE_COLS);
        Packing.addEdge(scratch, edgeAt, TILE_COLS, height, width, c, at, ldc);
      }
    }
  }
}
