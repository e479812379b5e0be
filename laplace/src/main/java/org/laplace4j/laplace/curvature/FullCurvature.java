package org.laplace4j.laplace.curvature;

import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.DenseSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.MatrixSum;

/**
 * Every entry of H.
 *
 * <pre>  H = Gᵀ G = Σₙₖ gₙₖ gₙₖᵀ          P = H + diag(δ)  </pre>
 */
public final class FullCurvature implements Curvature {
  private final Matrix h;

  private FullCurvature(Matrix h) {
    this.h = h;
  }

  static FullCurvature of(GradientRows g) {
    int size = g.space().size();
    MatrixSum h = new MatrixSum(size, size);
    g.forEach(batch -> batch.addGramTo(h, 0));
    return new FullCurvature(h.total());
  }

  @Override
  public Curvature plus(Curvature other) {
    Matrix added = SameStructure.require(this, other).h;
    SameStructure.requireSize("elements", h.rows(), added.rows());
    return new FullCurvature(h.plus(added));
  }

  @Override
  public Curvature times(double c) {
    return new FullCurvature(h.times(c));
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    return DenseSpd.of(h.plusDiagonal(precisions));
  }

  @Override
  public Matrix toDense() {
    return h;
  }
}
