package org.laplace4j.linalg.operator;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.Rows;

/**
 * P = D + F Fᵀ with D = diag(d), d &gt; 0, and F of shape (Θ, k), k ≪ Θ.
 *
 * <pre>
 *   W = D^(-1/2) F          C = I + WᵀW = L Lᵀ, shape (k, k)
 *
 *   log det P = Σᵢ log dᵢ + log det C                (matrix determinant lemma)
 *   P⁻¹       = D^(-1/2) (I − W C⁻¹ Wᵀ) D^(-1/2)      (Woodbury)
 *   (P⁻¹)ᵢᵢ    = (1 − ‖L⁻¹ wᵢ‖²) / dᵢ                  (wᵢ is row i of W)
 *   J P⁻¹ Jᵀ  = J D⁻¹ Jᵀ − V Vᵀ,  V = J D^(-1/2) W L⁻ᵀ
 * </pre>
 *
 * <p>Building costs O(Θ k²), each solve O(Θ k). P is never formed.
 */
public final class LowRankPlusDiagonal implements SpdOperator {
  private final double[] diagonal;
  private final double[] inverseRoot;
  private final Matrix w;
  private final Cholesky c;

  private LowRankPlusDiagonal(double[] diagonal, Matrix f) {
    this.diagonal = diagonal;
    this.inverseRoot = Arrays.map(diagonal, d -> 1 / Math.sqrt(d));
    this.w = f.scaleRows(inverseRoot);
    this.c = new Cholesky(Matrix.identity(f.cols()).plus(w.gram()));
  }

  /** diag(d) + F Fᵀ; d (Θ) is copied, each entry positive and finite. */
  public static LowRankPlusDiagonal of(double[] diagonal, Matrix f) {
    if (f.rows() != diagonal.length) {
      throw new IllegalArgumentException("LowRankPlusDiagonal: F (" + f.rows() + ", " + f.cols()
          + ") was given with a diagonal of " + diagonal.length
          + "; F must have one row for each.");
    }
    return new LowRankPlusDiagonal(
        Arrays.requirePositive("LowRankPlusDiagonal", diagonal.clone()), f);
  }

  /** d. */
  double[] d() {
    return diagonal;
  }

  /** k. */
  int rank() {
    return w.cols();
  }

  /** Column j of F. */
  double[] column(int j) {
    return Arrays.dividedBy(w.column(j), inverseRoot);
  }

  @Override
  public int size() {
    return diagonal.length;
  }

  @Override
  public int noiseSize() {
    return size() + w.cols();
  }

  @Override
  public double logDet() {
    return Arrays.sumLog(diagonal) + c.logDet();
  }

  @Override
  public double logDetStandardError() {
    return 0;
  }

  @Override
  public double[] times(double[] v) {
    Arrays.requireLength("LowRankPlusDiagonal.times", size(), v);
    double[] root = Arrays.sqrt(diagonal);
    double[] x = Arrays.times(root, v);
    return Arrays.times(root, Arrays.plus(x, w.times(w.transposeTimes(x))));
  }

  @Override
  public double[] solve(double[] b) {
    Arrays.requireLength("LowRankPlusDiagonal.solve", size(), b);
    double[] y = Arrays.times(inverseRoot, b);
    double[] correction = w.times(c.solve(w.transposeTimes(y)));
    return Arrays.times(inverseRoot, Arrays.minus(y, correction));
  }

  /** Pᵢᵢ = dᵢ (1 + ‖wᵢ‖²). */
  @Override
  public double[] diagonal() {
    return Arrays.plus(diagonal, Arrays.times(diagonal, ExampleBlocks.rowSquares(w)));
  }

  @Override
  public double[] inverseDiagonal() {
    var variances = new double[size()];
    for (int i = 0; i < variances.length; i++) {
      double[] z = c.solveLower(w.row(i));
      variances[i] = (1 - Arrays.dot(z, z)) / diagonal[i];
    }
    return variances;
  }

  @Override
  public double[] unwhiten(double[] noise) {
    Arrays.requireLength("LowRankPlusDiagonal.unwhiten", noiseSize(), noise);
    return unwhiten(Matrix.adopt(1, noise.length, noise)).array();
  }

  /**
   * b = D^(1/2) y, y = ε₁ + W ε₂, has covariance P, so P⁻¹ b = D^(-1/2) (y − W C⁻¹ Wᵀ y) has
   * covariance P⁻¹ P P⁻¹ = P⁻¹.
   */
  @Override
  public Matrix unwhiten(Matrix noise) {
    OperatorArguments.noiseOf("LowRankPlusDiagonal.unwhiten", noise, this);
    Matrix e1 = noise.columns(0, size());
    Matrix e2 = noise.columns(size(), noise.cols());
    Matrix y = e1.plus(e2.timesTranspose(w));
    Matrix within = c.solve(y.times(w).transpose()); // C⁻¹ Wᵀ Yᵀ
    return y.minus(within.transpose().timesTranspose(w)).scaleColumns(inverseRoot);
  }

  @Override
  public Matrix inverseQuadratic(Rows j) {
    OperatorArguments.sameSize("LowRankPlusDiagonal.inverseQuadratic", j, this);
    return j.weightedGram(Arrays.reciprocal(diagonal)).minus(explained(j).outerGram());
  }

  @Override
  public Matrix inverseQuadraticBlocks(Rows j) {
    OperatorArguments.sameSize("LowRankPlusDiagonal.inverseQuadraticBlocks", j, this);
    return j.weightedGramBlocks(Arrays.reciprocal(diagonal))
        .minus(ExampleBlocks.outerGram(explained(j), j.columns()));
  }

  @Override
  public double[] inverseQuadraticDiagonal(Rows j) {
    OperatorArguments.sameSize("LowRankPlusDiagonal.inverseQuadraticDiagonal", j, this);
    return Arrays.minus(
        j.weightedGramDiagonal(Arrays.reciprocal(diagonal)),
        ExampleBlocks.rowSquares(explained(j)));
  }

  /**
   * V = J D^(-1/2) W L⁻ᵀ, shape (N·K, k): the part of J's prior variance that the low rank takes
   * away.
   */
  private Matrix explained(Rows j) {
    Matrix jw = j.times(w.scaleRows(inverseRoot));
    return c.solveLower(jw.transpose()).transpose();
  }

  @Override
  public Matrix toDense() {
    Matrix f = w.scaleRows(Arrays.sqrt(diagonal));
    return f.outerGram().plusDiagonal(diagonal);
  }
}
