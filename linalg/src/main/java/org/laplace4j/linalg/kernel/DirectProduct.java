package org.laplace4j.linalg.kernel;

/**
 * C += A B for small matrices: they are read where they lie, and only what does not fill a tile, or
 * lies the wrong way round, is packed first.
 */
final class DirectProduct {

  private static final int K_BLOCK = ScalarKernels.K_BLOCK;
  private static final int ROWS = SimdTile.ROWS;
  private static final int COLS = SimdTile.COLS;

  /**
   * Where in the scratch array the packed last rows of A, the packed columns of B and the edge of a
   * tile are.
   */
  private static final int A_AT = 0;

  private static final int B_AT = A_AT + ROWS * K_BLOCK;
  private static final int EDGE_AT = B_AT + COLS * K_BLOCK;
  private static final int SCRATCH = EDGE_AT + SimdTile.SIZE;

  private final Workspaces workspaces;

  DirectProduct(Workspaces workspaces) {
    this.workspaces = workspaces;
  }

  /**
   * C += A B, shapes (m, k) · (k, n), in a part of C; what lies below an upper triangle is left
   * undefined.
   */
  void add(int m, int n, int k, Operand a, Operand b, Operand c, Part part) {
    double[] scratch = workspaces.take(SCRATCH);
    for (int p = 0; p < k; p += K_BLOCK) {
      int depth = Math.min(K_BLOCK, k - p);
      addBlock(m, n, depth, a.from(0, p), b.from(p, 0), c, part, scratch);
    }
    workspaces.giveBack(scratch);
  }

  private static void addBlock(
      int m, int n, int depth, Operand a, Operand b, Operand c, Part part, double[] scratch) {
    int whole = m - m % ROWS;
    Operand lastRows = new Operand(scratch, A_AT, 1, ROWS);
    if (whole < m) {
      Packing.pack(a.from(whole, 0).transpose(), depth, m - whole, ROWS, scratch, A_AT);
    }
    for (int j = 0; j < n; j += COLS) {
      Operand panel = panel(b.from(0, j), depth, n - j, scratch);
      for (int i = 0; i < m; i += ROWS) {
        if (part.has(i, j)) {
          Operand rows = Operand.either(i < whole, a.from(i, 0), lastRows);
          int first = part.columns(i, j);
          Operand tile = c.from(i, j);
          SimdTile.addStrided(depth, rows, panel, m - i, n - j, first, tile, scratch, EDGE_AT);
        }
      }
    }
  }

  /** The next columns of B as the tile can read them. */
  private static Operand panel(Operand b, int depth, int left, double[] scratch) {
    boolean inPlace = left >= COLS && b.colStride() == 1;
    if (!inPlace) {
      Packing.pack(b, depth, Math.min(left, COLS), COLS, scratch, B_AT);
    }
    return Operand.either(inPlace, b, new Operand(scratch, B_AT, COLS, 1));
  }
}
