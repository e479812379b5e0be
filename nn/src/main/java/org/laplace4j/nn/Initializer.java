package org.laplace4j.nn;

import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/** How the first values of a layer are drawn, from the numbers of its inputs and outputs. */
public interface Initializer {

  /** A tensor of the given shape for a layer with {@code in} inputs and {@code out} outputs. */
  Tensor draw(Shape shape, int in, int out, RandomGenerator rng);

  /** Uniform in ±1/√in. */
  static Initializer uniformFanIn() {
    return (shape, in, out, rng) -> uniform(shape, 1 / Math.sqrt(in), rng);
  }

  /** Weights uniform in ±√(6/(in + out)), biases zero (Glorot and Bengio 2010). */
  static Initializer glorot() {
    return (shape, in, out, rng) ->
        shape.rank() < 2 ? Tensor.zeros(shape) : uniform(shape, Math.sqrt(6.0 / (in + out)), rng);
  }

  /**
   * Weights normal with variance 2/in, biases zero (He et al. 2015), for networks of ReLU units.
   */
  static Initializer he() {
    return (shape, in, out, rng) -> {
      if (shape.rank() < 2) {
        return Tensor.zeros(shape);
      }
      double[] values = new double[shape.size()];
      java.util.Arrays.setAll(values, i -> rng.nextGaussian() * Math.sqrt(2.0 / in));
      return Tensor.adopt(shape, values);
    };
  }

  private static Tensor uniform(Shape shape, double bound, RandomGenerator rng) {
    double[] values = new double[shape.size()];
    java.util.Arrays.setAll(values, i -> bound * (2 * rng.nextDouble() - 1));
    return Tensor.adopt(shape, values);
  }
}
