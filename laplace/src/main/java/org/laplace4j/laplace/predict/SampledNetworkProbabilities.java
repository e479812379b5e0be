package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * The mean of the link over networks whose weights are drawn from the posterior, without
 * linearising.
 *
 * <pre>  p(x) = 1/S Σ_s link(f(θ_s, x))  </pre>
 *
 * @param samples S
 * @param key the seed of the draws: every call takes the same ones
 */
record SampledNetworkProbabilities(int samples, long key)
    implements Predictive<ClassLikelihood, ClassProbabilities> {

  SampledNetworkProbabilities {
    if (samples < 1) {
      throw new IllegalArgumentException("Predictive.sampledNetworkProbabilities: " + samples
          + " samples were asked for; at least 1 is needed.");
    }
  }

  @Override
  public ClassProbabilities predict(
      LaplacePosterior<? extends ClassLikelihood> posterior, Tensor x) {
    Sum sum = new Sum();
    SampledNetworks.of(samples, key)
        .forEach(posterior, x, posterior.likelihood()::probabilities, sum::add);
    return new ClassProbabilities(sum.total.times(1.0 / samples));
  }

  /** Of tensors, in order. */
  private static final class Sum {
    private Tensor total = Tensor.scalar(0);

    void add(Tensor next) {
      total = total.plus(next);
    }
  }
}
