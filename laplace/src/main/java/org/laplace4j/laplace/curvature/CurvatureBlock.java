package org.laplace4j.laplace.curvature;

import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * A part of a curvature that is coupled with no other: what {@link Curvature} says, of some
 * elements.
 *
 * @param <B> itself
 */
interface CurvatureBlock<B extends CurvatureBlock<B>> {

  /** The number of elements. */
  int size();

  /** The block of both sets of data. */
  B plus(B other);

  /** c H. */
  B times(double c);

  /** H + diag(δ). */
  SpdOperator plusPrior(double[] precisions);

  /** The eigenvalues, where they can be had without more than one decomposition. */
  Optional<double[]> eigenvalues();

  /** H multiplied out. */
  Matrix toDense();
}
