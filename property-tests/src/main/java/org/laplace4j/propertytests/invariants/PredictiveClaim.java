package org.laplace4j.propertytests.invariants;

import org.laplace4j.linalg.Matrix;

/**
 * Variances of linear functions of θ.
 *
 * <pre>  variances = diag(J C Jᵀ)  </pre>
 *
 * @param jacobian J, (K, Θ)
 * @param variances as the subject states them, (K)
 */
public record PredictiveClaim(Matrix jacobian, double[] variances) {

  /** Copies the array. */
  public PredictiveClaim {
    variances = variances.clone();
  }

  @Override
  public double[] variances() {
    return variances.clone();
  }
}
