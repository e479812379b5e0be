package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Gaussian;

/** y ~ N(f(θ*, x), J P⁻¹ Jᵀ + diag(σ²)): exact for the linearised network. */
record LinearizedPredictive() implements Predictive<Gaussian, NormalPrediction> {

  @Override
  public NormalPrediction predict(LaplacePosterior<? extends Gaussian> posterior, Tensor x) {
    OutputDistribution f = new LinearizedOutputs().predict(posterior, x);
    Tensor noise =
        Tensor.vector(posterior.likelihood().variances(f.mean().shape().dim(1)));
    return new NormalPrediction(
        f.mean(), f.covariance(), noise.broadcastTo(f.mean().shape()));
  }
}
