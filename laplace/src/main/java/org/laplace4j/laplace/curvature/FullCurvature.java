package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.operator.DenseSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.MatrixSum;
import org.laplace4j.linalg.rows.Rows;

/**
 * Every entry of H.
 *
 * <pre>  H = Gᵀ G = Σₙₖ gₙₖ gₙₖᵀ          P = H + diag(δ)  </pre>
 */
public final class FullCurvature implements Curvature {
  /**
   * Numbers that rows of batches may keep while they wait to be added together, 16 MB: going
   * through H costs as much for few rows as for many.
   */
  private static final int TOGETHER = 1 << 21;

  private final Matrix h;
  private final Supplier<double[]> eigenvalues;

  private FullCurvature(Matrix h) {
    this(h, new Memo<>(() -> Arrays.map(SymmetricEigen.valuesOf(h), v -> Math.max(v, 0))));
  }

  private FullCurvature(Matrix h, Supplier<double[]> eigenvalues) {
    this.h = h;
    this.eigenvalues = eigenvalues;
  }

  static FullCurvature of(GradientRows g) {
    int size = g.space().size();
    MatrixSum h = new MatrixSum(size, size);
    List<Rows> waiting = new ArrayList<>();
    g.forEach(batch -> {
      if (!waiting.isEmpty() && storedNumbers(waiting) + batch.storedNumbers() > TOGETHER) {
        addGram(waiting, h);
      }
      waiting.add(batch);
    });
    addGram(waiting, h);
    return new FullCurvature(Matrix.adopt(size, size, h.array())); // not copied: Θ² numbers
  }

  private static long storedNumbers(List<Rows> rows) {
    return rows.stream().mapToLong(Rows::storedNumbers).sum();
  }

  /** Adds GᵀG of rows that have waited, and lets go of them. */
  private static void addGram(List<Rows> waiting, MatrixSum h) {
    Rows.concat(waiting).addGramTo(h, 0);
    waiting.clear();
  }

  @Override
  public Curvature plus(Curvature other) {
    Matrix added = SameStructure.require(this, other).h;
    SameStructure.requireSize("elements", h.rows(), added.rows());
    return new FullCurvature(h.plus(added));
  }

  @Override
  public Curvature times(double c) {
    if (c == 1) return this; // the usual temperature: no second matrix of Θ² numbers
    return new FullCurvature(h.times(c), new Memo<>(() -> Arrays.scale(eigenvalues.get(), c)));
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    return DenseSpd.of(h.plusDiagonal(precisions));
  }

  /** Of the whole; clipped at zero, below which rounding alone can bring them. */
  @Override
  public Optional<double[]> eigenvalues(int from, int to) {
    return from == 0 && to == h.rows() ? Optional.of(eigenvalues.get().clone()) : Optional.empty();
  }

  @Override
  public Matrix toDense() {
    return h;
  }
}
