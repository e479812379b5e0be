package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/**
 * The Gaussian distribution of a network's outputs at each input.
 *
 * @param mean f(θ*, x), shape (B, C)
 * @param covariance J P⁻¹ Jᵀ of each input, shape (B, C, C)
 */
public record OutputDistribution(Tensor mean, Tensor covariance) {

  /** Checks the shapes. */
  public OutputDistribution {
    Shape m = mean.shape();
    if (m.rank() != 2 || !covariance.shape().equals(Shape.of(m.dim(0), m.dim(1), m.dim(1)))) {
      throw new IllegalArgumentException(
          "OutputDistribution: the mean must be (B, C) and the covariance (B, C, C), got " + m
              + " and " + covariance.shape() + ".");
    }
  }

  /** The variance of each output, the diagonals of the covariance, (B, C). */
  public Tensor variances() {
    int b = mean.shape().dim(0);
    int c = mean.shape().dim(1);
    double[] variances = new double[b * c];
    for (int n = 0; n < b; n++) {
      for (int i = 0; i < c; i++) {
        variances[n * c + i] = covariance.array()[(n * c + i) * c + i];
      }
    }
    return Tensor.adopt(mean.shape(), variances);
  }
}
