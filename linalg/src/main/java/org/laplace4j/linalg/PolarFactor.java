package org.laplace4j.linalg;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The orthogonal matrix nearest to a square K, shape (n, n): the factor U of the polar
 * decomposition K = U (KᵀK)^½.
 *
 * <pre>
 *   K = A Σ Bᵀ (singular values)      U = A Bᵀ      ‖X − Y U‖_F is least over all orthogonal U for K = Yᵀ X
 * </pre>
 *
 * <p>Cost O(n³).
 */
public final class PolarFactor {
  private PolarFactor() {}

  /** U. */
  public static Matrix of(Matrix k) {
    int n = k.rows();
    if (n != k.cols()) {
      throw new IllegalArgumentException(
          String.format("PolarFactor: the matrix must be square, but came (%d, %d).", n, k.cols()));
    }
    Arrays.requireFinite("PolarFactor", k.array());
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(n, n, true, true, false);
    if (!svd.decompose(DMatrixRMaj.wrap(n, n, k.array().clone()))) {
      throw new ArithmeticException(String.format(
          "PolarFactor: the iteration for a matrix (%d, %d) with largest entry %s did not converge; scale it to about 1.",
          n, n, k.maxAbs()));
    }
    Matrix a = Matrix.adopt(n, n, svd.getU(null, false).data);
    Matrix bTransposed = Matrix.adopt(n, n, svd.getV(null, true).data);
    return a.times(bTransposed);
  }
}
