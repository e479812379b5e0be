package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * A probability for each class at each input, and its log.
 *
 * @param probabilities shape (B, classes); each row sums to 1
 * @param logProbabilities their logs, shape (B, classes): from the predictive itself where it has
 *     them, and then finite even where the probability is too small for a number
 */
public record ClassProbabilities(Tensor probabilities, Tensor logProbabilities) {
  /** Rows may miss 1 by the rounding of a sum over many classes. */
  private static final double ROUNDING = 1e-9;

  /** Checks that these are probabilities. */
  public ClassProbabilities {
    if (probabilities.shape().rank() != 2 || probabilities.shape().dim(1) < 2) {
      throw new IllegalArgumentException(
          "ClassProbabilities: must be (B, classes) with at least 2 classes, got "
              + probabilities.shape() + ".");
    }
    if (!logProbabilities.shape().equals(probabilities.shape())) {
      throw new IllegalArgumentException("ClassProbabilities: the probabilities "
          + probabilities.shape() + " and their logs " + logProbabilities.shape()
          + " must have the same shape.");
    }
    double[] sums = probabilities.sum(false, -1).array();
    for (int n = 0; n < sums.length; n++) {
      if (!(Math.abs(sums[n] - 1) <= ROUNDING)) {
        throw new IllegalArgumentException(
            "ClassProbabilities: row " + n + " sums to " + sums[n] + "; probabilities sum to 1.");
      }
    }
  }

  /** Probabilities whose logs are those of the numbers themselves: −∞ where one is 0. */
  public ClassProbabilities(Tensor probabilities) {
    this(probabilities, probabilities.log());
  }

  /** What the link of a likelihood makes of logits (B, C), with the logs in its own form. */
  static ClassProbabilities of(ClassLikelihood likelihood, Tensor f) {
    return new ClassProbabilities(likelihood.probabilities(f), likelihood.logProbabilities(f));
  }

  /** The most probable class of each input; the first of equals. */
  public int[] labels() {
    int classes = probabilities.shape().dim(1);
    int[] labels = new int[probabilities.shape().dim(0)];
    for (int n = 0; n < labels.length; n++) {
      for (int c = 1; c < classes; c++) {
        if (probabilities.get(n, c) > probabilities.get(n, labels[n])) {
          labels[n] = c;
        }
      }
    }
    return labels;
  }

  /** The largest probability of each input, its confidence, shape (B). */
  public double[] maxProbabilities() {
    int[] labels = labels();
    double[] largest = new double[labels.length];
    java.util.Arrays.setAll(largest, n -> probabilities.get(n, labels[n]));
    return largest;
  }

  /** The entropy −Σ p log p of each input in nats, 0 log 0 = 0, shape (B). */
  public double[] entropies() {
    int classes = probabilities.shape().dim(1);
    double[] entropies = new double[probabilities.shape().dim(0)];
    for (int n = 0; n < entropies.length; n++) {
      for (int c = 0; c < classes; c++) {
        double p = probabilities.get(n, c);
        entropies[n] -= p > 0 ? p * Math.log(p) : 0;
      }
    }
    return entropies;
  }
}
