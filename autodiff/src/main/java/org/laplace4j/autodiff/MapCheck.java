package org.laplace4j.autodiff;

import static org.laplace4j.autodiff.DerivativeCheck.direction;
import static org.laplace4j.autodiff.DerivativeCheck.error;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Arrays;

/**
 * The checks of θ ↦ f(θ, x) as a map from R^Θ: first and second derivatives, rows, and the
 * separation of examples.
 */
final class MapCheck {
  /** More elements than these are not moved one by one, but as many of them drawn at random. */
  private static final int MOVED_ONE_BY_ONE = 128;

  private final Model<Tensor> model;
  private final ParameterSpace space;
  private final Weights at;
  private final Tensor x;
  private final RandomGenerator rng;
  private final double[] theta;
  private final Linearization linearization;
  private final Tensor u;
  private final double[] v;
  private final double[] pushed;
  private final double[] pulled;

  MapCheck(Model<Tensor> model, ParameterSpace space, Weights at, Tensor x, RandomGenerator rng) {
    this.model = model;
    this.space = space;
    this.at = at;
    this.x = x;
    this.rng = rng;
    this.theta = space.gather(at);
    this.linearization = Linearization.of(model, space, at, x);
    Shape output = linearization.output().shape();
    this.u = Tensor.adopt(output, direction(output.size(), rng));
    this.v = direction(space.size(), rng);
    this.pushed = linearization.pushforward(v).array();
    this.pulled = linearization.pullback(u);
  }

  double adjoint() {
    return error(
        new double[] {Arrays.dot(u.array(), pushed)}, new double[] {Arrays.dot(pulled, v)});
  }

  double pushforward() {
    return error(pushed, CentralDifference.along(this::values, theta, v));
  }

  double pullback() {
    int[] elements = theta.length <= MOVED_ONE_BY_ONE
        ? IntStream.range(0, theta.length).toArray()
        : rng.ints(MOVED_ONE_BY_ONE, 0, theta.length).toArray();
    double[] rule = new double[elements.length];
    double[] difference = new double[elements.length];
    for (int e = 0; e < elements.length; e++) {
      double[] unit = new double[theta.length];
      unit[elements[e]] = 1;
      rule[e] = pulled[elements[e]];
      difference[e] = Arrays.dot(u.array(), CentralDifference.along(this::values, theta, unit));
    }
    return error(rule, difference);
  }

  double secondOrder() {
    double[] forwardOverReverse = Derivatives.hessianVectorProduct(space, at, this::loss, v);
    double[] reverseOverReverse = Derivatives.hessianByTwoPullbacks(space, at, this::loss, v);
    double[] reverseOverForward = Derivatives.hessianByPushforward(space, at, this::loss, v);
    return Math.max(
        error(reverseOverReverse, forwardOverReverse),
        error(reverseOverForward, forwardOverReverse));
  }

  double secondDifference() {
    return error(
        Derivatives.hessianVectorProduct(space, at, this::loss, v),
        CentralDifference.along(
            moved -> Derivatives.gradient(space, space.scatter(moved, at), this::loss), theta, v));
  }

  double exampleRows() {
    Shape output = linearization.output().shape();
    int k = 2;
    Tensor columns = Tensor.adopt(output.prepend(k), direction(k * output.size(), rng));
    double[] rows = linearization.rows(columns).dense().array();
    double[] single = new double[rows.length];
    int at = 0;
    for (int n = 0; n < output.dim(0); n++) {
      for (int column = 0; column < k; column++) {
        Tensor one = columns.slice(0, column, column + 1).reshape(output);
        double[] row = linearization.pullback(Examples.only(one, n));
        System.arraycopy(row, 0, single, at, row.length);
        at += row.length;
      }
    }
    return error(rows, single);
  }

  double separation() {
    Tensor output = model.forward(at, x.asData());
    int changed = rng.nextInt(x.shape().dim(0));
    Tensor other = model.forward(at, Examples.moved(x, changed, rng).asData());
    return error(
        Examples.without(other, changed).array(),
        Examples.without(output, changed).array());
  }

  private double[] values(double[] moved) {
    return model.forward(space.scatter(moved, at), x.asData()).array();
  }

  private Tensor loss(Weights weights) {
    return model.forward(weights, x.asData()).times(u).sum();
  }
}
