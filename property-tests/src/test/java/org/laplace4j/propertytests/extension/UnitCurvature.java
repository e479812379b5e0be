package org.laplace4j.propertytests.extension;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/** A source of one's own: Λ = I whatever the likelihood, so H = Σₙ Jₙᵀ Jₙ. */
record UnitCurvature() implements CurvatureSource {
  @Override
  public Tensor columns(Likelihood likelihood, Tensor f, Targets y, long first) {
    int c = f.shape().dim(1);
    Tensor identity = Tensor.of(org.laplace4j.linalg.Matrix.identity(c)); // (K, C)
    return identity.reshape(c, 1, c).broadcastTo(Shape.of(c, f.shape().dim(0), c));
  }

  @Override
  public int noisePower() {
    return 0;
  }
}
