/**
 * Derivatives of models, and which weights they are taken in.
 *
 * <p>What arrives: a {@link org.laplace4j.autodiff.Model} f(θ, x) written in
 * {@link org.laplace4j.autodiff.Tensor} operations, the {@link org.laplace4j.autodiff.Weights} it
 * is evaluated at, and a choice of elements of its parameters, the
 * {@link org.laplace4j.autodiff.ParameterSpace} R^Θ.
 *
 * <p>What leaves: the linear map J = ∂f/∂θ, (outputs, Θ), as a
 * {@link org.laplace4j.autodiff.Linearization}, never formed:
 *
 * <pre>
 *   J v              pushforward, the graph in order
 *   Jᵀ u             pullback, the graph in reverse
 *   Sᵀ J             rows for K columns of every example, in structured form
 * </pre>
 *
 * <p>Derivatives in the inputs x, of f and of J v, are
 * {@link org.laplace4j.autodiff.InputGradients}.
 *
 * <p>Next: {@code ParameterSpace}, {@code Linearization}, then {@code Graph} (the two sweeps) and
 * {@code RowSweep}; the rules are in {@link org.laplace4j.autodiff.op}.
 */
package org.laplace4j.autodiff;
