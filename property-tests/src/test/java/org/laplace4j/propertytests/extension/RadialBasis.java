package org.laplace4j.propertytests.extension;

import java.util.Map;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Module;

/**
 * A layer of one's own: y_h = exp(−½ ‖x − c_h‖²), shapes (B, D) → (B, H). The centres are (H, D).
 */
record RadialBasis(Parameter centres) implements Module {
  @Override
  public Map<String, Parameter> ownParameters() {
    return Map.of("centres", centres);
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    Tensor each = x.reshape(x.shape().dim(0), 1, x.shape().dim(1)); // (B, 1, D)
    return each.minus(at.get(centres)).square().sum(false, -1).times(-0.5).exp();
  }
}
