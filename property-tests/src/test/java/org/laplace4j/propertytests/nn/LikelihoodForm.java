package org.laplace4j.propertytests.nn;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/** A likelihood with outputs (B, C) and targets that fit it. */
record LikelihoodForm(Likelihood likelihood, Tensor f, Targets y) {

  int examples() {
    return f.shape().dim(0);
  }

  int outputs() {
    return f.shape().dim(1);
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
