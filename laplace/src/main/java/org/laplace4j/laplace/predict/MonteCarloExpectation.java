package org.laplace4j.laplace.predict;

import java.util.function.UnaryOperator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The mean of a function over draws of the linearised network's outputs.
 *
 * <pre>  E h(f(x)) ≈ 1/S Σ_s h(f_s(x))  </pre>
 *
 * @param function h, from outputs (B, C) to a tensor whose shape is the same for every draw
 * @param samples S
 * @param key the seed of the noise: every call takes the same
 */
record MonteCarloExpectation(UnaryOperator<Tensor> function, int samples, long key)
    implements OutputPredictive<Likelihood, Tensor> {

  MonteCarloExpectation {
    OutputDraws.checkSamples("Predictive.expectation", samples);
  }

  @Override
  public Tensor of(Likelihood likelihood, OutputDistribution f) {
    OutputDraws draws = new OutputDraws(f, key);
    Tensor total = Tensor.scalar(0);
    for (int s = 0; s < samples; s++) {
      total = total.plus(function.apply(draws.next()));
    }
    return total.times(1.0 / samples);
  }
}
