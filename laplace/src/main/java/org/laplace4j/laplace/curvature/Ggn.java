package org.laplace4j.laplace.curvature;

import java.util.Optional;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * H = Σₙ Jₙᵀ Λₙ Jₙ, the generalised Gauss–Newton matrix: the columns are those of the root S of the
 * output Hessian, S Sᵀ = Λ.
 */
public record Ggn() implements CurvatureSource {

  @Override
  public Tensor columns(Likelihood likelihood, Tensor f, Targets y, long first) {
    Tensor s = likelihood.hessianRoot(f, y); // (B, C, K)
    return s.swapAxes(1, 2).swapAxes(0, 1); // (K, B, C)
  }

  @Override
  public Optional<OutputRoots> roots(Likelihood likelihood, Tensor f, Targets y) {
    return likelihood.outputRoots(f, y);
  }

  @Override
  public int noisePower() {
    return 2;
  }
}
