package org.laplace4j.linalg.kernel;

import java.util.Arrays;

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

  /** A task multiplies 128 rows, whose block of A stays in the second cache, with 256 columns. */
  private static final int TASK_ROWS = 128;

  private static final int TASK_COLS = 256;

  private static final int TILE_ROWS = SimdTile.ROWS;
  private static final int TILE_COLS = SimdTile.COLS;

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
  void add(int m, int n, int k, Operand a, Operand b, double[] c, int cAt, int ldc, boolean upper) {
    for (int col = 0; col < n; col += SLAB_COLS) {
      int cols = Math.min(SLAB_COLS, n - col);
      int rowEnd = upper ? Math.min(m, col + cols) : m;
      for (int row = 0; row < rowEnd; row += SLAB_ROWS) {
        int rows = Math.min(SLAB_ROWS, rowEnd - row);
        addSlabs(row, rows, col, cols, k, a, b, c, cAt, ldc, upper);
      }
    }
  }

  private void addSlabs(
      int row,
      int rows,
      int col,
      int cols,
      int k,
      Operand a,
      Operand b,
      double[] c,
      int cAt,
      int ldc,
      boolean upper) {
    int depthMax = Math.min(k, K_BLOCK);
    double[] packedA = workspaces.take(roundUp(rows, TILE_ROWS) * depthMax);
    double[] packedB = workspaces.take(roundUp(cols, TILE_COLS) * depthMax);
    int rowTasks = ceil(rows, TASK_ROWS);
    int colTasks = ceil(cols, TASK_COLS);
    for (int p = 0; p < k; p += K_BLOCK) {
      int first = p;
      int depth = Math.min(K_BLOCK, k - p);
      pool.forEach(rowTasks + colTasks, task -> {
        if (task < rowTasks) {
          packTask(
              task * TASK_ROWS,
              rows,
              TASK_ROWS,
              TILE_ROWS,
              a.transpose(),
              first,
              depth,
              row,
              packedA);
        } else {
          packTask(
              (task - rowTasks) * TASK_COLS,
              cols,
              TASK_COLS,
              TILE_COLS,
              b,
              first,
              depth,
              col,
              packedB);
        }
      });
      pool.forEach(
          rowTasks * colTasks,
          task -> multiply(
              task / colTasks * TASK_ROWS,
              row,
              rows,
              task % colTasks * TASK_COLS,
              col,
              cols,
              depth,
              packedA,
              packedB,
              c,
              cAt,
              ldc,
              upper));
    }
    workspaces.giveBack(packedA);
    workspaces.giveBack(packedB);
  }

  private static void packTask(
      int from,
      int total,
      int taskWidth,
      int tileWidth,
      Operand m,
      int first,
      int depth,
      int offset,
      double[] into) {
    int end = Math.min(total, from + taskWidth);
    for (int j = from; j < end; j += tileWidth) {
      int count = Math.min(tileWidth, total - j);
      Packing.pack(m, first, depth, offset + j, count, tileWidth, into, j * depth);
    }
  }

  private static void multiply(
      int rowFrom,
      int rowOffset,
      int rows,
      int colFrom,
      int colOffset,
      int cols,
      int depth,
      double[] packedA,
      double[] packedB,
      double[] c,
      int cAt,
      int ldc,
      boolean upper) {
    int rowEnd = Math.min(rows, rowFrom + TASK_ROWS);
    int colEnd = Math.min(cols, colFrom + TASK_COLS);
    double[] edge = new double[TILE_ROWS * TILE_COLS];
    for (int j = colFrom; j < colEnd; j += TILE_COLS) {
      int width = Math.min(TILE_COLS, cols - j);
      for (int i = rowFrom; i < rowEnd; i += TILE_ROWS) {
        int height = Math.min(TILE_ROWS, rows - i);
        if (upper && rowOffset + i > colOffset + j + width - 1) {
          break;
        }
        int at = cAt + (rowOffset + i) * ldc + colOffset + j;
        if (height == TILE_ROWS && width == TILE_COLS) {
          SimdTile.addPacked(depth, packedA, i * depth, packedB, j * depth, c, at, ldc);
        } else {
          // −0 + x is x for every x, the zeros included.
          Arrays.fill(edge, -0.0);
          SimdTile.addPacked(depth, packedA, i * depth, packedB, j * depth, edge, 0, TILE_COLS);
          Packing.addEdge(edge, 0, TILE_COLS, height, width, c, at, ldc);
        }
      }
    }
  }

  private static int ceil(int n, int block) {
    return (n + block - 1) / block;
  }

  private static int roundUp(int n, int block) {
    return ceil(n, block) * block;
  }
}
