package org.laplace4j.propertytests.nn;

import java.util.function.Function;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * A likelihood with outputs (B, C) and targets that fit it.
 *
 * @param canonical whether Λ is minus the second derivative of the log-density
 * @param support the targets that outputs (C) give any probability to
 */
record LikelihoodForm(
    Likelihood likelihood,
    Tensor f,
    Targets y,
    boolean canonical,
    Function<double[], Support> support) {

  int examples() {
    return f.shape().dim(0);
  }

  int outputs() {
    return f.shape().dim(1);
  }

  /** Another likelihood at the same outputs and targets. */
  LikelihoodForm of(Likelihood other) {
    return new LikelihoodForm(other, f, y, canonical, support);
  }

  /** The outputs of one example, (C). */
  double[] outputsOf(int n) {
    return f.slice(0, n, n + 1).array();
  }

  /** The targets that the outputs of one example give any probability to. */
  Support supportOf(int n) {
    return support.apply(outputsOf(n));
  }

  /** The outputs of one example, (1, C), repeated for several targets. */
  Tensor repeated(int n, int times) {
    return f.slice(0, n, n + 1).broadcastTo(Shape.of(times, outputs()));
  }

  @Override
  public String toString() {
    return likelihood + " at " + f + " of " + y;
  }
}
