package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.RowsPlusDiagonal;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.Rows;

/**
 * The rows g themselves: H in its dual, or function-space, form (Khan et al. 2019, Immer et al.
 * 2021). The posterior is a Gaussian process with the kernel J P₀⁻¹ J'ᵀ, conditioned on the data;
 * exact, and cheap where there are fewer rows N·K than parameters.
 *
 * <pre>  H = Gᵀ G, G (N·K, Θ) structured          P = diag(δ) + Gᵀ G, by Woodbury  </pre>
 */
public final class FunctionalCurvature implements Curvature {
  private final Rows g;

  private FunctionalCurvature(Rows g) {
    this.g = g;
  }

  static FunctionalCurvature of(GradientRows rows) {
    List<Rows> batches = new ArrayList<>();
    rows.forEach(batch -> batches.add(batch.compact()));
    return new FunctionalCurvature(Rows.concat(batches));
  }

  static FunctionalCurvature of(GradientRows rows, PointSubset subset) {
    rows.forEach(subset::offer);
    return new FunctionalCurvature(subset.rows());
  }

  @Override
  public Curvature plus(Curvature other) {
    return new FunctionalCurvature(Rows.concat(List.of(g, SameStructure.require(this, other).g)));
  }

  @Override
  public Curvature times(double c) {
    return new FunctionalCurvature(g.scaled(Math.sqrt(c)));
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    int count = g.examples() * g.columns();
    HeapBudget.require(
        "Structure.functional",
        count,
        4 * 8.0 * count * count,
        "use fewer data (Structure.functional(points, rng)), or another structure");
    return RowsPlusDiagonal.of(precisions, g);
  }

  @Override
  public Matrix toDense() {
    return g.dense().gram();
  }
}
