package org.laplace4j.laplace.curvature;

import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.DenseSpd;
import org.laplace4j.linalg.operator.KroneckerBasisSpd;
import org.laplace4j.linalg.operator.MaskedKroneckerSpd;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * The part of an EKFAC curvature that belongs to one parameter: over the rows × columns that its
 * elements touch, and then the principal submatrix at them.
 *
 * <pre>
 *   entries = rows × columns    (U_B ⊗ U_A) diag(S + δ) (U_B ⊗ U_A)ᵀ
 *   other entries               V Vᵀ + diag(δ), V = rows of (U_B ⊗ U_A) diag(√S): dense up to 8,192 of them,
 *                               then by its products: {@link MaskedKroneckerSpd}, whose log det is an estimate
 * </pre>
 */
final class EkfacBlock implements CurvatureBlock<EkfacBlock> {
  private final KroneckerBlock basis;
  private final Matrix moments;

  private EkfacBlock(KroneckerBlock basis, Matrix moments) {
    this.basis = basis;
    this.moments = moments;
  }

  /** S, row-major over (rows, columns) of the eigenbases of the given factors. */
  static EkfacBlock of(KroneckerBlock basis, double[] moments) {
    int rows = basis.factors().b().rows();
    int columns = basis.factors().a().rows();
    return new EkfacBlock(basis, Matrix.adopt(rows, columns, moments));
  }

  @Override
  public int size() {
    return basis.size();
  }

  @Override
  public EkfacBlock times(double c) {
    return new EkfacBlock(basis.times(c), moments.times(c));
  }

  @Override
  public EkfacBlock plus(EkfacBlock other) {
    KroneckerBlock joint = basis.plus(other.basis);
    return new EkfacBlock(joint, momentsIn(joint).plus(other.momentsIn(joint)));
  }

  /** The diagonal of this matrix in another Kronecker basis: S′ = (V_Bᵀ U_B)² S ((V_Aᵀ U_A)²)ᵀ. */
  private Matrix momentsIn(KroneckerBlock other) {
    Matrix b = other.eigenB().vectors().transposeTimes(basis.eigenB().vectors());
    Matrix a = other.eigenA().vectors().transposeTimes(basis.eigenA().vectors());
    return b.hadamard(b).times(moments).timesTranspose(a.hadamard(a));
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    boolean oneDelta = KroneckerBlock.isOne(precisions, 0, precisions.length);
    if (basis.places().isRectangle() && oneDelta) {
      double[] s = org.laplace4j.linalg.Arrays.map(moments.array(), v -> v + precisions[0]);
      return KroneckerBasisSpd.of(
          basis.eigenB().vectors(),
          basis.eigenA().vectors(),
          Matrix.adopt(moments.rows(), moments.cols(), s));
    }
    Places places = basis.places();
    if (places.isDenseAffordable()) return DenseSpd.of(toDense().plusDiagonal(precisions));
    return MaskedKroneckerSpd.of(
        basis.eigenB().vectors(),
        basis.eigenA().vectors(),
        moments,
        places.places(),
        precisions,
        places.seed());
  }

  /** Where the entries are rows × columns: S. */
  @Override
  public Optional<double[]> eigenvalues() {
    return basis.places().isRectangle() ? Optional.of(moments.array().clone()) : Optional.empty();
  }

  /**
   * Σ_a V_a V_aᵀ with (V_a)_sb = (U_B)_{i a} (U_A)_{j b} √S_ab for element s = (i, j): one row a of
   * S at a time.
   */
  @Override
  public Matrix toDense() {
    Places places = basis.places();
    Matrix uB = basis.eigenB().vectors();
    Matrix uA = basis.eigenA().vectors();
    int n = size();
    int columns = moments.cols();
    double[] h = new double[n * n];
    for (int a = 0; a < moments.rows(); a++) {
      double[] v = new double[n * columns];
      for (int s = 0; s < n; s++) {
        double left = uB.get(places.row(s), a);
        for (int b = 0; b < columns; b++) {
          v[s * columns + b] = left * uA.get(places.column(s), b) * Math.sqrt(moments.get(a, b));
        }
      }
      org.laplace4j.linalg.Arrays.symmetricRankAdd(false, n, columns, v, 0, columns, h, 0, n);
    }
    return Matrix.adopt(n, n, h);
  }
}
