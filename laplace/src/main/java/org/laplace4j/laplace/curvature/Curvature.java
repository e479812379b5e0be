package org.laplace4j.laplace.curvature;

import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * What a structure kept of H, (Θ, Θ), positive semi-definite. Curvatures at the same θ* over the
 * same space add: over batches, shards and time alike.
 */
public interface Curvature {

  /** The curvature of both sets of data. */
  Curvature plus(Curvature other);

  /** c H, c &gt; 0. */
  Curvature times(double c);

  /** P = H + diag(δ), the posterior precision under a prior with precisions δ (Θ). */
  SpdOperator plusPrior(double[] precisions);

  /** H multiplied out: for tests and tiny examples. */
  Matrix toDense();
}
