package org.laplace4j.nn;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;

/**
 * How the first values of a layer are drawn, from the numbers of its inputs and outputs. Anyone may
 * write one.
 */
public interface Initializer {

  /**
   * A tensor of the given shape for a layer with {@code in} inputs and {@code out} outputs: a
   * weight has rank 2 or more, a bias rank 1.
   */
  Tensor draw(Shape shape, int in, int out, RandomGenerator rng);

  /**
   * Weights and biases uniform in ±1/√in: what PyTorch does for {@code nn.Linear} unless told
   * otherwise (He's uniform bound with slope √5). Outputs have about a third of the mean square of
   * the inputs.
   */
  static Initializer uniformFanIn() {
    return (shape, in, out, rng) -> uniform(shape, 1 / Math.sqrt(in), rng);
  }

  /**
   * Weights uniform in ±√(6/(in + out)), biases zero (Glorot and Bengio 2010), for tanh and other
   * units of slope 1 at 0.
   */
  static Initializer glorot() {
    return (shape, in, out, rng) ->
        isBias(shape) ? Tensor.zeros(shape) : uniform(shape, Math.sqrt(6.0 / (in + out)), rng);
  }

  /**
   * Weights normal with variance 2/in, biases zero (He et al. 2015), for ReLU units, of which half
   * are at zero.
   */
  static Initializer he() {
    return (shape, in, out, rng) -> {
      double deviation = Math.sqrt(2.0 / in);
      return isBias(shape)
          ? Tensor.zeros(shape)
          : filled(shape, () -> deviation * rng.nextGaussian());
    };
  }

  private static boolean isBias(Shape shape) {
    return shape.rank() < 2;
  }

  private static Tensor uniform(Shape shape, double bound, RandomGenerator rng) {
    return filled(shape, () -> bound * (2 * rng.nextDouble() - 1));
  }

  private static Tensor filled(Shape shape, DoubleSupplier next) {
    double[] values = new double[shape.size()];
    Arrays.setAll(values, i -> next.getAsDouble());
    return Tensor.adopt(shape, values);
  }
}
