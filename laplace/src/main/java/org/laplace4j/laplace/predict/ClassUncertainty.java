package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;

/**
 * How uncertain the class is at each input, and why: by entropies in nats (Depeweg et al. 2018),
 * and by the variance of the indicator y_c of each class.
 *
 * <pre>
 *   H[E p] = E H[p] + I(y; f),  H[p] = −Σ p log p
 *   Var y_c = E p_c (1 − E p_c) = E[p_c (1 − p_c)] + Var p_c
 * </pre>
 *
 * <p>The first part of each sum is aleatoric, which more data would not reduce, the second
 * epistemic.
 *
 * @param mean E p, (B, classes)
 * @param expectedEntropy E H[p], shape (B)
 * @param probabilityVariance Var p_c, shape (B, classes)
 */
public record ClassUncertainty(
    ClassProbabilities mean, Tensor expectedEntropy, Tensor probabilityVariance) {

  /** Checks the shapes. */
  public ClassUncertainty {
    int b = mean.probabilities().shape().dim(0);
    if (expectedEntropy.shape().rank() != 1 || expectedEntropy.size() != b) {
      throw new IllegalArgumentException("ClassUncertainty: the entropy must be (" + b + "), got "
          + expectedEntropy.shape() + ".");
    }
    if (!probabilityVariance.shape().equals(mean.probabilities().shape())) {
      throw new IllegalArgumentException("ClassUncertainty: the variances must be "
          + mean.probabilities().shape() + ", got " + probabilityVariance.shape() + ".");
    }
  }

  /** H[E p], all of the entropy, shape (B). */
  public Tensor predictiveEntropy() {
    return Tensor.vector(mean.entropies());
  }

  /**
   * I(y; f) ≥ 0, the epistemic part: what a label would tell about the network, the score of active
   * learning by disagreement (BALD; Houlsby et al. 2011), shape (B).
   */
  public Tensor mutualInformation() {
    // Rounding could put it below zero.
    return predictiveEntropy().minus(expectedEntropy).relu();
  }

  /** Var y_c, all of the variance, shape (B, classes). */
  public Tensor totalVariance() {
    Tensor p = mean.probabilities();
    return p.minus(p.square());
  }

  /** E[p_c (1 − p_c)], the aleatoric part, shape (B, classes). */
  public Tensor expectedVariance() {
    return totalVariance().minus(probabilityVariance).relu();
  }
}
