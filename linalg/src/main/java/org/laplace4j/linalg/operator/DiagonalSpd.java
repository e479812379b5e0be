package org.laplace4j.linalg.operator;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.rows.Rows;

/**
 * P = diag(d), d > 0, shape (Θ).
 *
 * <pre>
 *   log det P = Σᵢ log dᵢ      P⁻¹ = diag(1/d)      M = diag(d^(-1/2))      J P⁻¹ Jᵀ = J diag(1/d) Jᵀ
 * </pre>
 *
 * <p>Everything costs O(Θ), or what J asks for a weighted Gram matrix.
 */
public final class DiagonalSpd implements SpdOperator {

  private final double[] diagonal;
  private final Memo<double[]> root;

  private DiagonalSpd(double[] diagonal) {
    this.diagonal = diagonal;
    this.root = new Memo<>(() -> Arrays.sqrt(diagonal));
  }

  /** diag(d), d copied; each entry must be positive and finite. */
  public static DiagonalSpd of(double[] diagonal) {
    return new DiagonalSpd(Arrays.requirePositive("DiagonalSpd", diagonal.clone()));
  }

  /** diag(c + d); each sum must be positive and finite. */
  public static DiagonalSpd ofSum(double[] c, double[] d) {
    return new DiagonalSpd(Arrays.requirePositive("DiagonalSpd", Arrays.plus(c, d)));
  }

  @Override
  public int size() {
    return diagonal.length;
  }

  @Override
  public int noiseSize() {
    return size();
  }

  @Override
  public double logDet() {
    return Arrays.sumLog(diagonal);
  }

  @Override
  public double logDetStandardError() {
    return 0;
  }

  @Override
  public double[] times(double[] v) {
    return Arrays.times(diagonal, Arrays.requireLength("DiagonalSpd.times", size(), v));
  }

  @Override
  public double[] solve(double[] b) {
    return Arrays.dividedBy(Arrays.requireLength("DiagonalSpd.solve", size(), b), diagonal);
  }

  @Override
  public double[] diagonal() {
    return diagonal.clone();
  }

  @Override
  public double[] inverseDiagonal() {
    return Arrays.reciprocal(diagonal);
  }

  @Override
  public double[] unwhiten(double[] noise) {
    return Arrays.dividedBy(
        Arrays.requireLength("DiagonalSpd.unwhiten", size(), noise), root.get());
  }

  @Override
  public Matrix unwhiten(Matrix noise) {
    OperatorArguments.noiseOf("DiagonalSpd.unwhiten", noise, this);
    int n = size();
    double[] draws = new double[noise.array().length];
    Parallel.ranges(noise.rows(), 2L * n, (from, to) -> {
      for (int s = from; s < to; s++) {
        divide(noise.array(), s * n, root.get(), draws);
      }
    });
    return Matrix.adopt(noise.rows(), n, draws);
  }

  /** A row of quotients from an offset on, to the same place. */
  private static void divide(double[] x, int at, double[] by, double[] into) {
    for (int i = 0; i < by.length; i++) {
      into[at + i] = x[at + i] / by[i];
    }
  }

  @Override
  public Matrix inverseQuadratic(Rows j) {
    OperatorArguments.sameSize("DiagonalSpd.inverseQuadratic", j, this);
    return j.weightedGram(inverseDiagonal());
  }

  @Override
  public Matrix inverseQuadraticBlocks(Rows j) {
    OperatorArguments.sameSize("DiagonalSpd.inverseQuadraticBlocks", j, this);
    return j.weightedGramBlocks(inverseDiagonal());
  }

  @Override
  public double[] inverseQuadraticDiagonal(Rows j) {
    OperatorArguments.sameSize("DiagonalSpd.inverseQuadraticDiagonal", j, this);
    return j.weightedGramDiagonal(inverseDiagonal());
  }

  @Override
  public Matrix toDense() {
    return Matrix.diagonal(diagonal);
  }
}
