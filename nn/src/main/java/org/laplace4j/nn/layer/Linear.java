package org.laplace4j.nn.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Initializer;
import org.laplace4j.nn.Module;

/** y = x Wᵀ + b, shapes (…, in) → (…, out). W is (out, in), b is (out). */
public final class Linear implements Module {
  private final Parameter weight;
  private final Parameter bias;

  private Linear(Tensor weight, Tensor bias) {
    this.weight = Parameter.of("weight", weight);
    this.bias = Parameter.of("bias", bias);
  }

  /** A layer with the given values, W (out, in) and b (out). */
  public static Linear of(Tensor weight, Tensor bias) {
    if (weight.shape().rank() != 2
        || !bias.shape().equals(Shape.of(weight.shape().dim(0)))) {
      throw new IllegalArgumentException(
          "Linear: the weight must be (out, in) and the bias (out), got " + weight.shape() + " and "
              + bias.shape() + ".");
    }
    return new Linear(weight, bias);
  }

  /**
   * A layer with weights and biases uniform in ±1/√in, as in {@link Initializer#uniformFanIn()}.
   */
  public static Linear random(int in, int out, RandomGenerator rng) {
    return random(in, out, Initializer.uniformFanIn(), rng);
  }

  /** A layer whose weight and then bias an initialiser draws. */
  public static Linear random(int in, int out, Initializer initializer, RandomGenerator rng) {
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "Linear.random: a layer needs at least 1 input and 1 output, got " + in + " and " + out
              + ".");
    }
    Tensor weight = initializer.draw(Shape.of(out, in), in, out, rng);
    return of(weight, initializer.draw(Shape.of(out), in, out, rng));
  }

  /** W, (out, in). */
  public Parameter weight() {
    return weight;
  }

  /** b, (out). */
  public Parameter bias() {
    return bias;
  }

  @Override
  public Map<String, Parameter> ownParameters() {
    Map<String, Parameter> own = new LinkedHashMap<>();
    own.put("weight", weight);
    own.put("bias", bias);
    return own;
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    return x.affine(at.get(weight), at.get(bias)); // one op, so its per-example gradient is δ ⊗ a
  }

  /** For example {@code Linear 4 → 8}. */
  @Override
  public String toString() {
    return "Linear " + weight.shape().dim(1) + " → " + weight.shape().dim(0);
  }
}
