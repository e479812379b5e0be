package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Standardizer;

/**
 * A normal distribution of the target at each input, its two sources of uncertainty apart, in the
 * units of the targets.
 *
 * @param mean shape (B, C)
 * @param epistemic the covariance of the outputs, which more data would reduce, shape (B, C, C)
 * @param aleatoric the variance of the noise, which more data would not, shape (B, C)
 */
public record NormalPrediction(Tensor mean, Tensor epistemic, Tensor aleatoric) {

  /** Checks the shapes. */
  public NormalPrediction {
    if (!aleatoric.shape().equals(mean.shape())) {
      throw new IllegalArgumentException("NormalPrediction: the mean " + mean.shape()
          + " and the aleatoric variance " + aleatoric.shape() + " must have the same shape.");
    }
    new OutputDistribution(mean, epistemic);
  }

  /** The variance that the outputs have, (B, C). */
  public Tensor epistemicVariances() {
    return new OutputDistribution(mean, epistemic).variances();
  }

  /** The variance of the targets: epistemic plus aleatoric, (B, C). */
  public Tensor variances() {
    return epistemicVariances().plus(aleatoric);
  }

  /** The standard deviation of the targets, (B, C). */
  public Tensor standardDeviations() {
    return variances().sqrt();
  }

  /**
   * The central interval that each target lies in with the given probability: m ± q s with s the
   * total standard deviation and q the normal quantile of (1 + level)/2.
   *
   * @param level the probability of the interval, between 0 and 1
   */
  public PredictionInterval interval(double level) {
    return around("NormalPrediction.interval", level, standardDeviations());
  }

  /**
   * The central interval that each output lies in with the given probability, without the noise:
   * where the function is, not where the targets are.
   *
   * @param level the probability of the interval, between 0 and 1
   */
  public PredictionInterval epistemicInterval(double level) {
    return around(
        "NormalPrediction.epistemicInterval", level, epistemicVariances().sqrt());
  }

  /**
   * The value that each target is below with probability p, (B, C): m + s Φ⁻¹(p) with s the total
   * standard deviation.
   *
   * @param p between 0 and 1
   */
  public Tensor quantile(double p) {
    return mean.plus(standardDeviations().times(NormalQuantile.of("NormalPrediction.quantile", p)));
  }

  /**
   * The value that each output is below with probability p, without the noise, (B, C).
   *
   * @param p between 0 and 1
   */
  public Tensor epistemicQuantile(double p) {
    return mean.plus(epistemicVariances()
        .sqrt()
        .times(NormalQuantile.of("NormalPrediction.epistemicQuantile", p)));
  }

  private PredictionInterval around(String where, double level, Tensor deviations) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(where + ": the level of an interval is between 0 and 1,"
          + " got " + level + "; for 90 % give 0.9.");
    }
    Tensor half = deviations.times(-NormalQuantile.of(where, (1 - level) / 2));
    return new PredictionInterval(mean.minus(half), mean.plus(half));
  }

  /**
   * log p(y) of targets of shape (B, C), for each input, (B): the outputs are taken as independent
   * given the input.
   *
   * <pre>  −½ Σ_c ((y_c − m_c)²/v_c + log 2πv_c)  </pre>
   */
  public Tensor logDensities(Tensor y) {
    if (!y.shape().equals(mean.shape())) {
      throw new IllegalArgumentException("NormalPrediction.logDensities: the predictions are "
          + mean.shape() + ", the targets " + y.shape() + ".");
    }
    Tensor v = variances();
    Tensor terms = y.minus(mean).square().dividedBy(v).plus(v.times(2 * Math.PI).log());
    return terms.sum(false, -1).times(-0.5);
  }

  /**
   * The prediction of standardised targets in the units that they had before: m + s ∘ mean, and the
   * variances times s s.
   */
  public NormalPrediction inUnitsOf(Standardizer targets) {
    return new NormalPrediction(
        targets.invert(mean),
        targets.invertCovariance(epistemic),
        targets.invertVariance(aleatoric));
  }
}
