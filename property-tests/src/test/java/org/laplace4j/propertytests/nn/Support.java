package org.laplace4j.propertytests.nn;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

/**
 * Targets (S, …) and weights (S) with E[g(y)] = Σ w p(y) g(y): all that have any probability, or
 * the points of a rule that is exact to rounding.
 */
record Support(Targets y, double[] weights) {

  int size() {
    return weights.length;
  }

  static Support classes(int count) {
    return new Support(Targets.labels(IntStream.range(0, count).toArray()), ones(count));
  }

  /** The counts 0, 1, …, up to a rate and 12 of its standard deviations more. */
  static Support counts(double rate) {
    double[] counts = new double[(int) (rate + 12 * Math.sqrt(rate)) + 30];
    Arrays.setAll(counts, i -> i);
    return of(counts, ones(counts.length));
  }

  /** The trapezium rule at thirds of σ, out to 10 σ: for normal densities. */
  static Support normal(double mean, double sigma) {
    double[] y = new double[61];
    Arrays.setAll(y, i -> mean + (i - 30) * sigma / 3);
    double[] weights = new double[y.length];
    Arrays.fill(weights, sigma / 3);
    return of(y, weights);
  }

  /**
   * The exp-sinh rule on both sides of a centre, y = centre ± scale exp(π/2 sinh t): for densities
   * with a kink there or with tails of any weight.
   */
  static Support bothSides(double centre, double scale) {
    int points = 80;
    double step = 8.0 / points;
    DoubleUnaryOperator distance = t -> scale * Math.exp(Math.PI / 2 * Math.sinh(t));
    double[] y = new double[2 * points];
    double[] weights = new double[2 * points];
    for (int i = 0; i < points; i++) {
      double t = -4 + (i + 0.5) * step;
      double d = distance.applyAsDouble(t);
      y[2 * i] = centre - d;
      y[2 * i + 1] = centre + d;
      weights[2 * i] = step * d * Math.PI / 2 * Math.cosh(t);
      weights[2 * i + 1] = weights[2 * i];
    }
    return of(y, weights);
  }

  /** The targets of one support beside those of another, each pair of them. */
  Support times(Support other) {
    int width = y.values().shape().dim(1) + other.y.values().shape().dim(1);
    double[] pairs = new double[size() * other.size() * width];
    double[] products = new double[size() * other.size()];
    for (int i = 0, at = 0; i < size(); i++) {
      for (int j = 0; j < other.size(); j++) {
        for (Support part : new Support[] {this, other}) {
          int own = part.y.values().shape().dim(1);
          System.arraycopy(part.y.values().array(), (part == this ? i : j) * own, pairs, at, own);
          at += own;
        }
        products[i * other.size() + j] = weights[i] * other.weights[j];
      }
    }
    return new Support(
        Targets.values(Tensor.adopt(Shape.of(products.length, width), pairs)), products);
  }

  private static Support of(double[] y, double[] weights) {
    return new Support(Targets.values(Tensor.adopt(Shape.of(y.length, 1), y)), weights);
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
