package org.laplace4j.laplace.curvature;

import java.util.Optional;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.DiagonalSpd;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * The diagonal of H.
 *
 * <pre>  hᵢ = Σₙₖ (gₙₖ)ᵢ²          P = diag(h + δ)  </pre>
 */
public final class DiagonalCurvature implements Curvature {
  private final double[] h;

  private DiagonalCurvature(double[] h) {
    this.h = h;
  }

  static DiagonalCurvature of(GradientRows g) {
    double[] h = new double[g.space().size()];
    g.forEach(batch -> Arrays.addScaled(1, batch.squares(), h));
    return new DiagonalCurvature(h);
  }

  /** h, (Θ). */
  public double[] diagonal() {
    return h.clone();
  }

  @Override
  public Curvature plus(Curvature other) {
    double[] added = SameStructure.require(this, other).h;
    SameStructure.requireSize("elements", h.length, added.length);
    return new DiagonalCurvature(Arrays.plus(h, added));
  }

  @Override
  public Curvature times(double c) {
    return new DiagonalCurvature(Arrays.scale(h, c));
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    return DiagonalSpd.ofSum(h, precisions);
  }

  @Override
  public Optional<double[]> eigenvalues(int from, int to) {
    return Optional.of(java.util.Arrays.copyOfRange(h, from, to));
  }

  @Override
  public Matrix toDense() {
    return Matrix.diagonal(h);
  }
}
