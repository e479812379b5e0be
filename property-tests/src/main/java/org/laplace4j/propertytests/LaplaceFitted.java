package org.laplace4j.propertytests;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.LinearizedModel;
import org.laplace4j.laplace.curvature.KroneckerCurvature;
import org.laplace4j.laplace.evidence.MarginalLikelihood;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.KroneckerFactors;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.propertytests.reference.Fitted;
import org.laplace4j.propertytests.reference.Inputs;
import org.laplace4j.propertytests.reference.Precisions;
import org.laplace4j.propertytests.reference.ReferenceCase;
import org.laplace4j.propertytests.reference.ReferenceVariant;

/** A posterior of the library, through its public interface alone. */
final class LaplaceFitted<L extends Likelihood> implements Fitted {
  private final ReferenceCase of;
  private final ReferenceVariant variant;
  private final LaplacePosterior<L> posterior;
  private final Task<L> task;

  /**
   * What differs between likelihoods: whether there is noise to change, and whether there are
   * classes.
   */
  private interface Task<L extends Likelihood> {
    LaplacePosterior<L> with(LaplacePosterior<L> posterior, Prior prior, double sigma);

    Tensor probabilities(LaplacePosterior<L> posterior, Tensor x, Link link);
  }

  private LaplaceFitted(
      ReferenceCase of, ReferenceVariant variant, LaplacePosterior<L> posterior, Task<L> task) {
    this.of = of;
    this.variant = variant;
    this.posterior = posterior;
    this.task = task;
  }

  static Fitted ofRegression(
      ReferenceCase of, ReferenceVariant variant, LaplacePosterior<Gaussian> posterior) {
    return new LaplaceFitted<>(of, variant, posterior, new Task<Gaussian>() {
      @Override
      public LaplacePosterior<Gaussian> with(
          LaplacePosterior<Gaussian> before, Prior prior, double sigma) {
        return LaplacePosterior.withNoise(before, sigma, prior);
      }

      @Override
      public Tensor probabilities(LaplacePosterior<Gaussian> regression, Tensor x, Link link) {
        throw new IllegalArgumentException("a regression has no class probabilities");
      }
    });
  }

  static Fitted ofClasses(
      ReferenceCase of, ReferenceVariant variant, LaplacePosterior<Categorical> posterior) {
    return new LaplaceFitted<>(of, variant, posterior, new Task<Categorical>() {
      @Override
      public LaplacePosterior<Categorical> with(
          LaplacePosterior<Categorical> before, Prior prior, double sigma) {
        return before.withPrior(prior);
      }

      @Override
      public Tensor probabilities(LaplacePosterior<Categorical> classes, Tensor x, Link link) {
        return switch (link) {
          case PROBIT -> classes.predict(x, Predictive.probit()).probabilities();
          case BRIDGE -> classes.predict(x, Predictive.laplaceBridge()).mean().probabilities();
          case NORMALIZED_BRIDGE ->
            classes.predict(x, Predictive.normalizedLaplaceBridge()).mean().probabilities();
        };
      }
    });
  }

  /** The prior with these precisions, as the reference scales them, and the variant's mean. */
  static Prior prior(ReferenceCase of, ReferenceVariant variant, Precisions precisions) {
    double[] values = Arrays.scale(precisions.values(), variant.priorFactor(of));
    Prior prior = switch (precisions.form()) {
      case SCALAR -> Prior.isotropic(values[0]);
      case LAYERWISE -> Prior.layerwise(values);
      case DIAG -> Prior.diagonal(values);
    };
    return variant.arguments().containsKey("prior_mean")
        ? prior.around(variant.priorMean(of))
        : prior;
  }

  @Override
  public double[] mean() {
    return posterior.mean();
  }

  @Override
  public double logLikelihood() {
    return posterior.evidence().logLikelihood();
  }

  @Override
  public double priorQuadratic() {
    return posterior.evidence().priorQuadratic();
  }

  @Override
  public double[] priorPrecisions() {
    return posterior.prior().precisions(posterior.space());
  }

  @Override
  public double priorLogDet() {
    return logDet() - posterior.evidence().logDetRatio();
  }

  @Override
  public double logDet() {
    return posterior.precision().logDet();
  }

  @Override
  public double logMarginalLikelihood() {
    return posterior.evidence().logMarginalLikelihood();
  }

  @Override
  public double[] curvature() {
    return posterior.curvature().toDense().array();
  }

  @Override
  public double[] curvatureDiagonal() {
    return diagonal(posterior.curvature().toDense());
  }

  @Override
  public List<Factors> factors() {
    var curvature = (KroneckerCurvature) posterior.curvature();
    List<ParameterSpace.Block> blocks = posterior.space().blocks();
    List<Factors> all = new ArrayList<>();
    for (int k = 0; k < blocks.size(); k++) {
      KroneckerFactors pair = curvature.factors().get(k);
      Matrix a = pair.a().times(1.0 / pair.count());
      // The inputs of a bias are all 1, so its A is the number 1.
      boolean bias = blocks.get(k).parameter().shape().rank() == 1;
      all.add(
          bias
              ? new Factors(pair.b().times(a.get(0, 0)).array(), new double[0])
              : new Factors(pair.b().array(), a.array()));
    }
    return all;
  }

  @Override
  public double[] precisionDiagonal() {
    return diagonal(posterior.precision().toDense());
  }

  @Override
  public double[] variances() {
    return posterior.variances();
  }

  @Override
  public double[] solve(double[] b) {
    return posterior.precision().solve(b);
  }

  @Override
  public double logDensity(double[] theta) {
    return posterior.logDensity(theta);
  }

  @Override
  public double[] outputs(Inputs x) {
    return posterior
        .predict(LaplaceFitter.tensor(x), Predictive.outputs())
        .mean()
        .array();
  }

  @Override
  public double[] outputCovariances(Inputs x) {
    return posterior
        .predict(LaplaceFitter.tensor(x), Predictive.outputs())
        .covariance()
        .array();
  }

  @Override
  public double[] jacobian(Inputs x) {
    return jacobian(posterior.model(), x);
  }

  static double[] jacobian(LinearizedModel model, Inputs x) {
    return model.chunked(LaplaceFitter.tensor(x), (f, rows) -> rows.dense().array()).stream()
        .flatMapToDouble(DoubleStream::of)
        .toArray();
  }

  @Override
  public double[] jointCovariance(Inputs x) {
    List<Matrix> parts = posterior
        .model()
        .chunked(
            LaplaceFitter.tensor(x), (f, rows) -> posterior.precision().inverseQuadratic(rows));
    if (parts.size() != 1) {
      throw new IllegalArgumentException("a joint covariance of " + x.count()
          + " points is asked for, they came in " + parts.size() + " parts");
    }
    return parts.get(0).array();
  }

  @Override
  public double[] probabilities(Inputs x, Link link) {
    return task.probabilities(posterior, LaplaceFitter.tensor(x), link).array();
  }

  @Override
  public Fitted with(Precisions precisions, double sigmaNoise) {
    return new LaplaceFitted<>(
        of, variant, task.with(posterior, prior(of, variant, precisions), sigmaNoise), task);
  }

  @Override
  public Fitted tuned(Precisions.Form form) {
    return new LaplaceFitted<>(of, variant, posterior.tune(tuner(form)).posterior(), task);
  }

  /** The tuner of a prior of this form. */
  static MarginalLikelihood tuner(Precisions.Form form) {
    MarginalLikelihood tuner = Tuner.marginalLikelihood();
    return switch (form) {
      case SCALAR -> tuner.isotropicPrior();
      case LAYERWISE -> tuner.layerwisePrior();
      case DIAG -> tuner.diagonalPrior();
    };
  }

  private static double[] diagonal(Matrix square) {
    var diagonal = new double[square.rows()];
    for (int i = 0; i < diagonal.length; i++) {
      diagonal[i] = square.get(i, i);
    }
    return diagonal;
  }
}
