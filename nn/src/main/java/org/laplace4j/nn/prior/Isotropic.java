package org.laplace4j.nn.prior;

import java.util.Arrays;
import org.laplace4j.autodiff.ParameterSpace;

/** P₀ = δ I: one precision for every element of the space. */
public final class Isotropic implements Prior {
  private final double precision;
  private final PriorMean mean;

  Isotropic(double precision, PriorMean mean) {
    this.precision = PriorChecks.positive("Prior.isotropic", new double[] {precision})[0];
    this.mean = mean;
  }

  /** δ. */
  public double precision() {
    return precision;
  }

  @Override
  public double[] precisions(ParameterSpace space) {
    double[] all = new double[space.size()];
    Arrays.fill(all, precision);
    return all;
  }

  @Override
  public double logDet(ParameterSpace space) {
    return space.size() * StrictMath.log(precision);
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
    return new Isotropic(precision, PriorMean.of(mean));
  }

  @Override
  public Prior restricted(ParameterSpace space, ParameterSpace to) {
    return new Isotropic(precision, mean.restricted(space, to));
  }

  /** For example {@code isotropic(1.0)}. */
  @Override
  public String toString() {
    return "isotropic(" + precision + ")";
  }
}
