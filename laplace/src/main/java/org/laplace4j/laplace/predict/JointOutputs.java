package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Matrix;

/**
 * The joint Gaussian distribution of the outputs at several inputs, as Bayesian optimisation and
 * active learning need it.
 *
 * @param mean f(θ*, x), shape (B, C)
 * @param covariance J P⁻¹ Jᵀ, shape (B·C, B·C), inputs outer and outputs inner
 */
public record JointOutputs(Tensor mean, Matrix covariance) {

  /** Checks the shapes. */
  public JointOutputs {
    if (covariance.rows() != mean.size() || covariance.cols() != mean.size()) {
      throw new IllegalArgumentException(
          "JointOutputs: a mean " + mean.shape() + " needs a covariance of " + mean.size()
              + " rows and columns, got (" + covariance.rows() + ", " + covariance.cols() + ").");
    }
  }
}
