/**
 * The differentiable operations, grouped by their mathematics.
 *
 * <p>What arrives: the inputs of an op y = op(x₀, x₁, …), and a tangent or a cotangent. What
 * leaves: its value, and for one input at a time
 *
 * <pre>
 *   jvp   ẏ = ∂y/∂xᵢ ẋᵢ          vjp   x̄ᵢ = (∂y/∂xᵢ)ᵀ ȳ
 * </pre>
 *
 * <p>both written in tensor operations, so the set is closed under differentiation: slice and pad,
 * gather and scatter-add, sum and broadcast are each other's adjoint, and so are the convolution
 * and its two gradients. Axes count from the end, so K stacked cotangents pass through the same
 * rules. An op that multiplies data by a weight also says in which
 * {@link org.laplace4j.linalg.rows.Rows} the gradients of the examples come.
 *
 * <p>Next: {@code Elementwise} (a rule is a line), {@code MatMul}, {@code Affine},
 * {@code WeightRows}, {@code Conv2d} and the {@code Lowering} by which it is a product.
 */
package org.laplace4j.autodiff.op;
