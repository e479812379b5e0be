package org.laplace4j.nn.prior;

import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.Arrays;

/**
 * A Gaussian prior N(μ, P₀⁻¹) on R^Θ with a diagonal precision P₀ = diag(δ): shared by training,
 * where it is weight decay, and by the posterior.
 */
public sealed interface Prior permits Diagonal, Isotropic, Layerwise {

  /** δ, one precision for each element of the space, all positive, shape (Θ). */
  double[] precisions(ParameterSpace space);

  /** log det P₀ = Σ log δᵢ over the elements of the space. */
  double logDet(ParameterSpace space);

  /** μ, shape (Θ). */
  double[] mean(ParameterSpace space);

  /**
   * Whether μ is known, without reading it, to be that of another prior: where both were left at
   * zero, and not of every prior whose numbers happen to be the same.
   */
  boolean sharesMeanWith(Prior other);

  /** The same precisions around another mean, (Θ). */
  Prior around(double... mean);

  /**
   * The same prior of some elements alone: what it is on {@code space}, for a space that has only
   * elements of that one.
   */
  Prior restricted(ParameterSpace space, ParameterSpace to);

  /** One precision for every element, mean zero. */
  static Prior isotropic(double precision) {
    return new Isotropic(precision, PriorMean.ZERO);
  }

  /**
   * One precision a parameter tensor, in the order of {@link ParameterSpace#blocks()}, mean zero.
   */
  static Prior layerwise(double... precisions) {
    return new Layerwise(PriorChecks.positive("Prior.layerwise", precisions), PriorMean.ZERO);
  }

  /** One precision an element of the space, mean zero. */
  static Prior diagonal(double... precisions) {
    return new Diagonal(PriorChecks.positive("Prior.diagonal", precisions), PriorMean.ZERO);
  }

  /**
   * log N(θ; μ, P₀⁻¹) with its constants.
   *
   * <pre>  ½ (Σ log δᵢ − Σ δᵢ (θᵢ − μᵢ)² − Θ log 2π)  </pre>
   */
  default double logDensity(ParameterSpace space, double[] theta) {
    Arrays.requireLength("Prior.logDensity", space.size(), theta);
    double[] delta = precisions(space);
    double[] mu = mean(space);
    double twice = logDet(space) - space.size() * Math.log(2 * Math.PI);
    for (int i = 0; i < delta.length; i++) {
      double r = theta[i] - mu[i];
      twice -= delta[i] * r * r;
    }
    return 0.5 * twice;
  }
}
