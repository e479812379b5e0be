package org.laplace4j.autodiff;

import java.util.List;
import java.util.Optional;
import org.laplace4j.linalg.rows.Rows;

/**
 * A differentiable operation y = op(x₀, x₁, …): its value and, for each input, its two derivatives.
 *
 * <pre>
 *   jvp   ẏ = ∂y/∂xᵢ ẋᵢ           vjp   x̄ᵢ = (∂y/∂xᵢ)ᵀ ȳ
 * </pre>
 *
 * <p>{@code jvp} and {@code vjp} are written with tensor operations on {@code in}, {@code out} and
 * the tangent or cotangent, so that they can be differentiated again: second order needs no new
 * rules. The engine asks only for inputs that lead to a trainable element, and sums over inputs.
 * Anyone may write an op; a derivative check compares the two with each other and with central
 * differences.
 *
 * <p>Axis 0 of a tensor that depends on the data is the axis of examples.
 */
public interface Op {

  /** The value at untracked inputs. */
  Tensor forward(List<Tensor> in);

  /** The tangent of the output for a tangent of input {@code i}: the shape of {@code out}. */
  Tensor jvp(int i, List<Tensor> in, Tensor out, Tensor dot);

  /** The cotangent of input {@code i} for a cotangent of the output: the shape of that input. */
  Tensor vjp(int i, List<Tensor> in, Tensor out, Tensor bar);

  /** What error messages call this op. */
  default String label() {
    return getClass().getSimpleName();
  }

  /**
   * Whether {@code vjp} also takes K cotangents at once, stacked on a leading axis, (K, *out) → (K,
   * *in). The engine loops over K where it does not.
   */
  default boolean stacks() {
    return false;
  }

  /**
   * Whether output row n depends on other rows of input {@code i}: then there is no gradient of one
   * example.
   */
  default boolean mixesExamples(int i, List<Shape> in) {
    return false;
  }

  /**
   * Whether every element of the output is an element of an input, or zero, by its place alone:
   * then a parameter that passes through keeps the structure of its rows.
   */
  default boolean movesElements() {
    return false;
  }

  /**
   * The gradient of each example in input {@code i}, one that does not depend on the data, in
   * structured form, for stacked cotangents (K, B, …) of the output: row (n, k) is (∂yₙ/∂xᵢ)ᵀ ȳₖₙ,
   * of which only the {@code wanted} elements of the input are made, in order. Empty where the op
   * knows no form: then the engine records the model again for each example.
   */
  default Optional<Rows> exampleRows(
      int i, List<Tensor> in, Tensor out, Tensor bars, ElementMask wanted) {
    return Optional.empty();
  }
}
