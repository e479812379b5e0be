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
