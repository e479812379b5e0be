package org.laplace4j.propertytests.reference;

import java.util.Arrays;
import java.util.regex.MatchResult;

/**
 * A posterior held against what the reference says about it.
 *
 * @param of the case
 * @param variant the variant
 * @param fitted our posterior of it
 * @param quantity the name of the number, and its variable parts as groups
 */
record Held(ReferenceCase of, ReferenceVariant variant, Fitted fitted, MatchResult quantity) {
  /** The tensor of the reference with this name, within the variant. */
  double[] reference(String name) {
    return of.tensors().doubles(variant.tensor(name));
  }

  /** The tensor of the reference with the quantity's own name. */
  double[] reference() {
    return reference(quantity.group());
  }

  String group() {
    return quantity.group(1);
  }

  /** Our curvature as the reference counts it. */
  double[] curvature() {
    return scaled(fitted.curvature(), Conversions.curvature(of, variant));
  }

  /** Its diagonal. */
  double[] curvatureDiagonal() {
    return scaled(fitted.curvatureDiagonal(), Conversions.curvature(of, variant));
  }

  /** Our evidence as the reference counts it. */
  double evidence(Fitted posterior, double sigma) {
    double evidence = posterior.logMarginalLikelihood() + Conversions.evidence(of, variant, sigma);
    return variant.isFunctional()
        ? evidence
            + 0.5
                * (posterior.priorQuadratic()
                    - FunctionSpace.of(this, posterior).priorQuadratic(posterior.priorPrecisions()))
        : evidence;
  }

  /** The posterior under the prior that has one precision a parameter tensor. */
  Fitted perTensor() {
    var prior = new Precisions(Precisions.Form.LAYERWISE, reference("per_tensor_prior"));
    return fitted.with(prior, variant.sigmaNoise());
  }

  /** The posterior under a prior that the reference tuned, after the same steps of ours. */
  Fitted replayed(Precisions.Form form) {
    return fitted.with(replay(form), variant.sigmaNoise());
  }

  /** The posterior under the prior that the reference tuned, by its own numbers. */
  Fitted atReference(Precisions.Form form) {
    String name = "optimized/" + group() + "/prior_precision";
    return fitted.with(new Precisions(form, reference(name)), variant.sigmaNoise());
  }

  /** The precisions after the reference's steps, taken by us. */
  Precisions replay(Precisions.Form form) {
    return of.optimizer().tune(of, variant, fitted, form);
  }

  /** θ* + 0.1 times the first column of the probe. */
  double[] probePoint() {
    double[] probe = of.tensors().doubles("probe");
    int columns = of.tensors().shape("probe")[1];
    double[] point = fitted.mean();
    Arrays.setAll(point, i -> point[i] + 0.1 * probe[i * columns]);
    return point;
  }

  /** The test points that are predicted. */
  Inputs predicted() {
    return of.xTest().examples(0, of.predicted());
  }

  static double[] scaled(double[] values, double factor) {
    return Arrays.stream(values).map(x -> x * factor).toArray();
  }
}
