package org.laplace4j.laplace.predict;

import java.util.SplittableRandom;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WeightSamples;
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
    WeightSamples draws = posterior.samples(samples, new SplittableRandom(key));
    Tensor total = Tensor.scalar(0);
    for (int s = 0; s < samples; s++) {
      Tensor f = posterior.model().model().forward(draws.weights(s), x);
      total = total.plus(posterior.likelihood().probabilities(f));
    }
    return new ClassProbabilities(total.times(1.0 / samples));
  }
}
