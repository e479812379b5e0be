package org.laplace4j.propertytests;

import java.util.List;
import java.util.function.BiFunction;
import org.laplace4j.laplace.IndependentOutputs;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.propertytests.reference.Fitted;
import org.laplace4j.propertytests.reference.Inputs;
import org.laplace4j.propertytests.reference.Precisions;
import org.laplace4j.propertytests.reference.ReferenceCase;
import org.laplace4j.propertytests.reference.ReferenceVariant;

/**
 * Independent outputs of the library, through their public interface alone. There is one posterior
 * an output, so no single matrix to ask for.
 *
 * @param withPriorAndNoise the same outputs under another prior and noise
 * @param links the Gaussian of the outputs turned into class probabilities, where there are classes
 */
record IndependentFitted<L extends Likelihood>(
    ReferenceCase of,
    ReferenceVariant variant,
    IndependentOutputs<L> outputs,
    BiFunction<Prior, Double, IndependentOutputs<L>> withPriorAndNoise,
    Links<L> links)
    implements Fitted {

  /** Class probabilities of independent outputs. */
  interface Links<L extends Likelihood> {
    double[] probabilities(IndependentOutputs<L> outputs, Inputs x, Link link);
  }

  static Fitted ofRegression(
      ReferenceCase of, ReferenceVariant variant, IndependentOutputs<Gaussian> outputs) {
    return new IndependentFitted<>(
        of,
        variant,
        outputs,
        (prior, sigma) -> IndependentOutputs.withNoise(outputs, sigma, prior),
        (f, x, link) -> {
          throw new IllegalArgumentException("a regression has no class probabilities");
        });
  }

  static Fitted ofClasses(
      ReferenceCase of, ReferenceVariant variant, IndependentOutputs<Categorical> outputs) {
    return new IndependentFitted<>(
        of,
        variant,
        outputs,
        (prior, sigma) -> outputs.withPrior(prior),
        IndependentFitted::probabilities);
  }

  private static double[] probabilities(
      IndependentOutputs<Categorical> f, Inputs inputs, Link link) {
    var x = LaplaceFitter.tensor(inputs);
    return switch (link) {
      case PROBIT -> f.predict(x, Predictive.probit()).probabilities().array();
      case BRIDGE ->
        f.predict(x, Predictive.laplaceBridge()).mean().probabilities().array();
      case NORMALIZED_BRIDGE ->
        f.predict(x, Predictive.normalizedLaplaceBridge())
            .mean()
            .probabilities()
            .array();
    };
  }

  private LaplacePosterior<L> first() {
    return outputs.posteriors().get(0);
  }

  @Override
  public double[] mean() {
    return first().mean();
  }

  @Override
  public double logLikelihood() {
    return outputs.evidence().logLikelihood();
  }

  @Override
  public double priorQuadratic() {
    return outputs.evidence().priorQuadratic();
  }

  @Override
  public double[] priorPrecisions() {
    return outputs.prior().precisions(first().space());
  }

  @Override
  public double priorLogDet() {
    return logDet() - outputs.evidence().logDetRatio();
  }

  @Override
  public double logDet() {
    return outputs.posteriors().stream()
        .mapToDouble(p -> p.precision().logDet())
        .sum();
  }

  @Override
  public double logMarginalLikelihood() {
    return outputs.evidence().logMarginalLikelihood();
  }

  /** Summed over the outputs. */
  @Override
  public double[] determinantGradient() {
    double[] delta = priorPrecisions();
    double[] gradient = new double[delta.length];
    for (LaplacePosterior<L> posterior : outputs.posteriors()) {
      double[] variances = posterior.variances();
      for (int i = 0; i < delta.length; i++) {
        gradient[i] += 0.5 * (1 - delta[i] * variances[i]);
      }
    }
    return gradient;
  }

  @Override
  public double[] variances() {
    throw none("one vector of variances");
  }

  @Override
  public double[] outputs(Inputs x) {
    return outputs.outputs(LaplaceFitter.tensor(x)).mean().array();
  }

  @Override
  public double[] outputCovariances(Inputs x) {
    return outputs.outputs(LaplaceFitter.tensor(x)).covariance().array();
  }

  @Override
  public double[] probabilities(Inputs x, Link link) {
    return links.probabilities(outputs, x, link);
  }

  @Override
  public Fitted with(Precisions precisions, double sigmaNoise) {
    Prior prior = LaplaceFitted.prior(of, variant, precisions);
    return as(withPriorAndNoise.apply(prior, sigmaNoise));
  }

  @Override
  public Fitted tuned(Precisions.Form form) {
    return as(LaplaceFitted.tuner(form).tune(outputs).outputs());
  }

  private Fitted as(IndependentOutputs<L> other) {
    return new IndependentFitted<>(of, variant, other, withPriorAndNoise, links);
  }

  @Override
  public double[] curvature() {
    throw none("one curvature");
  }

  @Override
  public double[] curvatureDiagonal() {
    throw none("one curvature");
  }

  @Override
  public List<Factors> factors() {
    throw none("Kronecker factors");
  }

  @Override
  public double[] precisionDiagonal() {
    throw none("one precision");
  }

  @Override
  public double[] solve(double[] b) {
    throw none("one precision");
  }

  @Override
  public double logDensity(double[] theta) {
    throw none("one density of the weights");
  }

  @Override
  public double[] jacobian(Inputs x) {
    return LaplaceFitted.jacobian(first().model(), x);
  }

  @Override
  public double[] jointCovariance(Inputs x) {
    throw none("one joint covariance");
  }

  private static IllegalArgumentException none(String what) {
    return new IllegalArgumentException("independent outputs do not have " + what);
  }
}
