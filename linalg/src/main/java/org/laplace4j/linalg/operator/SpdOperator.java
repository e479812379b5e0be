package org.laplace4j.linalg.operator;

import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.Preconditioner;
import org.laplace4j.linalg.rows.Rows;

/**
 * A symmetric positive definite matrix P, shape (Θ, Θ): the precision of a Gaussian posterior. Each
 * form is a fast way to do what {@link #toDense()} and a Cholesky decomposition do slowly.
 *
 * <p>All forms are immutable and may be used by several threads.
 */
public sealed interface SpdOperator
    permits BlockDiagonalSpd,
        DenseSpd,
        DiagonalSpd,
        KroneckerBasisSpd,
        LowRankPlusDiagonal,
        MaskedKroneckerSpd,
        RowsPlusDiagonal,
        WeightAndBiasSpd {

  /** Θ. */
  int size();

  /** The length of the noise that {@link #unwhiten} takes; at least Θ. */
  int noiseSize();

  /** log det P. */
  double logDet();

  /**
   * The standard error of {@link #logDet()}: 0 where that is exact, as it is in all forms but those
   * that know P by its products alone.
   */
  double logDetStandardError();

  /** P v. */
  double[] times(double[] v);

  /** P⁻¹ b. */
  double[] solve(double[] b);

  /** The diagonal of P: the precision of each element given all others. */
  double[] diagonal();

  /** The diagonal of P⁻¹: marginal variances. */
  double[] inverseDiagonal();

  /**
   * M ε with M Mᵀ = P⁻¹: standard normal noise becomes a draw with covariance P⁻¹. M is fixed, so
   * it can be tested.
   */
  double[] unwhiten(double[] noise);

  /**
   * The same for every row of noise, (S, noise) → (S, Θ), with the same bits: what draws share is
   * read once for all, and draws that share nothing are made side by side.
   */
  default Matrix unwhiten(Matrix noise) {
    OperatorArguments.noiseOf("SpdOperator.unwhiten", noise, this);
    double[] draws = new double[Math.multiplyExact(noise.rows(), size())];
    long each = 4L * (noiseSize() + size());
    Parallel.ranges(noise.rows(), each, (from, to) -> {
      for (int s = from; s < to; s++) {
        System.arraycopy(unwhiten(noise.row(s)), 0, draws, s * size(), size());
      }
    });
    return Matrix.adopt(noise.rows(), size(), draws);
  }

  /** J P⁻¹ Jᵀ between all pairs of rows, shape (N·K, N·K). */
  Matrix inverseQuadratic(Rows j);

  /**
   * The N blocks of J P⁻¹ Jᵀ that join an example with itself, stacked: shape (N·K, K), block n
   * from row n·K.
   */
  Matrix inverseQuadraticBlocks(Rows j);

  /** The diagonal of J P⁻¹ Jᵀ, shape (N·K). */
  double[] inverseQuadraticDiagonal(Rows j);

  /** P, to be near to another matrix: the covariance of P (M ε) is P M Mᵀ P = P. */
  default Preconditioner preconditioner() {
    return new Preconditioner(
        size(), logDet(), this::solve, noiseSize(), noise -> times(unwhiten(noise)));
  }

  /** P multiplied out, shape (Θ, Θ): for tests and tiny examples. */
  Matrix toDense();
}
