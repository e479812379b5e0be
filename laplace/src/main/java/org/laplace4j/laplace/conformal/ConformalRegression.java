package org.laplace4j.laplace.conformal;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.PredictionInterval;

/**
 * Intervals m ± q s around a prediction of mean m and total standard deviation s, with q from the
 * calibration inputs instead of the normal distribution (Lei et al. 2018).
 *
 * <pre>  score = |y − m|/s  </pre>
 *
 * <p>Each output is calibrated by itself, so each has its own guarantee; they need not all hold
 * together. Where the n calibration inputs are fewer than level/(1 − level), q is +∞ and so are the
 * intervals.
 *
 * @param level the probability of covering a target
 * @param factors q of each output, shape (C)
 */
public record ConformalRegression(double level, Tensor factors) {

  /** Checks the level and the shape. */
  public ConformalRegression {
    ConformalQuantile.checkLevel("ConformalRegression", level);
    if (factors.shape().rank() != 1) {
      throw new IllegalArgumentException(
          "ConformalRegression: the factors must be (C), got " + factors.shape() + ".");
    }
  }

  /**
   * The factors that predictions of calibration inputs need.
   *
   * @param y the targets of the same inputs, (n, C)
   * @param level the probability of covering a target, between 0 and 1
   * @throws IllegalArgumentException if a standard deviation is not positive or a score not finite
   */
  public static ConformalRegression calibrate(NormalPrediction prediction, Tensor y, double level) {
    ConformalQuantile.checkLevel("ConformalRegression.calibrate", level);
    if (!y.shape().equals(prediction.mean().shape()) || y.size() == 0) {
      throw new IllegalArgumentException("ConformalRegression.calibrate: predictions of shape "
          + prediction.mean().shape() + " came with targets of shape " + y.shape()
          + "; they must be equal, and at least one target is needed.");
    }
    int n = y.shape().dim(0);
    int c = y.shape().dim(1);
    double[] s = prediction.standardDeviations().array();
    double[] factors = new double[c];
    for (int i = 0; i < c; i++) {
      double[] scores = new double[n];
      for (int k = 0; k < n; k++) {
        int at = k * c + i;
        scores[k] = Math.abs(y.array()[at] - prediction.mean().array()[at]) / s[at];
        if (!(s[at] > 0 && Double.isFinite(scores[k]))) {
          throw new IllegalArgumentException("ConformalRegression.calibrate: output " + i
              + " of input " + k + " has standard deviation " + s[at] + " and score " + scores[k]
              + "; deviations must be positive and targets finite.");
        }
      }
      factors[i] = ConformalQuantile.of(scores, level);
    }
    return new ConformalRegression(level, Tensor.vector(factors));
  }

  /** The intervals of new predictions, (B, C). */
  public PredictionInterval intervals(NormalPrediction prediction) {
    if (prediction.mean().shape().dim(1) != factors.size()) {
      throw new IllegalArgumentException("ConformalRegression.intervals: calibrated with "
          + factors.size() + " outputs, got predictions of shape "
          + prediction.mean().shape()
          + ".");
    }
    Tensor half = prediction.standardDeviations().times(factors);
    return new PredictionInterval(
        prediction.mean().minus(half), prediction.mean().plus(half));
  }
}
