package org.laplace4j.autodiff;

import java.util.random.RandomGenerator;
import org.laplace4j.linalg.Arrays;

/**
 * One example, an index of axis 0, taken alone or changed: what the checks of separate examples
 * need.
 */
final class Examples {
  private static final double MOVE = 1e-2;

  private Examples() {}

  /** Zero but at example n. */
  static Tensor only(Tensor x, int n) {
    double[] values = new double[x.size()];
    int width = width(x);
    System.arraycopy(x.array(), n * width, values, n * width, width);
    return Tensor.adopt(x.shape(), values);
  }

  /** Example n replaced by zeros. */
  static Tensor without(Tensor x, int n) {
    double[] values = x.array().clone();
    java.util.Arrays.fill(values, n * width(x), (n + 1) * width(x), 0);
    return Tensor.adopt(x.shape(), values);
  }

  /** Example n moved a little, at random. */
  static Tensor moved(Tensor x, int n, RandomGenerator rng) {
    double[] noise = DerivativeCheck.direction(x.size(), rng);
    Tensor only = only(Tensor.adopt(x.shape(), Arrays.scale(noise, MOVE)), n);
    return Tensor.adopt(x.shape(), Arrays.plus(x.array(), only.array()));
  }

  private static int width(Tensor x) {
    return x.shape().drop(1).size();
  }
}
