package org.laplace4j.linalg;

import org.laplace4j.linalg.kernel.KernelProvider;
import org.laplace4j.linalg.kernel.Kernels;

/**
 * One pass of classical Gram–Schmidt: takes from a vector what lies along orthonormal ones. Two
 * passes leave it orthogonal to them to rounding (Giraud, Langou and Rozložník 2005).
 *
 * <pre>  h = V w          w ← w − Vᵀ h,  V (k, n)  </pre>
 *
 * <p>Long vectors are memory's business: w is taken in pieces that stay in the cache while all rows
 * of V pass by, on several threads. A sum over pieces is made in their order, so the number of
 * threads shows in no bit.
 */
final class GramSchmidt {
  private static final Kernels KERNELS = KernelProvider.kernels();

  /** The numbers of a piece: 32 kB. */
  private static final int PIECE = 4096;

  private GramSchmidt() {}

  /** h, (k), of the first k rows; w is changed in place. */
  static double[] subtract(double[][] rows, int k, double[] w) {
    int n = w.length;
    int pieces = (n + PIECE - 1) / PIECE;
    long each = (long) PIECE * (k + 1);
    double[] parts = new double[pieces * k];
    Parallel.ranges(pieces, each, (first, end) -> {
      for (int piece = first; piece < end; piece++) {
        int at = piece * PIECE;
        for (int i = 0; i < k; i++) {
          parts[piece * k + i] = KERNELS.dot(rows[i], at, w, at, Math.min(PIECE, n - at));
        }
      }
    });
    double[] h = new double[k];
    for (int piece = 0; piece < pieces; piece++) {
      KERNELS.addScaled(1, parts, piece * k, h, 0, k);
    }
    Parallel.ranges(pieces, each, (first, end) -> {
      for (int piece = first; piece < end; piece++) {
        int at = piece * PIECE;
        for (int i = 0; i < k; i++) {
          KERNELS.addScaled(-h[i], rows[i], at, w, at, Math.min(PIECE, n - at));
        }
      }
    });
    return h;
  }
}
