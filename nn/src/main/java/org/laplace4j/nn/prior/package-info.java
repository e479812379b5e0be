/**
 * What is believed of the weights before the data: a normal distribution on R^Θ with a diagonal
 * precision.
 *
 * <p>What arrives: a {@link org.laplace4j.autodiff.ParameterSpace}. What leaves: the precisions δ
 * (Θ) and the mean μ (Θ) on it.
 *
 * <pre>  p(θ) = N(θ; μ, diag(δ)⁻¹)      −log p(θ) = ½ Σᵢ δᵢ (θᵢ − μᵢ)² + constants  </pre>
 *
 * <p>The forms differ in how many numbers they are: one ({@link org.laplace4j.nn.prior.Isotropic}),
 * one a parameter tensor ({@link org.laplace4j.nn.prior.Layerwise}), or one an element
 * ({@link org.laplace4j.nn.prior.Diagonal}).
 *
 * <p>Next: {@code train}, where it is weight decay.
 */
package org.laplace4j.nn.prior;
