package org.laplace4j.laplace.evidence;

import java.util.OptionalDouble;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Isotropic;
import org.laplace4j.nn.prior.Prior;

/** One number of a posterior that can be set to another value without the data. */
enum Dial {
  /** One for all elements, around the mean that the prior has. */
  PRECISION,
  /** T. */
  TEMPERATURE;

  /** The logarithm of the value that it has, if it is one number. */
  OptionalDouble log(LaplacePosterior<?> posterior) {
    return switch (this) {
      case PRECISION ->
        posterior.prior() instanceof Isotropic one
            ? OptionalDouble.of(Math.log(one.precision()))
            : OptionalDouble.empty();
      case TEMPERATURE -> OptionalDouble.of(Math.log(posterior.temperature()));
    };
  }

  /** The same posterior with another value of this number. */
  <K extends Likelihood> LaplacePosterior<K> set(LaplacePosterior<K> posterior, double value) {
    return switch (this) {
      case PRECISION ->
        posterior.withPrior(Hyperparameters.around(
            Prior.isotropic(value), posterior.prior().mean(posterior.space())));
      case TEMPERATURE -> posterior.withTemperature(value);
    };
  }
}
