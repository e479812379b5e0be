package org.laplace4j.propertytests.nn;

import java.util.SplittableRandom;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Add;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;

/** Small random networks with three classes, random masks and data for them. */
final class Networks {
  static final int FEATURES = 3;
  static final int CLASSES = 3;

  private Networks() {}

  /** Between two and four layers, some with a residual block, biases of −0 among them. */
  static Sequential random(SplittableRandom rng) {
    int width = 1 + rng.nextInt(4);
    Activation activation = rng.nextBoolean() ? Activation.tanh() : Activation.softplus();
    Linear first = Linear.random(FEATURES, width, rng);
    first.bias().set(Tensor.full(Shape.of(width), -0.0));
    Module middle = rng.nextBoolean()
        ? Add.residual("f", Sequential.of(Linear.random(width, width, rng), activation))
        : activation;
    return Sequential.of(first, activation, middle, Linear.random(width, CLASSES, rng));
  }

  /**
   * Each element of each parameter trainable or not, by the throw of a coin; of each, one at least
   * of the last bias.
   */
  static void mask(Module net, SplittableRandom rng) {
    Parameter last = null;
    for (Parameter parameter : net.parameters().values()) {
      double share = rng.nextInt(4) / 3.0;
      parameter.setTrainable(ElementMask.where(parameter.shape(), i -> rng.nextDouble() < share));
      last = parameter;
    }
    last.setTrainable(ElementMask.ofIndices(last.shape(), rng.nextInt(CLASSES)));
  }

  static Dataset data(SplittableRandom rng) {
    int n = 2 + rng.nextInt(8);
    double[] x = new double[n * FEATURES];
    java.util.Arrays.setAll(x, i -> rng.nextGaussian());
    return Dataset.of(
        Tensor.adopt(Shape.of(n, FEATURES), x),
        Targets.labels(rng.ints(n, 0, CLASSES).toArray()));
  }
}
