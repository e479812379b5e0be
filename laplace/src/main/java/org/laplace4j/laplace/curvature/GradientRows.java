package org.laplace4j.laplace.curvature;

import java.util.function.Consumer;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.rows.BlockRows;

/**
 * The rows gₙₖᵀ = sₙₖᵀ Jₙ of a source over some data: what a structure makes its curvature H = Σ g
 * gᵀ from. A structure may pass over the data as often as it needs; nothing is kept between passes.
 */
public interface GradientRows {

  /** R^Θ. */
  ParameterSpace space();

  /** One pass over the data: the rows of each batch, one block a parameter of the space. */
  void forEach(Consumer<BlockRows> batch);

  /**
   * H v = Σ g (gᵀ v), one pass over the data, by a forward and a reverse sweep a batch; no row is
   * formed.
   *
   * <pre>  H v = Σ Jᵀ S Sᵀ J v  </pre>
   */
  double[] times(double[] v);

  /**
   * −∇² log p(D | θ*) v, the true Hessian of the negative log-likelihood, one pass over the data;
   * whatever the source.
   */
  double[] hessianTimes(double[] v);
}
