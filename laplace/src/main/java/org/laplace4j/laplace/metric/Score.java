package org.laplace4j.laplace.metric;

import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.predict.ClassProbabilities;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * How badly a posterior predicts examples that it has not seen: one number, smaller is better. A
 * predictive and a metric make one; anyone may write another.
 *
 * <p>A predictive that draws gives a score with noise of its own, in which a search goes astray:
 * one in closed form is better here.
 *
 * @param <L> the likelihoods that it has a meaning for
 */
@FunctionalInterface
public interface Score<L extends Likelihood> {

  /** The score of a posterior on the given examples. */
  double of(LaplacePosterior<? extends L> posterior, Batch examples);

  /** {@link ClassificationMetrics#negativeLogLikelihood}. */
  static Score<ClassLikelihood> negativeLogLikelihood(
      Predictive<ClassLikelihood, ClassProbabilities> by) {
    return (posterior, examples) -> ClassificationMetrics.negativeLogLikelihood(
        posterior.predict(examples.x(), by), examples.targets().labels());
  }

  /** {@link ClassificationMetrics#brierScore}. */
  static Score<ClassLikelihood> brier(Predictive<ClassLikelihood, ClassProbabilities> by) {
    return (posterior, examples) -> ClassificationMetrics.brierScore(
        posterior.predict(examples.x(), by), examples.targets().labels());
  }

  /**
   * {@link ClassificationMetrics#expectedCalibrationError}; it jumps where a confidence changes its
   * bin, and says nothing of accuracy.
   */
  static Score<ClassLikelihood> expectedCalibrationError(
      Predictive<ClassLikelihood, ClassProbabilities> by, int bins) {
    return (posterior, examples) -> ClassificationMetrics.expectedCalibrationError(
        posterior.predict(examples.x(), by), examples.targets().labels(), bins);
  }

  /** Minus {@link RegressionMetrics#meanLogDensity}. */
  static Score<Gaussian> negativeLogDensity(Predictive<Gaussian, NormalPrediction> by) {
    return (posterior, examples) -> -RegressionMetrics.meanLogDensity(
        posterior.predict(examples.x(), by), examples.targets().values());
  }
}
