/**
 * What a posterior says of new inputs.
 *
 * <p>What arrives: a {@link org.laplace4j.laplace.LaplacePosterior} and inputs x (B, …). What
 * leaves: a distribution for each input, of the type that the chosen
 * {@link org.laplace4j.laplace.predict.Predictive} has.
 *
 * <pre>
 *   f(x) ~ N(f(θ*, x), J(x) P⁻¹ J(x)ᵀ)           the network linearised at θ*
 *   y ~ N(f, J P⁻¹ Jᵀ + diag(σ²))                 regression, the two terms kept apart
 *   p = link(f ∘ κ), κ = 1/√(1 + π/8 Σ_cc)        classification by probit
 *   p = 1/S Σ_s link(f_s)                         classification by Monte Carlo
 *   H[E p] = E H[p] + I(y; f)                     its aleatoric and its epistemic part
 *   E h(f), ∂μ/∂x, ∂σ²/∂x                         for decisions and Bayesian optimisation
 * </pre>
 *
 * <p>The likelihood is in the type, so a class link for a regression does not compile. Results do
 * not depend on how inputs are split into calls, and no C × Θ Jacobian is formed where P is
 * diagonal or Kronecker.
 */
package org.laplace4j.laplace.predict;
