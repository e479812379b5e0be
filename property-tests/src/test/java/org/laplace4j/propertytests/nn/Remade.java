package org.laplace4j.propertytests.nn;

import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.apache.commons.math3.special.Gamma;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.ExponentialFamily;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.likelihood.Poisson;

/** Known likelihoods as exponential families, from their textbook parts. */
final class Remade {
  private Remade() {}

  /** Poisson, Bernoulli, or a Gaussian with σ = 1. */
  static ExponentialFamily exponentialFamily(Likelihood known) {
    if (known instanceof Poisson) {
      return new ExponentialFamily(
          f -> f.exp().sum(false, -1),
          Targets::values,
          y -> each(y.values(), n -> -Gamma.logGamma(n + 1)),
          known::draw);
    }
    if (known instanceof Bernoulli) {
      Function<Targets, Tensor> one = y -> Tensor.adopt(
          Shape.of(y.count(), 1),
          java.util.Arrays.stream(y.labels()).asDoubleStream().toArray());
      return new ExponentialFamily(
          f -> f.softplus().sum(false, -1), one, y -> each(one.apply(y), n -> 0), known::draw);
    }
    return new ExponentialFamily(
        f -> f.square().sum(false, -1).times(0.5),
        Targets::values,
        y -> each(y.values(), v -> -0.5 * (v * v + Math.log(2 * Math.PI))),
        known::draw);
  }

  private static Tensor each(Tensor values, DoubleUnaryOperator h) {
    return Tensor.adopt(values.shape(), Arrays.map(values.array(), h)).sum(false, -1);
  }
}
