package org.laplace4j.linalg.kernel;

/**
 * C += A B for matrices that do not fit the caches: blocks of A and B are packed once and read many
 * times.
 *
 * <p>A slab is 256 terms of up to 2048 rows and 1024 columns. Its packing, and then its product,
 * are cut into tasks whose limits depend on the shapes only. The slabs of an entry of C follow one
 * another in the order of their terms.
 */
final class PackedProduct {

  private static final int K_BLOCK = ScalarKernels.K_BLOCK;
  private static final int SLAB_ROWS = 2048;
  private static final int SLAB_COLS = 1024;

  /**
   * A task multiplies 128 rows with 256 columns, whose block of B it brings into the second cache.
   * Where there is one such block only, 32 rows: symmetric products of few columns, of which some
   * tasks have nearly nothing to do, are then shared evenly.
   */
  private static final int TASK_ROWS = 128;

  private static final int TASK_COLS = 256;
  private static final int FEWER_ROWS = 32;

  private static final int ROWS = SimdTile.ROWS;
  private static final int COLS = SimdTile.COLS;

  private final WorkerPool pool;
  private final Workspaces workspaces;

  PackedProduct(WorkerPool pool, Workspaces workspaces) {
    this.pool = pool;
    this.workspaces = workspaces;
  }

  /**
   * C += A B, shapes (m, k) · (k, n); where {@code upper}, what lies below the diagonal of C is
   * left undefined.
   */
  void add(int m, int n, int k, Operand a, Operand b, Operand c, boolean upper) {
    int depth = Math.min(k, K_BLOCK);
    double[] packedA = workspaces.take((Math.min(m, SLAB_ROWS) + ROWS) * depth);
    double[] packedB = workspaces.take((Math.min(n, SLAB_COLS) + COLS) * depth);
    for (int j = 0; j < n; j += SLAB_COLS) {
      int cols = Math.min(SLAB_COLS, n - j);
      int end = upper ? Math.min(m, j + cols) : m;
      for (int i = 0; i < end; i += SLAB_ROWS) {
        int rows = Math.min(SLAB_ROWS, end - i);
        // How far the diagonal of C is from the first entry of the slab: rows below j + diagonal
        // are not wanted.
        int diagonal = upper ? j - i : Integer.MAX_VALUE / 2;
        addSlabs(
            rows, cols, k, a.from(i, 0), b.from(0, j), c.from(i, j), diagonal, packedA, packedB);
      }
    }
    workspaces.giveBack(packedA);
    workspaces.giveBack(packedB);
  }

  private void addSlabs(
      int rows,
      int cols,
      int k,
      Operand a,
      Operand b,
      Operand c,
      int diagonal,
      double[] packedA,
      double[] packedB) {
    int taskRows = cols <= TASK_COLS ? FEWER_ROWS : TASK_ROWS;
    int rowTasks = ceil(rows, taskRows);
    int colTasks = ceil(cols, TASK_COLS);
    for (int p = 0; p < k; p += K_BLOCK) {
      int depth = Math.min(K_BLOCK, k - p);
      Operand left = a.from(0, p).transpose();
      Operand right = b.from(p, 0);
      pool.forEach(rowTasks + colTasks, task -> {
        if (task < rowTasks) {
          pack(left, depth, task * taskRows, taskRows, rows, ROWS, packedA);
        } else {
          pack(right, depth, (task - rowTasks) * TASK_COLS, TASK_COLS, cols, COLS, packedB);
        }
      });
      pool.forEach(rowTasks * colTasks, task -> {
        int i = task / colTasks * taskRows;
        int j = task % colTasks * TASK_COLS;
        int end = Math.min(rows, i + taskRows);
        multiply(i, end, rows, j, cols, depth, packedA, packedB, c, diagonal);
      });
    }
  }

  /** Packs the columns of one task, in panels as wide as a tile. */
  private static void pack(
      Operand m, int depth, int from, int count, int total, int width, double[] into) {
    int columns = Math.min(count, total - from);
    Packing.packPanels(m.from(0, from), depth, columns, width, into, from * depth);
  }

  /**
   * The tiles of a task, along the rows of C: its lines, which the caches hold no longer, then
   * arrive before they are asked for.
   */
  private static void multiply(
      int rowFrom,
      int rowEnd,
      int rows,
      int colFrom,
      int cols,
      int depth,
      double[] packedA,
      double[] packedB,
      Operand c,
      int diagonal) {
    int colEnd = Math.min(cols, colFrom + TASK_COLS);
    double[] edge = new double[SimdTile.SIZE];
    for (int i = rowFrom; i < rowEnd; i += ROWS) {
      int first = Math.max(colFrom, Math.floorDiv(i - diagonal, COLS) * COLS);
      for (int j = first; j < colEnd; j += COLS) {
        SimdTile.addPacked(
            depth,
            packedA,
            i * depth,
            packedB,
            j * depth,
            rows - i,
            cols - j,
            c.from(i, j),
            edge,
            0);
      }
    }
  }

  private static int ceil(int n, int block) {
    return (n + block - 1) / block;
  }
}
