package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.likelihood.Gaussian;

/** y ~ N(f(θ*, x), J P⁻¹ Jᵀ + diag(σ²)): exact for the linearised network. */
record LinearizedPredictive() implements OutputPredictive<Gaussian, NormalPrediction> {

  @Override
  public NormalPrediction of(Gaussian likelihood, OutputDistribution f) {
    Tensor noise = Tensor.vector(likelihood.variances(f.mean().shape().dim(1)));
    return new NormalPrediction(
        f.mean(), f.covariance(), noise.broadcastTo(f.mean().shape()));
  }
}
