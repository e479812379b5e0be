package org.laplace4j.laplace;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;

/**
 * f(x) = w x + b at w = 1, b = 0, and two observations y(1) = 2, y(2) = 3 with noise σ = 1. The
 * rows of J are (x, 1) and both residuals are 1, so on paper
 *
 * <pre>
 *   H = (5 3; 3 2)      with a prior of precision 1:  P = (6 3; 3 3), det P = 9, P⁻¹ = (3 −3; −3 6)/9
 * </pre>
 */
public final class TwoWeights {
  private TwoWeights() {}

  /** f. */
  public static Linear model() {
    return model(1, 0);
  }

  /** w x + b. */
  public static Linear model(double w, double b) {
    return Linear.of(Tensor.of(Shape.of(1, 1), w), Tensor.vector(b));
  }

  /** x = 1, 2 and y = 2, 3. */
  public static Dataset data() {
    return data(new double[] {1, 2}, 2, 3);
  }

  /** The given inputs and targets. */
  public static Dataset data(double[] x, double... y) {
    return Dataset.of(column(x), Targets.values(column(y)));
  }

  /** The given numbers as inputs (N, 1). */
  public static Tensor column(double... values) {
    return Tensor.of(Shape.of(values.length, 1), values);
  }

  /** f, with noise σ = 1; the rest is for the test to choose. */
  public static Laplace<Gaussian> laplace() {
    return Laplace.of(model(), Gaussian.of(1));
  }
}
