package org.laplace4j.laplace.evidence;

import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * A way to choose prior precisions, and noise, for a posterior.
 *
 * @param <L> the likelihoods that it works for
 */
public interface Tuner<L extends Likelihood> {

  /** The posterior with the chosen values, and what was done. */
  <K extends L> Tuned<K> tune(LaplacePosterior<K> posterior);

  /** Maximises the evidence over one prior precision, from which other forms follow. */
  static MarginalLikelihood marginalLikelihood() {
    return MarginalLikelihood.isotropic();
  }
}
