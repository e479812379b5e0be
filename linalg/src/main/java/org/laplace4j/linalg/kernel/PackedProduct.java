package org.laplace4j.linalg.kernel;

/**
 * C += A B for matrices that do not fit the caches: blocks of A and B are packed once and read many
 * times.
 *
 * <p>A slab is up to 2048 rows and columns of C. Its terms are packed, and then multiplied, some
 * blocks of 256 at a time: as many as keep a thread busy for far longer than it takes to wake. Both
 * are cut into tasks whose limits depend on the shapes only. The blocks of an entry of C follow one
 * another in the order of their terms.
 */
final class PackedProduct {

  private static final int K_BLOCK = ScalarKernels.K_BLOCK;
  private static final int SLAB = 2048;

  /** Of a slab with shorter sides, so many columns of 256 terms are packed together. */
  private static final int TOGETHER = 1024;

  /**
   * A task multiplies 64 rows with 256 columns, whose block of B it brings into the second cache.
   * Where there is one such block only, 32 rows: symmetric products of few columns, of which some
   * tasks have nearly nothing to do, are then shared evenly.
   */
  private static final int TASK_ROWS = 64;

  private static final int TASK_COLS = 256;
  private static final int FEWER_ROWS = 32;

  /** A task packs this many columns. */
  private static final int PACKED_COLS = 128;

  private static final int ROWS = SimdTile.ROWS;
  private static final int COLS = SimdTile.COLS;
  private static final int PADDED = Math.max(COLS, SimdTile.PANEL);

  private final WorkerPool pool;
  private final Workspaces workspaces;

  PackedProduct(WorkerPool pool, Workspaces workspaces) {
    this.pool = pool;
    this.workspaces = workspaces;
  }

  /** C += A B, shapes (m, k) · (k, n). */
  void add(int m, int n, int k, Operand a, Operand b, Operand c) {
    for (int j = 0; j < n; j += SLAB) {
      for (int i = 0; i < m; i += SLAB) {
        add(Math.min(SLAB, m - i), Math.min(SLAB, n - j), k, a, b, c, i, j, Part.ALL);
      }
    }
  }

  /** C += A Aᵀ, A (n, k), in one triangle; what lies below an upper one is left undefined. */
  void addTriangle(int n, int k, Operand a, Operand c, Part part) {
    Operand b = a.transpose();
    for (int j = 0; j < n; j += SLAB) {
      int cols = Math.min(SLAB, n - j);
      add(cols, cols, k, a, b, c, j, j, part);
      for (int i = j + SLAB; i < n; i += SLAB) {
        int rows = Math.min(SLAB, n - i);
        if (part == Part.LOWER) {
          add(rows, cols, k, a, b, c, i, j, Part.ALL);
        } else {
          add(cols, rows, k, a, b, c, j, i, Part.ALL);
        }
      }
    }
  }

  /** One slab; of a triangle it is on the diagonal of A Aᵀ, and its A serves for both. */
  private void add(
      int rows, int cols, int k, Operand a, Operand b, Operand c, int row, int col, Part part) {
    int blocks = Math.max(1, TOGETHER / Math.max(rows, cols));
    int most = Math.min(k, blocks * K_BLOCK);
    var left = new Packed(rows, workspaces.take(padded(rows) * most));
    var right = part != Part.ALL ? left : new Packed(cols, workspaces.take(padded(cols) * most));
    for (int p = 0; p < k; p += most) {
      int terms = Math.min(most, k - p);
      pack(terms, a.from(row, p).transpose(), left, b.from(p, col), right);
      multiply(terms, left, right, c.from(row, col), part);
    }
    workspaces.giveBack(left.values);
    if (right != left) {
      workspaces.giveBack(right.values);
    }
  }

  private void pack(int terms, Operand a, Packed left, Operand b, Packed right) {
    int blocks = ceil(terms, K_BLOCK);
    int leftTasks = blocks * ceil(left.cols, PACKED_COLS);
    int rightTasks = left == right ? 0 : blocks * ceil(right.cols, PACKED_COLS);
    pool.forEach(leftTasks + rightTasks, task -> {
      if (task < leftTasks) {
        left.take(a, terms, task % blocks, task / blocks * PACKED_COLS);
      } else {
        int of = task - leftTasks;
        right.take(b, terms, of % blocks, of / blocks * PACKED_COLS);
      }
    });
  }

  private void multiply(int terms, Packed left, Packed right, Operand c, Part part) {
    int taskRows = right.cols <= TASK_COLS ? FEWER_ROWS : TASK_ROWS;
    int colTasks = ceil(right.cols, TASK_COLS);
    pool.forEach(ceil(left.cols, taskRows) * colTasks, task -> {
      int i = task / colTasks * taskRows;
      int j = task % colTasks * TASK_COLS;
      int end = Math.min(left.cols, i + taskRows);
      double[] edge = new double[SimdTile.SIZE];
      for (int p = 0; p < terms; p += K_BLOCK) {
        addTiles(p, Math.min(K_BLOCK, terms - p), left, right, i, end, j, c, part, edge);
      }
    });
  }

  /**
   * The tiles of a task, along the rows of C: its lines, which the caches hold no longer, then
   * arrive before they are asked for.
   */
  private static void addTiles(
      int p,
      int depth,
      Packed left,
      Packed right,
      int rowFrom,
      int rowEnd,
      int colFrom,
      Operand c,
      Part part,
      double[] edge) {
    int colEnd = Math.min(right.cols, colFrom + TASK_COLS);
    for (int i = rowFrom; i < rowEnd; i += ROWS) {
      for (int j = colFrom; j < colEnd; j += COLS) {
        if (part.has(i, j)) {
          SimdTile.addPacked(
              depth,
              left.values,
              p * padded(left.cols),
              i,
              right.values,
              p * padded(right.cols),
              j,
              left.cols - i,
              right.cols - j,
              part.columns(i, j),
              c.from(i, j),
              edge);
        }
      }
    }
  }

  /**
   * Blocks of 256 terms of some columns, one block after another, each in panels. Beyond the last
   * column lies what happens to be there, and goes into no entry of C.
   */
  private record Packed(int cols, double[] values) {

    /** Packs the columns of one task, of the terms of one block. */
    void take(Operand m, int terms, int block, int from) {
      int p = block * K_BLOCK;
      int depth = Math.min(K_BLOCK, terms - p);
      int count = Math.min(PACKED_COLS, cols - from);
      int to = p * padded(cols) + from * depth;
      Packing.packPanels(m.from(p, from), depth, count, SimdTile.PANEL, values, to);
    }
  }

  private static int padded(int cols) {
    return ceil(cols, PADDED) * PADDED;
  }

  private static int ceil(int n, int block) {
    return (n + block - 1) / block;
  }
}
