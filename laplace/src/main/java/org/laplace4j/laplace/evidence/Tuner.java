package org.laplace4j.laplace.evidence;

import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.metric.Score;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * A way to choose prior precisions, and noise, for a posterior.
 *
 * @param <L> the likelihoods that it works for
 */
public interface Tuner<L extends Likelihood> {

  /** The posterior with the chosen values, and what was done. */
  <K extends L> Tuned<K> tune(LaplacePosterior<K> posterior);

  /** Maximises the evidence over one prior precision, from which other forms follow. */
  static MarginalLikelihood marginalLikelihood() {
    return MarginalLikelihood.isotropic();
  }

  /**
   * Chooses one prior precision, of 1e-6 to 1e6, for the smallest score on examples that were held
   * out from the fit.
   */
  static <L extends Likelihood> Tuner<L> validation(Dataset heldOut, Score<L> score) {
    return new Validation<>(Dial.PRECISION, heldOut, 1, score);
  }

  /**
   * The same by the mean score over parts of the data that the posterior was fitted to, each under
   * the curvature of all others; θ* stays, and has seen them all. Shuffle data that are in an
   * order.
   *
   * @param folds how many parts, 2 to N; N leaves out one example at a time
   */
  static <L extends Likelihood> Tuner<L> crossValidation(Dataset data, int folds, Score<L> score) {
    if (folds < 2) {
      throw new IllegalArgumentException("Tuner.crossValidation: " + folds
          + " fold was asked for; at least 2 are needed, as one is held out.");
    }
    return new Validation<>(Dial.PRECISION, data, folds, score);
  }

  /**
   * Chooses one prior precision, of 1e-6 to 1e6, for the largest mean log density of each target
   * given all other examples, in closed form for the linearised model: no example is held out, and
   * nothing is fitted again. The optimum of the linearised model moves with the precision, θ* does
   * not: train again with a precision that is far from the one it was trained with. Exact for
   * {@code Structure.full} and {@code functional} of a GGN.
   *
   * @param data those that the posterior was fitted to
   */
  static LeaveOneOutDensity leaveOneOut(Dataset data) {
    return new LeaveOneOutDensity(data, false);
  }

  /**
   * Chooses the temperature T, of 1e-6 to 1e6, for the smallest score on examples that were held
   * out from the fit. The evidence cannot choose it ({@link EvidenceGradient#byLogTemperature});
   * the report's {@code after} is that of the tempered likelihood, and no measure of the choice.
   */
  static <L extends Likelihood> Tuner<L> temperature(Dataset heldOut, Score<L> score) {
    return new Validation<>(Dial.TEMPERATURE, heldOut, 1, score);
  }
}
