package org.laplace4j.propertytests.extension;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.predict.OutputDistribution;
import org.laplace4j.laplace.predict.Predictive;

/**
 * A predictive of one's own: the mean rate E eᶠ = exp(μ + ½ Σ) of a log-normal, shape (B, 1). Only
 * a Poisson posterior can be asked for it.
 */
record PoissonRate() implements Predictive<Poisson, Tensor> {
  @Override
  public Tensor predict(LaplacePosterior<? extends Poisson> posterior, Tensor x) {
    OutputDistribution f = Predictive.outputs().predict(posterior, x);
    return f.mean().plus(f.variances().times(0.5)).exp();
  }
}
