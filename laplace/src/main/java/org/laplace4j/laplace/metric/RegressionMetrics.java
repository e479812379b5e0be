package org.laplace4j.laplace.metric;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.PredictionInterval;

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
    checkLevel("RegressionMetrics.coverage", level);
    checkTargets("RegressionMetrics.coverage", prediction, y);
    Tensor z = standardized(prediction, y);
    double[] probability = z.times(1 / ROOT_TWO).erf().array();
    int inside = 0;
    for (double each : probability) {
      inside += Math.abs(each) <= level ? 1 : 0;
    }
    return inside / (double) probability.length;
  }

  /**
   * The probability integral transforms P(yₙ) of all targets, P the predicted distribution
   * function: (B·C) numbers from 0 to 1, uniform if the predictions are calibrated (Dawid 1984).
   * Whether they are is what {@link KolmogorovSmirnov#uniform} tests.
   *
   * <pre>  Φ(z) = ½ (1 + erf(z/√2)),   z = (y − m)/s  </pre>
   */
  public static double[] probabilityIntegralTransforms(NormalPrediction prediction, Tensor y) {
    checkTargets("RegressionMetrics.probabilityIntegralTransforms", prediction, y);
    Tensor z = standardized(prediction, y);
    return z.times(1 / ROOT_TWO).erf().plus(1).times(0.5).array().clone();
  }

  /**
   * mean z², z = (y − m)/s, over all targets: χ² over its degrees of freedom. 1 for calibrated
   * predictions, more for too sure and less for too unsure ones.
   */
  public static double chiSquared(NormalPrediction prediction, Tensor y) {
    checkTargets("RegressionMetrics.chiSquared", prediction, y);
    return mean(standardized(prediction, y).square());
  }

  /**
   * The mean predicted standard deviation; of calibrated predictions the smaller is the better. It
   * does not look at the targets (Gneiting, Balabdaoui and Raftery 2007).
   */
  public static double sharpness(NormalPrediction prediction) {
    if (prediction.mean().size() == 0) {
      throw new IllegalArgumentException("RegressionMetrics.sharpness: the predictions are "
          + prediction.mean().shape() + "; at least one is needed.");
    }
    return mean(prediction.standardDeviations());
  }

  /**
   * The interval score of the central intervals (l, u) of the given level, as a mean over all
   * targets; smaller is better, and in expectation the true quantiles do best (Gneiting and Raftery
   * 2007).
   *
   * <pre>  (u − l) + 2/α max(0, l − y, y − u),  α = 1 − level  </pre>
   *
   * @param level the probability of the interval, between 0 and 1
   */
  public static double intervalScore(NormalPrediction prediction, Tensor y, double level) {
    checkLevel("RegressionMetrics.intervalScore", level);
    checkTargets("RegressionMetrics.intervalScore", prediction, y);
    PredictionInterval interval = prediction.interval(level);
    Tensor outside =
        interval.lower().minus(y).relu().plus(y.minus(interval.upper()).relu());
    return mean(interval.widths().plus(outside.times(2 / (1 - level))));
  }

  private static Tensor standardized(NormalPrediction prediction, Tensor y) {
    return y.minus(prediction.mean()).dividedBy(prediction.standardDeviations());
  }

  private static void checkLevel(String where, double level) {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException(where + ": the level of an interval is between 0 and 1,"
          + " got " + level + "; for 90 % give 0.9.");
    }
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
