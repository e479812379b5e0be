package org.laplace4j.laplace.metric;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.predict.ClassProbabilities;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.OutputDistribution;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.likelihood.ClassLikelihood;
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
  static <L extends Likelihood> Score<L> negativeLogDensity(Predictive<L, NormalPrediction> by) {
    return (posterior, examples) -> -RegressionMetrics.meanLogDensity(
        posterior.predict(examples.x(), by), examples.targets().values());
  }

  /**
   * Minus the mean log predictive density of the targets, for any likelihood, by {@code samples}
   * draws of the linearised network's outputs with the same noise in every call. Weights of
   * examples do not count.
   *
   * <pre>  −1/N Σₙ log (1/S Σ_s p(yₙ | f_s(xₙ)))  </pre>
   */
  static Score<Likelihood> negativeLogDensity(int samples, RandomGenerator rng) {
    long key = rng.nextLong();
    return (posterior, examples) -> {
      Likelihood likelihood = posterior.likelihood();
      OutputDistribution f = posterior.predict(examples.x(), Predictive.outputs());
      // Around the density at the mean output, so that a small one does not underflow.
      Tensor around = likelihood.logDensities(f.mean(), examples.targets());
      Tensor ratios = Predictive.expectation(
              drawn -> likelihood
                  .logDensities(drawn, examples.targets())
                  .minus(around)
                  .exp(),
              samples,
              new SplittableRandom(key))
          .of(likelihood, f);
      return -ratios.log().plus(around).sum().item() / examples.size();
    };
  }
}
