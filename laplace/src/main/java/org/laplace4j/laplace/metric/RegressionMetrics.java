package org.laplace4j.laplace.metric;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.predict.NormalPrediction;

/**
 * How good normal predictions N(m, s²) (B, C) are, given the targets y (B, C) that came out, with
 * s² the epistemic plus the aleatoric variance. Errors, scores and densities are in the units of
 * the targets.
 */
public final class RegressionMetrics {
  private static final double ROOT_TWO = Math.sqrt(2);
  private static final double ONE_OVER_ROOT_PI = 1 / Math.sqrt(Math.PI);

  private RegressionMetrics() {}

  /** √mean((y − m)²) over all targets, smaller is better. */
  public static double rootMeanSquaredError(NormalPrediction prediction, Tensor y) {
    checkTargets("RegressionMetrics.rootMeanSquaredError", prediction, y);
    return Math.sqrt(mean(y.minus(prediction.mean()).square()));
  }

  /**
   * 1/B Σₙ log p(yₙ) in nats, larger is better; the outputs of an input are taken as independent.
   * What papers print as NLL is its negative.
   */
  public static double meanLogDensity(NormalPrediction prediction, Tensor y) {
    checkTargets("RegressionMetrics.meanLogDensity", prediction, y);
    return mean(prediction.logDensities(y));
  }

  /**
   * The continuous ranked probability score ∫ (P(t) − [y ≤ t])² dt, P the predicted distribution
   * function, as a mean over all targets; smaller is better (Gneiting and Raftery 2007). Of a
   * prediction that is certain it is the mean absolute error.
   *
   * <pre>  s (z (2Φ(z) − 1) + 2φ(z) − 1/√π),   z = (y − m)/s,   2Φ(z) − 1 = erf(z/√2)  </pre>
   */
  public static double continuousRankedProbabilityScore(NormalPrediction prediction, Tensor y) {
    checkTargets("RegressionMetrics.continuousRankedProbabilityScore", prediction, y);
    Tensor s = prediction.standardDeviations();
    Tensor z = y.minus(prediction.mean()).dividedBy(s);
    Tensor twicePhi = z.square().times(-0.5).exp().times(2 / Math.sqrt(2 * Math.PI));
    Tensor scores =
        s.times(z.times(z.times(1 / ROOT_TWO).erf()).plus(twicePhi).minus(ONE_OVER_ROOT_PI));
    return mean(scores);
  }

  /**
   * The part of all targets that lie in their central interval of the given level, which should be
   * the level.
   *
   * <pre>  |y − m| ≤ q s  with  P(|ε| ≤ q) = level,  that is  erf(|y − m|/(s√2)) ≤ level  </pre>
   *
   * @param level the probability of the interval, between 0 and 1
   */
  public static double coverage(NormalPrediction prediction, Tensor y, double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("RegressionMetrics.coverage: the level of an interval is"
          + " between 0 and 1, got " + level + "; for 90 % give 0.9.");
    }
    checkTargets("RegressionMetrics.coverage", prediction, y);
    Tensor z = y.minus(prediction.mean()).dividedBy(prediction.standardDeviations());
    double[] probability = z.times(1 / ROOT_TWO).erf().array();
    int inside = 0;
    for (double each : probability) {
      inside += Math.abs(each) <= level ? 1 : 0;
    }
    return inside / (double) probability.length;
  }

  private static double mean(Tensor x) {
    return x.sum().item() / x.size();
  }

  private static void checkTargets(String where, NormalPrediction prediction, Tensor y) {
    if (!y.shape().equals(prediction.mean().shape()) || y.size() == 0) {
      throw new IllegalArgumentException(where + ": predictions of shape "
          + prediction.mean().shape() + " came with targets of shape " + y.shape()
          + "; they must be equal, and at least one target is needed.");
    }
  }
}
