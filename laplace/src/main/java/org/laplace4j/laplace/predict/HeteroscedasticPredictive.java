package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.likelihood.HeteroscedasticGaussian;

/**
 * y ~ N(μ(f*), G Σ Gᵀ + diag(σ²(f*))) with Σ = J P⁻¹ Jᵀ, (2T, 2T), and G = ∂μ/∂f, (T, 2T): the
 * delta method, first order in Σ, so for a Σ that is small beside what bends μ and σ².
 *
 * <pre>  μ = f₁ e^(−f₂)     ∂μ/∂f₁ = e^(−f₂) = σ²     ∂μ/∂f₂ = −μ  </pre>
 */
record HeteroscedasticPredictive()
    implements OutputPredictive<HeteroscedasticGaussian, NormalPrediction> {

  @Override
  public NormalPrediction of(HeteroscedasticGaussian likelihood, OutputDistribution f) {
    Tensor mean = likelihood.means(f.mean());
    Tensor variance = likelihood.variances(f.mean());
    int b = mean.shape().dim(0);
    int targets = mean.shape().dim(1);
    double[] slopes = slopes(mean.array(), variance.array());
    double[] sigma = f.covariance().array();
    double[] epistemic = new double[b * targets * targets];
    int c = 2 * targets;
    for (int i = 0; i < b * c; i++) { // row i of all covariances
      for (int j = 0; j < c; j++) {
        int n = i / c;
        epistemic[(i / 2) * targets + j / 2] += slopes[i] * sigma[i * c + j] * slopes[n * c + j];
      }
    }
    return new NormalPrediction(
        mean, Tensor.adopt(Shape.of(b, targets, targets), epistemic), variance);
  }

  /** ∂μ/∂f of each pair, in the order of the outputs. */
  private static double[] slopes(double[] mean, double[] variance) {
    double[] slopes = new double[2 * mean.length];
    for (int i = 0; i < mean.length; i++) {
      slopes[2 * i] = variance[i];
      slopes[2 * i + 1] = -mean[i];
    }
    return slopes;
  }
}
