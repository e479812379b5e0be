package org.laplace4j.linalg.operator;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;

/** What of V Vᵀ joins an example with itself, for V (N·K, r). */
final class ExampleBlocks {
  private ExampleBlocks() {}

  /** The N blocks Vₙ Vₙᵀ, stacked: (N·K, K). */
  static Matrix outerGram(Matrix v, int k) {
    int r = v.cols();
    var blocks = new double[v.rows() * k];
    Parallel.ranges(v.rows() / k, (long) k * (r + k), (first, end) -> {
      for (int from = first * k; from < end * k; from += k) {
        Arrays.symmetricRankAdd(false, k, r, v.array(), from * r, r, blocks, from * k, k);
      }
    });
    return Matrix.adopt(v.rows(), k, blocks);
  }

  /** The squared length of every row, (N·K). */
  static double[] rowSquares(Matrix v) {
    var squares = new double[v.rows()];
    for (int row = 0; row < squares.length; row++) {
      double[] values = v.row(row);
      squares[row] = Arrays.dot(values, values);
    }
    return squares;
  }
}
