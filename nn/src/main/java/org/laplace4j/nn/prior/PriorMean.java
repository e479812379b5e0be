package org.laplace4j.nn.prior;

import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.Arrays;

/** μ: zero, or one number an element of the space. */
final class PriorMean {
  static final PriorMean ZERO = new PriorMean(new double[0]);

  private final double[] values;

  private PriorMean(double[] values) {
    this.values = values;
  }

  static PriorMean of(double[] mean) {
    int bad = Arrays.firstNonFinite(mean);
    if (bad >= 0) {
      throw new IllegalArgumentException("Prior.around: element " + bad + " of the mean is "
          + mean[bad] + "; every element must be finite.");
    }
    return new PriorMean(mean.clone());
  }

  double[] in(ParameterSpace space) {
    if (values.length == 0) {
      return new double[space.size()];
    }
    if (values.length != space.size()) {
      throw new IllegalArgumentException("Prior.around: a mean of " + values.length
          + " numbers was given for a space of " + space.size()
          + " elements; give one for each, in the order of ParameterSpace.blocks().");
    }
    return values.clone();
  }
}
