package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * A predictive that asks for the Gaussian of the outputs alone, wherever that comes from: the
 * linearised network under a {@link LaplacePosterior} or under
 * {@link org.laplace4j.laplace.IndependentOutputs}, or a distribution of one's own.
 *
 * @param <L> the likelihoods that it has a meaning for
 * @param <T> what it predicts
 */
public interface OutputPredictive<L extends Likelihood, T> extends Predictive<L, T> {

  /** The prediction where the outputs have the given distribution. */
  T of(L likelihood, OutputDistribution outputs);

  @Override
  default T predict(LaplacePosterior<? extends L> posterior, Tensor x) {
    return of(posterior.likelihood(), LinearizedOutputs.of(posterior, x));
  }
}
