package org.laplace4j.propertytests.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The posterior of a variant by dense algebra in plain loops: what every other way of computing it
 * must agree with.
 *
 * <pre>
 *   H = s Σₙ Jₙᵀ Λₙ Jₙ,  s = 1/T for classes, 1/(σ² T) for a regression, 1/(σ⁴ T) for its empirical Fisher
 *   log p(D | θ*) = −loss / T for classes, −(loss / σ² + N C log(σ √(2π))) / T for a regression
 * </pre>
 */
final class DenseOracle implements Fitted {
  private final ReferenceCase of;
  private final ReferenceVariant variant;
  private final DenseCurvature unit;
  private final int[] indices;
  private final double temperature;
  private final double sigma;
  private final double[] prior;
  private final double[] offset;
  private final DenseSymmetric precision;

  private DenseOracle(
      ReferenceCase of,
      ReferenceVariant variant,
      DenseCurvature unit,
      double[] prior,
      double sigma) {
    this.of = of;
    this.variant = variant;
    this.unit = unit;
    this.indices = variant.indices(of);
    this.temperature = variant.temperature();
    this.sigma = sigma;
    this.prior = prior;
    this.offset = Conversions.priorOffset(of, variant);
    double[] p = curvature();
    for (int i = 0; i < prior.length; i++) {
      p[i * prior.length + i] += prior[i];
    }
    this.precision = new DenseSymmetric(prior.length, p);
  }

  /** Dense networks, and the structures that are matrices. */
  static Fitter fitter() {
    return new Fitter() {
      @Override
      public Optional<String> missing(ReferenceCase of, ReferenceVariant variant) {
        Optional<String> layer = DenseNetwork.unknownLayer(of);
        if (layer.isPresent()) {
          return layer.map(type -> "the dense oracle has no layer '" + type + "'");
        }
        boolean known = List.of("full", "diag", "kron").contains(variant.structure());
        return known
            ? Optional.empty()
            : Optional.of("the dense oracle has no structure '" + variant.structure() + "'");
      }

      @Override
      public Fitted fit(ReferenceCase of, ReferenceVariant variant) {
        return fitted(of, variant, DenseCurvature.of(of, variant));
      }
    };
  }

  /** The posterior that follows from a curvature for unit noise, wherever that came from. */
  static DenseOracle fitted(ReferenceCase of, ReferenceVariant variant, DenseCurvature unit) {
    var prior = Precisions.scalar(variant.priorPrecision()).elements(variant.blocks(of));
    return new DenseOracle(of, variant, unit, prior, variant.sigmaNoise());
  }

  @Override
  public double[] mean() {
    double[] theta = of.theta();
    return Arrays.stream(indices).mapToDouble(i -> theta[i]).toArray();
  }

  @Override
  public double logLikelihood() {
    double normaliser = of.isClassification() ? 0 : Conversions.normaliser(of, variant, sigma);
    return -(unit.loss() / noise(2) + normaliser) / temperature;
  }

  @Override
  public double priorQuadratic() {
    double sum = 0;
    for (int i = 0; i < prior.length; i++) {
      sum += prior[i] * offset[i] * offset[i];
    }
    return sum;
  }

  @Override
  public double[] priorPrecisions() {
    return prior.clone();
  }

  @Override
  public double priorLogDet() {
    return Arrays.stream(prior).map(Math::log).sum();
  }

  @Override
  public double logDet() {
    return precision.logDet();
  }

  @Override
  public double logMarginalLikelihood() {
    return logLikelihood() - 0.5 * (priorQuadratic() + logDet() - priorLogDet());
  }

  @Override
  public double[] curvature() {
    return Arrays.stream(unit.dense()).map(x -> x * scale()).toArray();
  }

  @Override
  public double[] curvatureDiagonal() {
    var diagonal = new double[prior.length];
    for (int i = 0; i < prior.length; i++) {
      diagonal[i] = unit.dense()[i * prior.length + i] * scale();
    }
    return diagonal;
  }

  @Override
  public List<Factors> factors() {
    var factors = new ArrayList<Factors>();
    for (Factors pair : unit.factors()) {
      factors.add(new Factors(Arrays.stream(pair.b()).map(x -> x * scale()).toArray(), pair.a()));
    }
    return factors;
  }

  @Override
  public double[] precisionDiagonal() {
    double[] diagonal = curvatureDiagonal();
    for (int i = 0; i < prior.length; i++) {
      diagonal[i] += prior[i];
    }
    return diagonal;
  }

  @Override
  public double[] variances() {
    return precision.inverseDiagonal();
  }

  @Override
  public double[] solve(double[] b) {
    return precision.solve(b);
  }

  @Override
  public double logDensity(double[] theta) {
    double[] mean = mean();
    double[] p = curvature();
    double quadratic = 0;
    for (int i = 0; i < mean.length; i++) {
      quadratic += prior[i] * Math.pow(theta[i] - mean[i], 2);
      for (int j = 0; j < mean.length; j++) {
        quadratic += p[i * mean.length + j] * (theta[i] - mean[i]) * (theta[j] - mean[j]);
      }
    }
    return 0.5 * (logDet() - quadratic - mean.length * Math.log(2 * Math.PI));
  }

  @Override
  public double[] outputs(Inputs x) {
    var network = new DenseNetwork(of);
    return concatenated(x, n -> network.example(x.examples(n, n + 1).values()).outputs());
  }

  @Override
  public double[] outputCovariances(Inputs x) {
    return concatenated(x, n -> jointCovariance(x.examples(n, n + 1)));
  }

  @Override
  public double[] jacobian(Inputs x) {
    var network = new DenseNetwork(of);
    return concatenated(
        x,
        n -> DenseCurvature.jacobian(
            of, indices, network.example(x.examples(n, n + 1).values())));
  }

  @Override
  public double[] jointCovariance(Inputs x) {
    double[] jacobian = jacobian(x);
    int rows = jacobian.length / prior.length;
    var solved = new ArrayList<double[]>();
    for (int r = 0; r < rows; r++) {
      int at = r * prior.length;
      solved.add(precision.solveLower(Arrays.copyOfRange(jacobian, at, at + prior.length)));
    }
    var covariance = new double[rows * rows];
    for (int i = 0; i < covariance.length; i++) {
      covariance[i] = dot(solved.get(i / rows), solved.get(i % rows));
    }
    return covariance;
  }

  @Override
  public double[] probabilities(Inputs x, Link link) {
    return switch (link) {
      case PROBIT -> probit(x);
      case BRIDGE -> DenseBridge.probabilities(outputs(x), outputCovariances(x), x.count(), false);
      case NORMALIZED_BRIDGE ->
        DenseBridge.probabilities(outputs(x), outputCovariances(x), x.count(), true);
    };
  }

  private double[] probit(Inputs x) {
    double[] f = outputs(x);
    double[] covariance = outputCovariances(x);
    int c = f.length / x.count();
    return concatenated(x, n -> {
      var scaled = new double[c];
      for (int i = 0; i < c; i++) {
        scaled[i] = f[n * c + i] / Math.sqrt(1 + Math.PI / 8 * covariance[(n * c + i) * c + i]);
      }
      return DenseCurvature.softmax(scaled);
    });
  }

  @Override
  public Fitted with(Precisions changed, double sigmaNoise) {
    return new DenseOracle(of, variant, unit, changed.elements(variant.blocks(of)), sigmaNoise);
  }

  /** The reference's own steps, three times as many. */
  @Override
  public Fitted tuned(Precisions.Form form) {
    var longer = new AdamReplay(
        3 * of.optimizer().steps(), of.optimizer().rate(), of.optimizer().initial());
    return with(longer.tune(of, variant, this, form), sigma);
  }

  private double scale() {
    return 1 / (noise(variant.isEmpiricalFisher() ? 4 : 2) * temperature);
  }

  private double noise(int power) {
    return of.isClassification() ? 1 : Math.pow(sigma, power);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private interface PerExample {
    double[] of(int n);
  }

  private static double[] concatenated(Inputs x, PerExample part) {
    var all = new double[0];
    for (int n = 0; n < x.count(); n++) {
      double[] next = part.of(n);
      int at = all.length;
      all = Arrays.copyOf(all, at + next.length);
      System.arraycopy(next, 0, all, at, next.length);
    }
    return all;
  }
}
