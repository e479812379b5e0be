package org.laplace4j.laplace.predict;

import java.util.ArrayList;
import java.util.List;
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
    List<Tensor> sum = new ArrayList<>(List.of(Tensor.scalar(0)));
    SampledNetworks.of(samples, key)
        .forEach(
            posterior,
            x,
            posterior.likelihood()::probabilities,
            p -> sum.set(0, sum.get(0).plus(p)));
    return new ClassProbabilities(sum.get(0).times(1.0 / samples));
  }
}
