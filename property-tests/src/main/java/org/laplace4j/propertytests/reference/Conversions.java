package org.laplace4j.propertytests.reference;

import java.util.Arrays;

/**
 * From what we mean by a name to what the reference means by it.
 *
 * <p>Its curvature is that of the loss (half the squared error, or the cross entropy) without noise
 * and temperature, ours that of the log-likelihood. Its temperature divides the quadratic part of a
 * Gaussian log-likelihood and not the normaliser, ours both. Its empirical Fisher of a regression
 * is twice the sum of outer products of gradients of the loss, ours the sum of outer products of
 * scores.
 */
final class Conversions {
  private Conversions() {}

  /** N C log(σ √(2π)), the part of minus a Gaussian log-likelihood that is not quadratic. */
  static double normaliser(ReferenceCase of, ReferenceVariant variant, double sigma) {
    return variant.x(of).count() * of.outputs() * Math.log(sigma * Math.sqrt(2 * Math.PI));
  }

  /** The reference's curvature over ours. */
  static double curvature(ReferenceCase of, ReferenceVariant variant) {
    if (of.isClassification()) {
      return variant.temperature();
    }
    double variance = variant.sigmaNoise() * variant.sigmaNoise();
    return variant.temperature()
        * (variant.isEmpiricalFisher() ? 2 * variance * variance : variance);
  }

  /**
   * The reference's log-likelihood or evidence less ours: c / T − c, with c the
   * {@linkplain #normaliser normaliser}.
   */
  static double evidence(ReferenceCase of, ReferenceVariant variant, double sigma) {
    if (of.isClassification()) {
      return 0;
    }
    double c = normaliser(of, variant, sigma);
    return c / variant.temperature() - c;
  }

  /** The reference's loss from our log-likelihood. */
  static double loss(ReferenceCase of, ReferenceVariant variant, double logLikelihood) {
    double untempered = -variant.temperature() * logLikelihood;
    if (of.isClassification()) {
      return untempered;
    }
    double sigma = variant.sigmaNoise();
    return sigma * sigma * (untempered - normaliser(of, variant, sigma));
  }

  /** θ* − μ over the elements of a variant. */
  static double[] priorOffset(ReferenceCase of, ReferenceVariant variant) {
    int[] indices = variant.indices(of);
    double[] theta = of.theta();
    double[] mean = variant.priorMean(of);
    var offset = new double[mean.length];
    Arrays.setAll(offset, i -> theta[indices[i]] - mean[i]);
    return offset;
  }
}
