package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * The mean of the link, that of its entropy and its variance over draws of the linearised network's
 * outputs.
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
    Tensor mean = Tensor.scalar(0);
    Tensor deviations = Tensor.scalar(0); // Σ (p − mean)², by Welford's recurrence
    Tensor entropies = Tensor.scalar(0);
    for (int s = 1; s <= samples; s++) {
      Tensor p = likelihood.probabilities(draws.next());
      Tensor before = p.minus(mean);
      mean = mean.plus(before.times(1.0 / s));
      deviations = deviations.plus(before.times(p.minus(mean)));
      entropies = entropies.plus(Tensor.vector(new ClassProbabilities(p).entropies()));
    }
    return new ClassUncertainty(
        new ClassProbabilities(mean),
        entropies.times(1.0 / samples),
        deviations.times(1.0 / samples));
  }
}
