package org.laplace4j.laplace.curvature;

import java.util.Arrays;
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
 * keeps the k leading eigenpairs of the sum of what both kept.
 */
public final class LowRankCurvature implements Curvature {
  private static final double TOLERANCE = 1e-9;

  private final double[] values;
  private final Matrix vectors;
  private final boolean converged;

  private LowRankCurvature(double[] values, Matrix vectors, boolean converged) {
    this.values = values;
    this.vectors = vectors;
    this.converged = converged;
  }

  static LowRankCurvature of(GradientRows g, int rank) {
    int size = g.space().size();
    Lanczos.Result found = Lanczos.largest(g::times, size, Math.min(rank, size), TOLERANCE);
    // H is positive semi-definite: what is not above rounding is zero, and says nothing.
    double rounding = TOLERANCE * Math.max(found.values()[0], 0);
    int[] kept = IntStream.range(0, found.values().length)
        .filter(i -> found.values()[i] > rounding)
        .toArray();
    double[] values = Arrays.stream(kept).mapToDouble(i -> found.values()[i]).toArray();
    return new LowRankCurvature(values, found.vectors().selectRows(kept), found.converged());
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
  public Curvature plus(Curvature other) {
    LowRankCurvature o = SameStructure.require(this, other);
    int keep = Math.max(values.length, o.values.length);
    Matrix f = stacked(rootRows(), o.rootRows());
    SymmetricEigen small = new SymmetricEigen(f.outerGram());
    int all = f.rows();
    double[] kept = new double[keep];
    int[] columns = new int[keep];
    for (int i = 0; i < keep; i++) {
      columns[i] = all - 1 - i;
      kept[i] = small.values()[all - 1 - i];
    }
    double[] inverseRoot = Arrays.stream(kept).map(v -> 1 / Math.sqrt(v)).toArray();
    Matrix u = small.vectors().selectColumns(columns).transposeTimes(f).scaleRows(inverseRoot);
    return new LowRankCurvature(kept, u, converged && o.converged);
  }

  private static Matrix stacked(Matrix top, Matrix bottom) {
    double[] values = Arrays.copyOf(top.array(), top.array().length + bottom.array().length);
    System.arraycopy(bottom.array(), 0, values, top.array().length, bottom.array().length);
    return Matrix.adopt(top.rows() + bottom.rows(), top.cols(), values);
  }

  @Override
  public Curvature times(double c) {
    return new LowRankCurvature(org.laplace4j.linalg.Arrays.scale(values, c), vectors, converged);
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    return LowRankPlusDiagonal.of(precisions, rootRows().transpose());
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
