package org.laplace4j.laplace.curvature;

import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.DiagonalSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.BlockRows;

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

  static CurvatureAccumulator accumulator(ParameterSpace space) {
    double[] sum = new double[space.size()];
    return new CurvatureAccumulator() {
      @Override
      public void add(BlockRows g) {
        Arrays.addScaled(1, g.squares(), sum);
      }

      @Override
      public Curvature curvature() {
        return new DiagonalCurvature(sum.clone());
      }
    };
  }

  /** h, (Θ). */
  public double[] diagonal() {
    return h.clone();
  }

  @Override
  public Curvature plus(Curvature other) {
    return new DiagonalCurvature(Arrays.plus(h, SameStructure.require(this, other).h));
  }

  @Override
  public Curvature times(double c) {
    return new DiagonalCurvature(Arrays.scale(h, c));
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    return DiagonalSpd.of(Arrays.plus(h, precisions));
  }

  @Override
  public Matrix toDense() {
    return Matrix.diagonal(h);
  }
}
