package org.laplace4j.nn.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Module;

/**
 * A linear layer with a low-rank adapter (LoRA, Hu et al. 2022): y = x Wᵀ + b + (α/r) x Aᵀ Bᵀ, A
 * (r, in), B (out, r). W and b are frozen; A and B are what is trained, and what is random in a
 * posterior: adapters are only a mask.
 */
public final class LoRALinear implements Module {
  private final Linear base;
  private final Parameter a;
  private final Parameter b;
  private final double scale;

  private LoRALinear(Linear base, Tensor a, Tensor b, double scale) {
    this.base = base;
    this.a = Parameter.of("lora_A", a);
    this.b = Parameter.of("lora_B", b);
    this.scale = scale;
  }

  /**
   * An adapter of rank r on a layer, which it freezes. A is normal with variance 1/in, B is zero,
   * so that the layer computes what it did.
   */
  public static LoRALinear of(Linear base, int rank, double alpha, RandomGenerator rng) {
    Shape w = base.weight().shape();
    int most = Math.min(w.dim(0), w.dim(1));
    if (rank < 1 || rank > most) {
      throw new IllegalArgumentException("LoRALinear: an adapter of rank " + rank
          + " was asked for a weight " + w + "; the rank must be 1 to " + most + ".");
    }
    double[] values = new double[rank * w.dim(1)];
    java.util.Arrays.setAll(values, i -> rng.nextGaussian() / Math.sqrt(w.dim(1)));
    base.weight().freeze();
    base.bias().freeze();
    return new LoRALinear(
        base,
        Tensor.adopt(Shape.of(rank, w.dim(1)), values),
        Tensor.zeros(Shape.of(w.dim(0), rank)),
        alpha / rank);
  }

  /** A, (r, in). */
  public Parameter a() {
    return a;
  }

  /** B, (out, r). */
  public Parameter b() {
    return b;
  }

  /**
   * The adapter and what it adapts are one layer: {@code base.weight} and {@code base.bias} too.
   */
  @Override
  public Map<String, Parameter> ownParameters() {
    Map<String, Parameter> own = new LinkedHashMap<>();
    own.put("lora_A", a);
    own.put("lora_B", b);
    base.ownParameters().forEach((name, parameter) -> own.put("base." + name, parameter));
    return own;
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    Tensor low = x.matmul(false, at.get(a), true).times(scale);
    return base.forward(at, x).plus(low.matmul(false, at.get(b), true));
  }
}
