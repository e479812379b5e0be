package org.laplace4j.laplace.predict;

import java.util.List;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * f(x) ~ N(f(θ*, x), J(x) P⁻¹ J(x)ᵀ): the outputs of the network linearised at θ* (Immer et al.
 * 2021). J stays in structured rows; how much of it is ever formed is for P to say.
 */
final class LinearizedOutputs {
  private LinearizedOutputs() {}

  static OutputDistribution of(LaplacePosterior<? extends Likelihood> posterior, Tensor x) {
    List<OutputDistribution> parts = posterior.model().chunked(x, (f, j) -> {
      int b = f.shape().dim(0);
      int c = f.shape().dim(1);
      Tensor blocks = Tensor.of(posterior.precision().inverseQuadraticBlocks(j));
      return new OutputDistribution(f.detach(), blocks.reshape(b, c, c));
    });
    return new OutputDistribution(
        Tensor.concat(0, parts.stream().map(OutputDistribution::mean).toList()),
        Tensor.concat(0, parts.stream().map(OutputDistribution::covariance).toList()));
  }
}
