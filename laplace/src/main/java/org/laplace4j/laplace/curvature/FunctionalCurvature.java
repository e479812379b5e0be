package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.SymmetricEigen;
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
  private final Supplier<double[]> eigenvalues;

  private FunctionalCurvature(Rows g) {
    this.g = g;
    this.eigenvalues = new Memo<>(() -> eigenvaluesOf(g));
  }

  private FunctionalCurvature(Rows g, Supplier<double[]> eigenvalues) {
    this.g = g;
    this.eigenvalues = eigenvalues;
  }

  /** Those of G Gᵀ, or Gᵀ G, whichever is smaller: the others, up to Θ of them, are zero. */
  private static double[] eigenvaluesOf(Rows g) {
    int rows = g.examples() * g.columns();
    requireRoom(Math.min(rows, g.size()));
    double[] ones = new double[g.size()];
    Arrays.fill(ones, 1);
    Matrix smaller = rows < g.size() ? g.weightedGram(ones) : g.dense().gram();
    double[] ascending = SymmetricEigen.valuesOf(smaller);
    double[] values = new double[g.size()];
    for (int i = 0; i < ascending.length; i++) {
      values[i] = Math.max(ascending[i], 0);
    }
    return values;
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
    return new FunctionalCurvature(
        g.scaled(Math.sqrt(c)),
        new Memo<>(() -> org.laplace4j.linalg.Arrays.scale(eigenvalues.get(), c)));
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    requireRoom(g.examples() * g.columns());
    return RowsPlusDiagonal.of(precisions, g);
  }

  private static void requireRoom(int count) {
    HeapBudget.require(
        "Structure.functional",
        count,
        4 * 8.0 * count * count,
        "use fewer data (Structure.functional(points, rng)), or another structure");
  }

  /** Of the whole: decomposed once, in function space. */
  @Override
  public Optional<double[]> eigenvalues(int from, int to) {
    return from == 0 && to == g.size() ? Optional.of(eigenvalues.get().clone()) : Optional.empty();
  }

  @Override
  public Matrix toDense() {
    return g.dense().gram();
  }
}
