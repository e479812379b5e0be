package org.laplace4j.nn.prior;

import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.Arrays;

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
    requireOneEach(space);
    return precisions.clone();
  }

  private void requireOneEach(ParameterSpace space) {
    PriorChecks.count("Prior.diagonal", "elements", precisions.length, space.size());
  }

  @Override
  public double logDet(ParameterSpace space) {
    requireOneEach(space);
    return Arrays.sumLog(precisions);
  }

  @Override
  public double[] mean(ParameterSpace space) {
    return mean.in(space);
  }

  @Override
  public boolean sharesMeanWith(Prior other) {
    return PriorMean.of(other) == mean;
  }

  /** μ. */
  PriorMean mean() {
    return mean;
  }

  @Override
  public Prior around(double... mean) {
    return new Diagonal(precisions, PriorMean.of(mean));
  }

  @Override
  public Prior restricted(ParameterSpace space, ParameterSpace to) {
    double[] kept = Arrays.gather(precisions(space), to.placesIn(space));
    return new Diagonal(kept, mean.restricted(space, to));
  }

  /** For example {@code diagonal(810 precisions)}. */
  @Override
  public String toString() {
    return "diagonal(" + precisions.length + " precisions)";
  }
}
