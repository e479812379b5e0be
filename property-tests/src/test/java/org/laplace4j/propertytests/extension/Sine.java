package org.laplace4j.propertytests.extension;

import java.util.List;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;

/**
 * An op of one's own: y = sin(x + φ), whose derivative is the same op a quarter turn on.
 *
 * <pre>  jvp   ẏ = sin(x + φ + π/2) ∘ ẋ          vjp   x̄ = sin(x + φ + π/2) ∘ ȳ  </pre>
 */
record Sine(double phase) implements Op {
  @Override
  public Tensor forward(List<Tensor> in) {
    Tensor x = in.get(0);
    return Tensor.adopt(x.shape(), Arrays.map(x.array(), v -> StrictMath.sin(v + phase)));
  }

  @Override
  public Tensor jvp(int i, List<Tensor> in, Tensor y, Tensor dot) {
    return dot.times(Tensor.apply(new Sine(phase + Math.PI / 2), in));
  }

  @Override
  public Tensor vjp(int i, List<Tensor> in, Tensor y, Tensor bar) {
    return bar.times(Tensor.apply(new Sine(phase + Math.PI / 2), in));
  }
}
