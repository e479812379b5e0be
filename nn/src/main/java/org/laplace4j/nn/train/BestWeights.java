package org.laplace4j.nn.train;

import java.util.OptionalDouble;

/**
 * The weights to keep: those of the epoch with the smallest validation NLL, or the latest where
 * there is no validation.
 */
final class BestWeights {
  private double[] theta;
  private int epoch;
  private double nll = Double.POSITIVE_INFINITY;

  /** Looks at the weights after an epoch; a NLL equal to the best is no improvement. */
  void see(int epoch, double[] theta, OptionalDouble validationNll) {
    if (validationNll.isEmpty() || validationNll.getAsDouble() < nll) {
      this.theta = theta;
      this.epoch = epoch;
      this.nll = validationNll.orElse(nll);
    }
  }

  double[] theta() {
    return theta;
  }

  int epoch() {
    return epoch;
  }
}
