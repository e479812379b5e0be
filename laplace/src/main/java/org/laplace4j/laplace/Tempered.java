package org.laplace4j.laplace;

import org.laplace4j.nn.likelihood.Likelihood;

/**
 * p(y | f)^(1/T), and how its curvature depends on the noise.
 *
 * @param likelihood p(y | f)
 * @param temperature T
 * @param noisePower p in H ∝ σ⁻ᵖ where the likelihood is Gaussian with one σ
 */
record Tempered<L extends Likelihood>(L likelihood, double temperature, int noisePower) {}
