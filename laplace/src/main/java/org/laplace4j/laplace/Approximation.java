package org.laplace4j.laplace;

import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * Which curvature is taken and what is kept of it: all that says how data become a posterior.
 *
 * @param likelihood p(y | f)
 * @param source what is pulled back
 * @param structure what is kept
 * @param temperature T: the likelihood counts to the power 1/T
 * @param <L> the likelihood
 */
public record Approximation<L extends Likelihood>(
    L likelihood, CurvatureSource source, Structure structure, double temperature) {

  /**
   * A temperature that is positive and finite, or the message that it is not.
   *
   * @param where what the message begins with
   */
  public static double requireTemperature(String where, double temperature) {
    if (!(temperature > 0) || Double.isInfinite(temperature)) {
      throw new IllegalArgumentException(
          where + ": must be positive and finite, got " + temperature + ".");
    }
    return temperature;
  }

  /** The same under another likelihood. */
  <K extends Likelihood> Approximation<K> with(K other) {
    return new Approximation<>(other, source, structure, temperature);
  }

  /** The same at another temperature. */
  Approximation<L> at(double other) {
    return new Approximation<>(likelihood, source, structure, other);
  }
}
