package org.laplace4j.laplace.predict;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
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
    List<Tensor> outputs = new ArrayList<>();
    SampledNetworks.of(samples, key)
        .forEach(posterior, x, f -> f.reshape(f.shape().prepend(1)), outputs::add);
    return Tensor.concat(0, outputs);
  }
}
