package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * A matrix that grows by adding blocks to it: where Σ JᵀJ over batches is kept. Mutable, for one
 * thread.
 */
public final class MatrixSum {

  private static final Kernels KERNELS = KernelProvider.kernels();

  private final int rows;
  private final int cols;
  private final double[] array;

  /** Zeros, shape (rows, cols). */
  public MatrixSum(int rows, int cols) {
    this.array = Matrix.zeros(rows, cols).array();
    this.rows = rows;
    this.cols = cols;
  }

  /** The number of rows. */
  public int rows() {
    return rows;
  }

  /** The number of columns. */
  public int cols() {
    return cols;
  }

  /** The entries, row-major, shared: kernels add to it in place. */
  public double[] array() {
    return array;
  }

  /** Adds the block to the entries whose first row and column are given. */
  public void add(Matrix block, int rowAt, int colAt) {
    if (rowAt < 0 || colAt < 0 || rowAt > rows - block.rows() || colAt > cols - block.cols()) {
      throw new IllegalArgumentException(String.format(
          "MatrixSum.add: a block (%d, %d) at (%d, %d) does not lie within (%d, %d); move or shrink the block.",
          block.rows(), block.cols(), rowAt, colAt, rows, cols));
    }
    double[] from = block.array();
    for (int i = 0; i < block.rows(); i++) {
      int to = (rowAt + i) * cols + colAt;
      for (int j = 0; j < block.cols(); j++) {
        array[to + j] += from[i * block.cols() + j];
      }
    }
  }

  /**
   * Adds MᵀM to the upper triangle of the square block at {@code at}; what lies below the diagonal
   * is undefined until the sum is made symmetric.
   */
  public void addUpperGram(Matrix m, int at) {
    int n = m.cols();
    KERNELS.upperRankAdd(true, n, m.rows(), m.array(), 0, n, array, at * cols + at, cols);
  }

  /** Copies the upper triangle of the square block (n, n) at {@code at} to below its diagonal. */
  void mirror(int at, int n) {
    KERNELS.mirror(n, array, at * cols + at, cols);
  }

  /** The sum so far of which the upper triangle alone need have been added to, a copy. */
  Matrix symmetricTotal() {
    mirror(0, rows);
    return total();
  }

  /** The sum so far, a copy. */
  public Matrix total() {
    return Matrix.of(rows, cols, array);
  }
}
