/**
 * Structured symmetric positive definite matrices: the precision P of a Gaussian posterior.
 *
 * <p>What arrives: a curvature plus a prior, in the form that the curvature was kept in. What
 * leaves: everything that the posterior is asked for,
 *
 * <pre>
 *   log det P      P⁻¹ b      diag P⁻¹      M ε with M Mᵀ = P⁻¹      J P⁻¹ Jᵀ for structured rows J
 * </pre>
 *
 * <p>each form by its own formula, which is its class comment, and each checked against the dense
 * matrix. Start with {@link org.laplace4j.linalg.operator.DiagonalSpd} and
 * {@link org.laplace4j.linalg.operator.DenseSpd};
 * {@link org.laplace4j.linalg.operator.KroneckerBasisSpd} is where the speed comes from. Next: the
 * posterior that owns a P.
 */
package org.laplace4j.linalg.operator;
