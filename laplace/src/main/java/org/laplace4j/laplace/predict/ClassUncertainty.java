package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;

/**
 * How uncertain the class is at each input, in nats, and why (Depeweg et al. 2018).
 *
 * <pre>  H[E p] = E H[p] + I(y; f),  H[p] = −Σ p log p  </pre>
 *
 * @param predictiveEntropy H[E p], all of it, shape (B)
 * @param expectedEntropy E H[p], the aleatoric part, which more data would not reduce, shape (B)
 */
public record ClassUncertainty(Tensor predictiveEntropy, Tensor expectedEntropy) {

  /** Checks the shapes. */
  public ClassUncertainty {
    if (predictiveEntropy.shape().rank() != 1
        || !predictiveEntropy.shape().equals(expectedEntropy.shape())) {
      throw new IllegalArgumentException("ClassUncertainty: both entropies must be (B), got "
          + predictiveEntropy.shape() + " and " + expectedEntropy.shape() + ".");
    }
  }

  /**
   * I(y; f) ≥ 0, the epistemic part: what a label would tell about the network, the score of active
   * learning by disagreement (BALD; Houlsby et al. 2011), shape (B).
   */
  public Tensor mutualInformation() {
    return predictiveEntropy.minus(expectedEntropy).relu(); // rounding could put it below zero
  }
}
