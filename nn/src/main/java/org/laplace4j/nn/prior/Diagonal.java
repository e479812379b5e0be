package org.laplace4j.nn.prior;

import org.laplace4j.autodiff.ParameterSpace;

/** P₀ = diag(δ): a precision for each element of the space. */
public final class Diagonal implements Prior {
  private final double[] precisions;
  private final PriorMean mean;

  Diagonal(double[] precisions, PriorMean mean) {
    this.precisions = precisions;
    this.mean = mean;
  }

  @Override
  public double[] precisions(ParameterSpace space) {
    PriorChecks.count("Prior.diagonal", "elements", precisions.length, space.size());
    return precisions.clone();
  }

  @Override
  public double[] mean(ParameterSpace space) {
    return mean.in(space);
  }

  @Override
  public Prior around(double... mean) {
    return new Diagonal(precisions, PriorMean.of(mean));
  }

  /** For example {@code diagonal(810 precisions)}. */
  @Override
  public String toString() {
    return "diagonal(" + precisions.length + " precisions)";
  }
}
