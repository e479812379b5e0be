package org.laplace4j.laplace.curvature;

import java.util.Optional;
import org.laplace4j.autodiff.OutputOp;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * H = Σₙ Jₙᵀ diag(Λₙ) Jₙ: the GGN with the correlations between outputs left out. Another matrix,
 * kept for comparison with implementations that use it.
 */
public record DiagonalGgn() implements CurvatureSource {

  @Override
  public Tensor columns(Likelihood likelihood, Tensor f, Targets y, long first) {
    return OutputOp.stacked(diagonal(likelihood, f, y));
  }

  @Override
  public Optional<OutputRoots> roots(Likelihood likelihood, Tensor f, Targets y) {
    return Optional.of(diagonal(likelihood, f, y));
  }

  private static OutputRoots diagonal(Likelihood likelihood, Tensor f, Targets y) {
    Tensor lambda = likelihood.hessianRoot(f, y).square().sum(false, -1); // (B, C)
    return OutputRoots.diagonal(lambda.sqrt().matrix());
  }

  @Override
  public int noisePower() {
    return 2;
  }
}
