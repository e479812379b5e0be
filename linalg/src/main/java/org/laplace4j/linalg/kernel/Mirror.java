package org.laplace4j.linalg.kernel;

/**
 * Copies what is above the diagonal of a matrix to below it, by blocks that are first brought
 * together: down a column, the rows of a matrix whose side is a power of two share a few places of
 * the cache.
 */
final class Mirror {

  private static final int BLOCK = 32;

  /** Smaller matrices are not worth a second thread. */
  private static final int THREADED = 256;

  private final WorkerPool pool;

  Mirror(WorkerPool pool) {
    this.pool = pool;
  }

  void below(int n, double[] c, int cAt, int ldc) {
    int blocks = (n + BLOCK - 1) / BLOCK;
    if (n < THREADED) {
      for (int block = 0; block < blocks; block++) {
        rows(block * BLOCK, n, c, cAt, ldc);
      }
    } else {
      // The last rows are the longest.
      pool.forEach(blocks, task -> rows((blocks - 1 - task) * BLOCK, n, c, cAt, ldc));
    }
  }

  /** What is left of the diagonal in the rows from this one on. */
  private static void rows(int from, int n, double[] c, int cAt, int ldc) {
    int height = Math.min(BLOCK, n - from);
    double[] above = new double[BLOCK * BLOCK];
    for (int col = 0; col <= from; col += BLOCK) {
      int width = Math.min(BLOCK, n - col);
      for (int j = 0; j < width; j++) {
        System.arraycopy(c, cAt + (col + j) * ldc + from, above, j * BLOCK, height);
      }
      for (int i = 0; i < height; i++) {
        int to = cAt + (from + i) * ldc + col;
        int end = Math.min(width, from + i - col);
        for (int j = 0; j < end; j++) {
          c[to + j] = above[j * BLOCK + i];
        }
      }
    }
  }
}
