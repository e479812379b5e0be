package org.laplace4j.laplace.evidence;

import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * What a tuner gives.
 *
 * @param posterior the posterior with the chosen values
 * @param report what was done
 * @param <L> the likelihood
 */
public record Tuned<L extends Likelihood>(LaplacePosterior<L> posterior, TuningReport report) {}
