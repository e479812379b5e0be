package org.laplace4j.laplace.evidence;

import org.laplace4j.laplace.IndependentOutputs;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * What tuning the prior of independent outputs gives.
 *
 * @param outputs the outputs under the chosen prior
 * @param report what was done
 * @param <L> the likelihood
 */
public record TunedOutputs<L extends Likelihood>(
    IndependentOutputs<L> outputs, TuningReport report) {}
