package org.laplace4j.nn.layer;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Module;

/**
 * All axes but that of the examples in one, row-major: (B, D₁, …, Dₖ) → (B, D₁ ⋯ Dₖ). It has no
 * parameters.
 */
public record Flatten() implements Module {

  @Override
  public Tensor forward(Weights at, Tensor x) {
    if (x.shape().rank() < 2) {
      throw new IllegalArgumentException("Flatten: needs inputs (B, …), got " + x.shape() + ".");
    }
    return x.reshape(x.shape().dim(0), x.shape().drop(1).size());
  }
}
