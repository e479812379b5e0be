package org.laplace4j.laplace.predict;

import java.util.random.RandomGenerator;
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
 * @param rng where the draws come from
 */
record SampledNetworkProbabilities(int samples, RandomGenerator rng)
    implements Predictive<ClassLikelihood, ClassProbabilities> {

  @Override
  public ClassProbabilities predict(
      LaplacePosterior<? extends ClassLikelihood> posterior, Tensor x) {
    WeightSamples draws = posterior.samples(samples, rng);
    Tensor total = Tensor.scalar(0);
    for (int s = 0; s < samples; s++) {
      Tensor f = posterior.model().model().forward(draws.weights(s), x);
      total = total.plus(posterior.likelihood().probabilities(f));
    }
    return new ClassProbabilities(total.times(1.0 / samples));
  }
}
