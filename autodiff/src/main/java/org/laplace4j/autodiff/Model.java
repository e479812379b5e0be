package org.laplace4j.autodiff;

import java.util.Map;

/**
 * A function of weights and inputs, f(θ, x), with the parameters that it depends on. The output of
 * an example does not depend on the other examples, and which ops are applied not on the values of
 * the weights.
 *
 * @param <X> the type of the inputs: a tensor, or a record of several
 */
public interface Model<X> {

  /** f(θ, x), shape (B, C) or (B, *positions, C). */
  Tensor forward(Weights at, X x);

  /** The parameters by their qualified names, in order. */
  Map<String, Parameter> parameters();
}
