package org.laplace4j.laplace.curvature;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * H = Σₙ ∇θ log p(yₙ) ∇θ log p(yₙ)ᵀ, the empirical Fisher matrix: one column, the score of what was
 * observed.
 */
public record EmpiricalFisher() implements CurvatureSource {

  @Override
  public Tensor columns(Likelihood likelihood, Tensor f, Targets y, long first) {
    Tensor score = likelihood.score(f, y);
    return score.reshape(score.shape().prepend(1));
  }

  @Override
  public int noisePower() {
    return 4;
  }
}
