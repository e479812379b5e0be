package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;

/**
 * An interval for each output at each input.
 *
 * @param lower the lower ends, shape (B, C)
 * @param upper the upper ends, shape (B, C), none below its lower one
 */
public record PredictionInterval(Tensor lower, Tensor upper) {

  /** Checks the shapes. */
  public PredictionInterval {
    if (!lower.shape().equals(upper.shape())) {
      throw new IllegalArgumentException("PredictionInterval: the lower ends " + lower.shape()
          + " and the upper ends " + upper.shape() + " must have the same shape.");
    }
  }

  /** upper − lower, (B, C). */
  public Tensor widths() {
    return upper.minus(lower);
  }

  /** The part of the targets (B, C) that lie in their intervals, ends included. */
  public double coverage(Tensor y) {
    if (!y.shape().equals(lower.shape()) || y.size() == 0) {
      throw new IllegalArgumentException("PredictionInterval.coverage: intervals of shape "
          + lower.shape() + " came with targets of shape " + y.shape()
          + "; they must be equal, and at least one target is needed.");
    }
    int inside = 0;
    for (int i = 0; i < y.size(); i++) {
      double target = y.array()[i];
      inside += target >= lower.array()[i] && target <= upper.array()[i] ? 1 : 0;
    }
    return inside / (double) y.size();
  }
}
