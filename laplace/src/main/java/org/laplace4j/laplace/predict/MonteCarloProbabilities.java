package org.laplace4j.laplace.predict;

import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * The mean of the link over draws of the linearised network's outputs.
 *
 * <pre>  p(x) = 1/S Σ_s link(f_s(x))  </pre>
 *
 * @param samples S
 * @param key the seed of the noise: every call takes the same
 */
record MonteCarloProbabilities(int samples, long key)
    implements OutputPredictive<ClassLikelihood, ClassProbabilities> {

  MonteCarloProbabilities {
    OutputDraws.checkSamples("Predictive.monteCarloProbabilities", samples);
  }

  @Override
  public ClassProbabilities of(ClassLikelihood likelihood, OutputDistribution f) {
    return new ClassProbabilities(
        new MonteCarloExpectation(likelihood::probabilities, samples, key).of(likelihood, f));
  }
}
