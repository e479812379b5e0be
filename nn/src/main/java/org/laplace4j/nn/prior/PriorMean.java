package org.laplace4j.nn.prior;

import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.Arrays;

/** μ: zero, or one number an element of the space. */
interface PriorMean {
  /** μ = 0. */
  PriorMean ZERO = space -> new double[space.size()];

  /** μ, a new array (Θ). */
  double[] in(ParameterSpace space);

  /** μ of some elements of a space alone. */
  default PriorMean restricted(ParameterSpace space, ParameterSpace to) {
    return this == ZERO ? ZERO : of(Arrays.gather(in(space), to.placesIn(space)));
  }

  /** That of a prior. */
  static PriorMean of(Prior prior) {
    if (prior instanceof Isotropic isotropic) return isotropic.mean();
    return prior instanceof Layerwise layerwise ? layerwise.mean() : ((Diagonal) prior).mean();
  }

  static PriorMean of(double[] mean) {
    int bad = Arrays.firstNonFinite(mean);
    if (bad >= 0) {
      throw new IllegalArgumentException("Prior.around: element " + bad + " of the mean is "
          + mean[bad] + "; every element must be finite.");
    }
    double[] values = mean.clone();
    return space -> {
      if (values.length != space.size()) {
        throw new IllegalArgumentException("Prior.around: a mean of " + values.length
            + " numbers was given for a space of " + space.size()
            + " elements; give one for each, in the order of ParameterSpace.blocks().");
      }
      return values.clone();
    };
  }
}
