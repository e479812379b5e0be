package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/**
 * The Gaussian over logits, conditioned on a sum of zero: adding a constant to all logits changes
 * no probability, so that direction is taken out (Hobbhahn et al. 2022).
 *
 * <pre>  μ − Σ1 (1ᵀμ) / (1ᵀΣ1)          Σ − Σ1 1ᵀΣ / (1ᵀΣ1)  </pre>
 */
final class ZeroSumLogits {
  private ZeroSumLogits() {}

  static OutputDistribution of(OutputDistribution f) {
    OutputDistribution two = f.mean().shape().dim(1) == 1 ? withFixedFirst(f) : f;
    int b = two.mean().shape().dim(0);
    int c = two.mean().shape().dim(1);
    double[] mean = two.mean().array().clone();
    double[] covariance = two.covariance().array().clone();
    for (int n = 0; n < b; n++) {
      double[] rows = new double[c]; // Σ1
      double all = 0;
      double sum = 0;
      for (int i = 0; i < c; i++) {
        for (int j = 0; j < c; j++) {
          rows[i] += covariance[(n * c + i) * c + j];
        }
        all += rows[i];
        sum += mean[n * c + i];
      }
      // Without variance along 1 there is nothing to condition: the mean is only shifted.
      for (int i = 0; i < c; i++) {
        double share = all > 0 ? rows[i] / all : 1.0 / c;
        mean[n * c + i] -= share * sum;
        for (int j = 0; j < c && all > 0; j++) {
          covariance[(n * c + i) * c + j] -= share * rows[j];
        }
      }
    }
    return new OutputDistribution(
        Tensor.adopt(two.mean().shape(), mean), Tensor.adopt(two.covariance().shape(), covariance));
  }

  /** One logit f is two: 0 and f. */
  private static OutputDistribution withFixedFirst(OutputDistribution f) {
    int b = f.mean().shape().dim(0);
    double[] mean = new double[2 * b];
    double[] covariance = new double[4 * b];
    for (int n = 0; n < b; n++) {
      mean[2 * n + 1] = f.mean().array()[n];
      covariance[4 * n + 3] = f.covariance().array()[n];
    }
    return new OutputDistribution(
        Tensor.adopt(Shape.of(b, 2), mean), Tensor.adopt(Shape.of(b, 2, 2), covariance));
  }
}
