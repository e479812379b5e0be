package org.laplace4j.laplace;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * How well the model at θ* fits the data.
 *
 * @param examples N
 * @param logLikelihood Σₙ log p(yₙ | fₙ), with all constants, without temperature
 * @param residualSquares Σₙ (yₙ − fₙ)² of each output for a Gaussian likelihood, (C); empty for
 *     others
 */
public record DataFit(long examples, double logLikelihood, double[] residualSquares) {

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
      squares = y.values().minus(f).square().sum(false, 0).array();
    }
    return new DataFit(y.count(), likelihood.logDensity(f, y), squares);
  }

  /** The fit of both sets of data. */
  DataFit plus(DataFit other) {
    return new DataFit(
        examples + other.examples,
        logLikelihood + other.logLikelihood,
        org.laplace4j.linalg.Arrays.plus(residualSquares, other.residualSquares));
  }

  /** The same data under another Gaussian noise. */
  DataFit under(Gaussian likelihood) {
    return new DataFit(examples, likelihood.logDensity(residualSquares, examples), residualSquares);
  }
}
