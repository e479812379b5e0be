package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;

/**
 * The mean and the variance of one output of the linearised network, and how both change with x: an
 * acquisition function of Bayesian optimisation climbs by the chain rule on these.
 *
 * @param mean μ, shape (B)
 * @param variance σ², of the output and without noise, shape (B)
 * @param meanGradient ∂μ/∂x, the shape of x, (B, …)
 * @param varianceGradient ∂σ²/∂x, the shape of x, (B, …)
 */
public record OutputGradients(
    Tensor mean, Tensor variance, Tensor meanGradient, Tensor varianceGradient) {}
