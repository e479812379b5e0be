package org.laplace4j.examples;

import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;

/** Noisy points of y = sin 2x for x in [−3, −1] and [1, 3]: nothing is seen between and beyond. */
final class GappedCurve {
  static final double NOISE = 0.15;
  private static final double GAP = 1;
  private static final double END = 3;

  private GappedCurve() {}

  static double truth(double x) {
    return Math.sin(2 * x);
  }

  /** As many points on the left of the gap as on the right. */
  static Dataset points(int count, RandomGenerator rng) {
    double[] x = new double[count];
    double[] y = new double[count];
    for (int n = 0; n < count; n++) {
      double side = n % 2 == 0 ? -1 : 1;
      x[n] = side * (GAP + (END - GAP) * rng.nextDouble());
      y[n] = truth(x[n]) + NOISE * rng.nextGaussian();
    }
    return Dataset.of(column(x), Targets.values(column(y)));
  }

  /** Inputs to predict at, from −5 to 5, shape (201, 1). */
  static Tensor grid() {
    return column(IntStream.rangeClosed(-100, 100).mapToDouble(i -> i / 20.0).toArray());
  }

  /** The true values at some inputs. */
  static double[] truth(Tensor x) {
    return DoubleStream.of(x.array()).map(GappedCurve::truth).toArray();
  }

  private static Tensor column(double[] values) {
    return Tensor.of(Shape.of(values.length, 1), values);
  }
}
