package org.laplace4j.nn.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Op;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.autodiff.op.Window;
import org.laplace4j.nn.Initializer;
import org.laplace4j.nn.Module;

/**
 * A convolution as PyTorch's {@code nn.Conv2d} does it (a correlation), images (B, C, H, W) → (B,
 * out, H', W'), H' = ⌊(H + 2 padding − height)/stride⌋ + 1. The weight is (out, C, height, width),
 * the bias (out).
 *
 * <pre>
 *   y[n, o, i, j] = b[o] + Σ_cpq w[o, c, p, q] x[n, c, i·stride + p − padding, j·stride + q − padding]
 * </pre>
 */
public final class Conv2d implements Module {
  private final Window window;
  private final Parameter weight;
  private final Optional<Parameter> bias;

  private Conv2d(Window window, Tensor weight, Optional<Tensor> bias) {
    this.window = window;
    this.weight = Parameter.of("weight", weight);
    this.bias = bias.map(b -> Parameter.of("bias", b));
  }

  /** A layer with the given values, w (out, C, height, width) and b (out). */
  public static Conv2d of(Tensor weight, Tensor bias, int stride, int padding) {
    if (weight.shape().rank() != 4
        || !bias.shape().equals(Shape.of(weight.shape().dim(0)))) {
      throw new IllegalArgumentException(
          "Conv2d: the weight must be (out, C, height, width) and the bias (out), got "
              + weight.shape() + " and " + bias.shape() + ".");
    }
    return new Conv2d(window(weight, stride, padding), weight, Optional.of(bias));
  }

  /** A layer without a bias, w (out, C, height, width). */
  public static Conv2d withoutBias(Tensor weight, int stride, int padding) {
    if (weight.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "Conv2d: the weight must be (out, C, height, width), got " + weight.shape() + ".");
    }
    return new Conv2d(window(weight, stride, padding), weight, Optional.empty());
  }

  /**
   * A layer with square filters, weights and biases uniform in ±1/√(C·size²), as in
   * {@link Initializer#uniformFanIn()}.
   *
   * @param in C, the channels of the images
   * @param out the filters, which are the channels of the output
   */
  public static Conv2d random(
      int in, int out, int size, int stride, int padding, RandomGenerator rng) {
    return random(in, out, size, stride, padding, Initializer.uniformFanIn(), rng);
  }

  /** A layer with square filters whose weight and then bias an initialiser draws. */
  public static Conv2d random(
      int in,
      int out,
      int size,
      int stride,
      int padding,
      Initializer initializer,
      RandomGenerator rng) {
    if (in < 1 || out < 1 || size < 1) {
      throw new IllegalArgumentException(
          "Conv2d.random: a layer needs at least 1 channel, 1 filter and size 1, got " + in + ", "
              + out + " and " + size + ".");
    }
    int fanIn = in * size * size;
    int fanOut = out * size * size;
    Tensor weight = initializer.draw(Shape.of(out, in, size, size), fanIn, fanOut, rng);
    return of(weight, initializer.draw(Shape.of(out), fanIn, fanOut, rng), stride, padding);
  }

  private static Window window(Tensor weight, int stride, int padding) {
    Shape w = weight.shape();
    return new Window(w.dim(2), w.dim(3), stride, stride, padding, padding);
  }

  /** w, (out, C, height, width). */
  public Parameter weight() {
    return weight;
  }

  /** b, (out), if there is one. */
  public Optional<Parameter> bias() {
    return bias;
  }

  @Override
  public Map<String, Parameter> ownParameters() {
    Map<String, Parameter> own = new LinkedHashMap<>();
    own.put("weight", weight);
    bias.ifPresent(b -> own.put("bias", b));
    return own;
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    Op op = new org.laplace4j.autodiff.op.Conv2d(window);
    return bias.map(b -> Tensor.apply(op, x, at.get(weight), at.get(b)))
        .orElseGet(() -> Tensor.apply(op, x, at.get(weight)));
  }

  /** For example {@code Conv2d 1 → 4, 3×3, stride 1, padding 1}. */
  @Override
  public String toString() {
    return "Conv2d " + weight.shape().dim(1) + " → " + weight.shape().dim(0) + ", " + window;
  }
}
