package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * The entropy of the mean of the link, and the mean of its entropy, over draws of the linearised
 * network's outputs.
 *
 * @param samples S
 * @param key the seed of the noise: every call takes the same
 */
record MonteCarloUncertainty(int samples, long key)
    implements OutputPredictive<ClassLikelihood, ClassUncertainty> {

  MonteCarloUncertainty {
    OutputDraws.checkSamples("Predictive.uncertainty", samples);
  }

  @Override
  public ClassUncertainty of(ClassLikelihood likelihood, OutputDistribution f) {
    OutputDraws draws = new OutputDraws(f, key);
    Tensor total = Tensor.scalar(0);
    Tensor entropies = Tensor.scalar(0);
    for (int s = 0; s < samples; s++) {
      Tensor p = likelihood.probabilities(draws.next());
      total = total.plus(p);
      entropies = entropies.plus(Tensor.vector(new ClassProbabilities(p).entropies()));
    }
    ClassProbabilities mean = new ClassProbabilities(total.times(1.0 / samples));
    return new ClassUncertainty(Tensor.vector(mean.entropies()), entropies.times(1.0 / samples));
  }
}
