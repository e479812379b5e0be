package org.laplace4j.laplace.curvature;

import java.util.Optional;
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

  /**
   * The eigenvalues, none below zero, of the part of H over the elements {@code from} (inclusive)
   * to {@code to} (exclusive), if nothing couples them with others and they can be had without more
   * than one decomposition; else none. Under one prior precision for all of them these are all that
   * the evidence needs.
   */
  default Optional<double[]> eigenvalues(int from, int to) {
    return Optional.empty();
  }

  /** H multiplied out: for tests and tiny examples. */
  Matrix toDense();
}
