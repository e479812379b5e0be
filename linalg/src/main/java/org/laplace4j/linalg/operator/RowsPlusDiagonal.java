package org.laplace4j.linalg.operator;

import java.util.stream.IntStream;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.Rows;

/**
 * P = D + Gᵀ G with D = diag(d), d &gt; 0, and structured rows G (M, Θ), M ≪ Θ: the dual, or
 * function-space, form of a posterior. Nothing is truncated, and neither P nor Gᵀ is formed.
 *
 * <pre>
 *   K = G D⁻¹ Gᵀ            C = I + K = L Lᵀ, shape (M, M)
 *
 *   log det P = Σᵢ log dᵢ + log det C
 *   P⁻¹       = D⁻¹ − D⁻¹ Gᵀ C⁻¹ G D⁻¹
 *   J P⁻¹ Jᵀ  = J D⁻¹ Jᵀ − V Vᵀ,  V = J D⁻¹ Gᵀ L⁻ᵀ
 * </pre>
 *
 * <p>K is a kernel matrix: for Khatri–Rao rows and a constant d it is a sum of Hadamard products of
 * small Gram matrices. Building costs that and O(M³).
 */
public final class RowsPlusDiagonal implements SpdOperator {
  /** Columns of G that are multiplied out at a time. */
  private static final int CHUNK = 256;

  private final double[] diagonal;
  private final double[] inverse;
  private final Rows g;
  private final Cholesky c;

  private RowsPlusDiagonal(double[] diagonal, Rows g) {
    this.diagonal = diagonal;
    this.inverse = Arrays.reciprocal(diagonal);
    this.g = g;
    Matrix kernel = g.weightedGram(inverse);
    this.c = new Cholesky(Matrix.identity(kernel.rows()).plus(kernel));
  }

  /** diag(d) + Gᵀ G; d (Θ) is copied, each entry positive and finite. */
  public static RowsPlusDiagonal of(double[] diagonal, Rows g) {
    if (g.size() != diagonal.length) {
      throw new IllegalArgumentException(
          "RowsPlusDiagonal: rows over Θ = " + g.size() + " were given with a diagonal of "
              + diagonal.length + "; give one entry for each column of G.");
    }
    return new RowsPlusDiagonal(Arrays.requirePositive("RowsPlusDiagonal", diagonal.clone()), g);
  }

  /** d. */
  double[] d() {
    return diagonal;
  }

  /** G. */
  Rows g() {
    return g;
  }

  @Override
  public int size() {
    return diagonal.length;
  }

  @Override
  public int noiseSize() {
    return size() + c.size();
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
    Arrays.requireLength("RowsPlusDiagonal.times", size(), v);
    return Arrays.plus(Arrays.times(diagonal, v), g.transposeTimes(g.times(v)));
  }

  @Override
  public double[] solve(double[] b) {
    Arrays.requireLength("RowsPlusDiagonal.solve", size(), b);
    double[] y = Arrays.times(inverse, b);
    double[] correction = g.transposeTimes(c.solve(g.times(y)));
    return Arrays.minus(y, Arrays.times(inverse, correction));
  }

  @Override
  public double[] diagonal() {
    return Arrays.plus(diagonal, g.squares());
  }

  /** (P⁻¹)ᵢᵢ = 1/dᵢ − ‖L⁻¹ gᵢ‖²/dᵢ² with gᵢ column i of G; some columns at a time. */
  @Override
  public double[] inverseDiagonal() {
    var variances = new double[size()];
    for (int from = 0; from < size(); from += CHUNK) {
      int[] entries = IntStream.range(from, Math.min(size(), from + CHUNK)).toArray();
      Matrix z = c.solveLower(g.select(entries).dense());
      for (int i = 0; i < entries.length; i++) {
        double[] column = z.column(i);
        double d = diagonal[from + i];
        variances[from + i] = (1 - Arrays.dot(column, column) / d) / d;
      }
    }
    return variances;
  }

  /** b = D^(1/2) ε₁ + Gᵀ ε₂ has covariance P, so P⁻¹ b has covariance P⁻¹ P P⁻¹ = P⁻¹. */
  @Override
  public double[] unwhiten(double[] noise) {
    Arrays.requireLength("RowsPlusDiagonal.unwhiten", noiseSize(), noise);
    double[] e1 = java.util.Arrays.copyOf(noise, size());
    double[] e2 = java.util.Arrays.copyOfRange(noise, size(), noise.length);
    return solve(Arrays.plus(Arrays.times(Arrays.sqrt(diagonal), e1), g.transposeTimes(e2)));
  }

  @Override
  public Matrix inverseQuadratic(Rows j) {
    OperatorArguments.sameSize("RowsPlusDiagonal.inverseQuadratic", j, this);
    return j.weightedGram(inverse).minus(explained(j).outerGram());
  }

  @Override
  public Matrix inverseQuadraticBlocks(Rows j) {
    OperatorArguments.sameSize("RowsPlusDiagonal.inverseQuadraticBlocks", j, this);
    return j.weightedGramBlocks(inverse).minus(ExampleBlocks.outerGram(explained(j), j.columns()));
  }

  @Override
  public double[] inverseQuadraticDiagonal(Rows j) {
    OperatorArguments.sameSize("RowsPlusDiagonal.inverseQuadraticDiagonal", j, this);
    return Arrays.minus(j.weightedGramDiagonal(inverse), ExampleBlocks.rowSquares(explained(j)));
  }

  /** V = J D⁻¹ Gᵀ L⁻ᵀ, (N·K, M): the part of the prior variance that the data take away. */
  private Matrix explained(Rows j) {
    return c.solveLower(g.crossGram(j, inverse)).transpose();
  }

  @Override
  public Matrix toDense() {
    return g.dense().gram().plusDiagonal(diagonal);
  }
}
