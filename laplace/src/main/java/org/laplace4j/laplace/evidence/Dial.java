package org.laplace4j.laplace.evidence;

import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/** One number of a posterior that can be set to another value without the data. */
enum Dial {
  /** One for all elements, around the mean that the prior has. */
  PRECISION,
  /** T. */
  TEMPERATURE;

  /** The same posterior with another value of this number. */
  <K extends Likelihood> LaplacePosterior<K> set(LaplacePosterior<K> posterior, double value) {
    return switch (this) {
      case PRECISION ->
        posterior.withPrior(
            Prior.isotropic(value).around(posterior.prior().mean(posterior.space())));
      case TEMPERATURE -> posterior.withTemperature(value);
    };
  }
}
