package org.laplace4j.laplace.curvature;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Lanczos;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.operator.LowRankPlusDiagonal;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * The k leading eigenpairs of H, by Lanczos on products H v: no row is ever formed.
 *
 * <pre>  H ≈ U diag(λ) Uᵀ, U (Θ, k)          P = diag(δ) + F Fᵀ, F = U diag(√λ)  </pre>
 *
 * <p>What lies beyond the k-th eigenvalue is left out, so P is too small by it. The sum of two
 * keeps the k leading eigenpairs (the larger of both k) of the sum of what both kept.
 */
public final class LowRankCurvature implements Curvature {
  /** The residual of an eigenpair over the largest |λ|; what is below that is zero. */
  static final double TOLERANCE = 1e-9;

  private final int rank;
  private final double[] values;
  private final Matrix vectors;
  private final boolean converged;

  private LowRankCurvature(int rank, double[] values, Matrix vectors, boolean converged) {
    this.rank = rank;
    this.values = values;
    this.vectors = vectors;
    this.converged = converged;
  }

  static LowRankCurvature of(GradientRows g, int rank) {
    return of(g::times, g.space().size(), rank);
  }

  /** Of a matrix (Θ, Θ) that is known by its products: its positive eigenvalues, k at most. */
  static LowRankCurvature of(UnaryOperator<double[]> h, int size, int rank) {
    Lanczos.Result found = Lanczos.largest(h, size, Math.min(rank, size), TOLERANCE);
    int[] kept = aboveRounding(found.values());
    double[] values = Arrays.stream(kept).mapToDouble(i -> found.values()[i]).toArray();
    return new LowRankCurvature(rank, values, found.vectors().selectRows(kept), found.converged());
  }

  /**
   * The places of the eigenvalues, descending, that are above zero by more than rounding: what is
   * not says nothing.
   */
  private static int[] aboveRounding(double[] values) {
    double rounding = TOLERANCE * Math.max(values[0], 0);
    return IntStream.range(0, values.length).filter(i -> values[i] > rounding).toArray();
  }

  /** λ, descending. */
  public double[] eigenvalues() {
    return values.clone();
  }

  /** Whether Lanczos reached its tolerance for all of them. */
  public boolean converged() {
    return converged;
  }

  @Override
  public LowRankCurvature plus(Curvature other) {
    LowRankCurvature o = SameStructure.require(this, other);
    SameStructure.requireSize("elements", vectors.cols(), o.vectors.cols());
    Matrix f = stacked(rootRows(), o.rootRows());
    if (f.rows() == 0) {
      return this; // both are zero
    }
    SymmetricEigen small = new SymmetricEigen(f.outerGram());
    int all = f.rows();
    double[] descending = new double[Math.min(Math.max(rank, o.rank), all)];
    Arrays.setAll(descending, i -> small.values()[all - 1 - i]);
    int[] kept = aboveRounding(descending);
    int[] columns = Arrays.stream(kept).map(i -> all - 1 - i).toArray();
    double[] values = Arrays.stream(kept).mapToDouble(i -> descending[i]).toArray();
    double[] inverseRoot = Arrays.stream(values).map(v -> 1 / Math.sqrt(v)).toArray();
    Matrix u = small.vectors().selectColumns(columns).transposeTimes(f).scaleRows(inverseRoot);
    return new LowRankCurvature(Math.max(rank, o.rank), values, u, converged && o.converged);
  }

  private static Matrix stacked(Matrix top, Matrix bottom) {
    double[] values = Arrays.copyOf(top.array(), top.array().length + bottom.array().length);
    System.arraycopy(bottom.array(), 0, values, top.array().length, bottom.array().length);
    return Matrix.adopt(top.rows() + bottom.rows(), top.cols(), values);
  }

  @Override
  public LowRankCurvature times(double c) {
    return new LowRankCurvature(
        rank, org.laplace4j.linalg.Arrays.scale(values, c), vectors, converged);
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    return LowRankPlusDiagonal.of(precisions, rootRows().transpose());
  }

  /** Of the whole: λ, and zeros. */
  @Override
  public Optional<double[]> eigenvalues(int from, int to) {
    int size = vectors.cols();
    return from == 0 && to == size ? Optional.of(Arrays.copyOf(values, size)) : Optional.empty();
  }

  /** Fᵀ = diag(√λ) Uᵀ, (k, Θ). */
  private Matrix rootRows() {
    return vectors.scaleRows(org.laplace4j.linalg.Arrays.sqrt(values));
  }

  @Override
  public Matrix toDense() {
    return rootRows().gram();
  }
}
