package org.laplace4j.linalg;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A = V diag(λ) Vᵀ for a symmetric A, shape (n, n): λ ascending, the columns of V orthonormal. Cost
 * O(n³). Immutable.
 *
 * <p>The sign of a vector is chosen so that its entry of largest magnitude, the first of them, is
 * positive.
 */
public final class SymmetricEigen {

  private final double[] values;
  private final Matrix vectors;

  /** Decomposes A, of which one triangle is read. */
  public SymmetricEigen(Matrix a) {
    int n = a.rows();
    if (n != a.cols()) {
      throw new IllegalArgumentException(String.format(
          "SymmetricEigen: the matrix must be square, but came (%d, %d); give a symmetric matrix.",
          n, a.cols()));
    }
    Arrays.requireFinite("SymmetricEigen", a.array());
    this.values = new double[n];
    this.vectors = Matrix.zeros(n, n);
    if (n > 0) {
      fill(decompose(a));
    }
  }

  private SymmetricEigen(double[] values, Matrix vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /** The decomposition of c A for c ≥ 0: the vectors stay. */
  public SymmetricEigen times(double c) {
    if (!(c >= 0)) {
      throw new IllegalArgumentException(
          "SymmetricEigen.times: the factor must be at least 0, got " + c + ".");
    }
    return new SymmetricEigen(Arrays.scale(values, c), vectors);
  }

  /** n. */
  public int size() {
    return values.length;
  }

  /** λ, ascending, a copy. */
  public double[] values() {
    return values.clone();
  }

  /** V, shape (n, n): column i belongs to value i. */
  public Matrix vectors() {
    return vectors;
  }

  private static EigenDecomposition_F64<DMatrixRMaj> decompose(Matrix a) {
    int n = a.rows();
    var decomposition = DecompositionFactory_DDRM.eig(n, true, true);
    if (!decomposition.decompose(DMatrixRMaj.wrap(n, n, a.array().clone()))) {
      throw new ArithmeticException(String.format(
          "SymmetricEigen: the iteration for a matrix (%d, %d) with largest entry %s did not converge; scale it to about 1.",
          n, n, a.maxAbs()));
    }
    return decomposition;
  }

  private void fill(EigenDecomposition_F64<DMatrixRMaj> decomposition) {
    int n = values.length;
    double[] found = IntStream.range(0, n)
        .mapToDouble(i -> decomposition.getEigenvalue(i).getReal())
        .toArray();
    // Boxed for a stable sort: equal values keep the order in which they were found.
    int[] order = IntStream.range(0, n)
        .boxed()
        .sorted((i, j) -> Double.compare(found[i], found[j]))
        .mapToInt(Integer::intValue)
        .toArray();
    for (int j = 0; j < n; j++) {
      values[j] = found[order[j]];
      double[] vector = decomposition.getEigenVector(order[j]).data;
      double sign = signOfLargest(vector);
      for (int i = 0; i < n; i++) {
        vectors.array()[i * n + j] = sign * vector[i];
      }
    }
  }

  private static double signOfLargest(double[] vector) {
    double largest = 0;
    for (double entry : vector) {
      if (Math.abs(entry) > Math.abs(largest)) {
        largest = entry;
      }
    }
    return largest < 0 ? -1 : 1;
  }
}
