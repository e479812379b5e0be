package org.laplace4j.nn;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;

/**
 * z = (x − m)/s, feature by feature: m the means and s the standard deviations of some examples
 * (the population's: a division by N). Fit it to the training data alone, and apply it to all.
 *
 * <p>A feature that never varies has s = 1, so that it becomes 0.
 */
public final class Standardizer {
  private final Tensor mean;
  private final Tensor scale;

  private Standardizer(Tensor mean, Tensor scale) {
    this.mean = mean;
    this.scale = scale;
  }

  /** The means and standard deviations of the given examples, shape (N, …), N ≥ 1, all finite. */
  public static Standardizer fit(Tensor x) {
    if (x.shape().rank() < 2 || x.shape().dim(0) < 1) {
      throw new IllegalArgumentException(
          "Standardizer.fit: the examples must be (N, D) with N at least 1, got " + x.shape()
              + ".");
    }
    int features = x.shape().drop(1).size();
    int bad = Arrays.firstNonFinite(x.array());
    if (bad >= 0) {
      throw new IllegalArgumentException(
          "Standardizer.fit: feature " + bad % features + " of example " + bad / features + " is "
              + x.array()[bad] + "; every value must be finite: remove or impute that example.");
    }
    double[] mean = new double[features];
    double[] scale = new double[features];
    for (int d = 0; d < features; d++) {
      fitFeature(x.array(), d, mean, scale);
    }
    Shape shape = x.shape().drop(1);
    return new Standardizer(Tensor.adopt(shape, mean), Tensor.adopt(shape, scale));
  }

  private static void fitFeature(double[] x, int d, double[] mean, double[] scale) {
    int features = mean.length;
    int n = x.length / features;
    // Sums of differences from the first example: exactly 0 for a constant, whatever its size.
    double first = x[d];
    double sum = 0;
    for (int at = d; at < x.length; at += features) {
      sum += x[at] - first;
    }
    mean[d] = first + sum / n;
    double squares = 0;
    for (int at = d; at < x.length; at += features) {
      squares += (x[at] - mean[d]) * (x[at] - mean[d]);
    }
    scale[d] = squares == 0 ? 1 : Math.sqrt(squares / n);
  }

  /** m, one a feature. */
  public Tensor mean() {
    return mean;
  }

  /** s, one a feature, all positive. */
  public Tensor scale() {
    return scale;
  }

  /** z = (x − m)/s, shape (…, D). */
  public Tensor apply(Tensor x) {
    return checked("Standardizer.apply", x).minus(mean).dividedBy(scale);
  }

  /** x = m + s z, shape (…, D): predictions back in the units of the data. */
  public Tensor invert(Tensor z) {
    return checked("Standardizer.invert", z).times(scale).plus(mean);
  }

  /** s² v, shape (…, D): variances of z as variances of x. */
  public Tensor invertVariance(Tensor variance) {
    return checked("Standardizer.invertVariance", variance).times(scale.square());
  }

  /** diag(s) V diag(s), shape (…, D, D): covariances of z as covariances of x. */
  public Tensor invertCovariance(Tensor covariance) {
    int features = scale.size();
    Shape shape = covariance.shape();
    if (scale.shape().rank() != 1
        || shape.rank() < 2
        || shape.dim(-1) != features
        || shape.dim(-2) != features) {
      throw new IllegalArgumentException(
          "Standardizer.invertCovariance: features of shape " + scale.shape()
              + " need covariances (…, D, D) with D the number of features of a vector, got "
              + shape + ".");
    }
    return covariance.times(scale).times(scale.reshape(features, 1));
  }

  private Tensor checked(String where, Tensor x) {
    int rank = mean.shape().rank();
    if (x.shape().rank() < rank || !x.shape().drop(x.shape().rank() - rank).equals(mean.shape())) {
      throw new IllegalArgumentException(where + ": it was fitted to features of shape "
          + mean.shape() + ", got " + x.shape() + "; the last axes must be the features.");
    }
    return x;
  }
}
