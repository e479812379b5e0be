package org.laplace4j.propertytests.laplace;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.layer.Linear;

/**
 * A dense layer that remembers what last went into it: the oracle builds Kronecker factors from the
 * inputs of the layers, and this is where it gets them without the library's help.
 */
final class WatchedLinear implements Module {
  private final Linear layer;
  private volatile Tensor input = Tensor.scalar(0);

  private WatchedLinear(Linear layer) {
    this.layer = layer;
  }

  static WatchedLinear random(int in, int out, RandomGenerator rng) {
    return new WatchedLinear(Linear.random(in, out, rng));
  }

  static WatchedLinear of(Tensor weight, Tensor bias) {
    return new WatchedLinear(Linear.of(weight, bias));
  }

  Parameter weight() {
    return layer.weight();
  }

  Parameter bias() {
    return layer.bias();
  }

  /** What went into the layer in the last forward pass, (N, in). */
  Matrix input() {
    return input.matrix();
  }

  @Override
  public Map<String, Parameter> ownParameters() {
    return layer.ownParameters();
  }

  @Override
  public Tensor forward(Weights at, Tensor x) {
    input = x.detach();
    return layer.forward(at, x);
  }

  @Override
  public String toString() {
    return layer.toString();
  }
}
