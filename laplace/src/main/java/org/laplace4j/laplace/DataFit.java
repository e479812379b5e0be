package org.laplace4j.laplace;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * How well the model at θ* fits the data, w being the weights of the targets and τ their noises, 1
 * where none were given.
 *
 * @param examples N
 * @param weight W = Σₙ wₙ
 * @param logLikelihood Σₙ wₙ log p(yₙ | fₙ), with all constants, without temperature
 * @param residualSquares Σₙ wₙ (yₙ − fₙ)²/τₙ² of each output for a Gaussian likelihood, (C); empty
 *     for others
 * @param logNoise Σₙ wₙ log τₙ
 */
public record DataFit(
    long examples, double weight, double logLikelihood, double[] residualSquares, double logNoise) {

  /** Copies the array. */
  public DataFit {
    residualSquares = residualSquares.clone();
  }

  @Override
  public double[] residualSquares() {
    return residualSquares.clone();
  }

  /** The fit of one batch with outputs f (B, C). */
  static DataFit of(Likelihood likelihood, Tensor f, Targets y) {
    double[] squares = new double[0];
    if (likelihood instanceof Gaussian) {
      Tensor z = y.values().minus(f).dividedBy(y.noise().reshape(y.count(), 1));
      squares = y.weigh(z.square()).sum(false, 0).array();
    }
    return new DataFit(
        y.count(),
        y.weights().sum().item(),
        likelihood.logDensity(f, y),
        squares,
        y.weigh(y.noise().log()).sum().item());
  }

  /**
   * Refuses other data than those of the fit, as far as their number tells.
   *
   * @param where what the message begins with
   */
  public void requireDataOfFit(String where, Dataset data) {
    if (data.size() != examples) {
      throw new IllegalArgumentException(where + ": the posterior was fitted to " + examples
          + " examples, got " + data.size() + "; give the data of the fit.");
    }
  }

  /** The fit of both sets of data. */
  DataFit plus(DataFit other) {
    return new DataFit(
        examples + other.examples,
        weight + other.weight,
        logLikelihood + other.logLikelihood,
        org.laplace4j.linalg.Arrays.plus(residualSquares, other.residualSquares),
        logNoise + other.logNoise);
  }

  /** The same data under another Gaussian noise. */
  DataFit under(Gaussian likelihood) {
    double sum = likelihood.logDensity(residualSquares, weight) - residualSquares.length * logNoise;
    return new DataFit(examples, weight, sum, residualSquares, logNoise);
  }
}
