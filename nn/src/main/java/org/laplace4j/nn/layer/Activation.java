package org.laplace4j.nn.layer;

import java.util.function.UnaryOperator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.nn.Module;

/** y = f(x), element by element, any shape. It has no parameters. */
public final class Activation implements Module {
  private final String name;
  private final UnaryOperator<Tensor> function;
  private final boolean keepsOrder;

  private Activation(String name, UnaryOperator<Tensor> function, boolean keepsOrder) {
    this.name = name;
    this.function = function;
    this.keepsOrder = keepsOrder;
  }

  /**
   * An activation of your own, written in operations of tensors, such as {@code x ->
   * x.times(x.sigmoid())}.
   */
  public static Activation of(String name, UnaryOperator<Tensor> function) {
    return new Activation(name, function, false);
  }

  /** tanh x. */
  public static Activation tanh() {
    return of("tanh", Tensor::tanh);
  }

  /** max(x, 0), with slope 0 at 0. */
  public static Activation relu() {
    return new Activation("relu", Tensor::relu, true);
  }

  /** 1 / (1 + e⁻ˣ). */
  public static Activation sigmoid() {
    return of("sigmoid", Tensor::sigmoid);
  }

  /** log(1 + eˣ). */
  public static Activation softplus() {
    return of("softplus", Tensor::softplus);
  }

  /** x Φ(x), Φ the normal distribution function; the exact one, not its approximation by tanh. */
  public static Activation gelu() {
    return of("gelu", Tensor::gelu);
  }

  /**
   * Whether f(max x) = max f(x) to the last bit, with its derivative: what falls nowhere, and
   * rounds nothing.
   */
  boolean keepsOrder() {
    return keepsOrder;
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    return function.apply(x);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }
}
