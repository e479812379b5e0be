package org.laplace4j.nn.likelihood;

import org.laplace4j.autodiff.Tensor;

/** A likelihood of class labels: the outputs are logits, the link turns them into probabilities. */
public interface ClassLikelihood extends Likelihood {

  /** The probabilities of the classes, (…, C) → (…, classes): each row sums to 1. */
  Tensor probabilities(Tensor f);

  /**
   * The logs of the probabilities, (…, C) → (…, classes). Where the link has a form of its own for
   * them they are finite even if the probability itself is too small for a number.
   */
  default Tensor logProbabilities(Tensor f) {
    return probabilities(f).log();
  }
}
