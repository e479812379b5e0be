package org.laplace4j.laplace.predict;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WeightSamples;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The outputs of networks whose weights are drawn from the posterior, without linearising, (S, B,
 * C).
 *
 * <pre>  f(θ_s, x)  </pre>
 *
 * @param samples S
 * @param key the seed of the draws: every call takes the same ones
 */
record SampledNetworkOutputs(int samples, long key) implements Predictive<Likelihood, Tensor> {

  SampledNetworkOutputs {
    OutputDraws.checkSamples("Predictive.sampledNetworkOutputs", samples);
  }

  @Override
  public Tensor predict(LaplacePosterior<? extends Likelihood> posterior, Tensor x) {
    WeightSamples draws = posterior.samples(samples, new SplittableRandom(key));
    return Tensor.concat(
        0,
        IntStream.range(0, samples)
            .mapToObj(s -> posterior.model().model().forward(draws.weights(s), x))
            .map(f -> f.reshape(f.shape().prepend(1)))
            .toList());
  }
}
