package org.laplace4j.nn.likelihood;

import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

/**
 * Any likelihood, made from its log-density alone, which is differentiated.
 *
 * <pre>  score = ∂ log p(y | f)/∂f        Λ = −∂² log p(y | f)/∂f² of what was observed = S Sᵀ
 * </pre>
 *
 * <p>Λ is the Hessian at the observed y, not an expectation, and so depends on y, unless the
 * outputs are natural parameters. Where it is not positive semi-definite for an example, its
 * negative eigenvalues are taken as zero: that direction of that example then has no curvature.
 * Where that happens often, write a {@link Likelihood} with its Fisher matrix instead.
 *
 * @param logDensity log p(yₙ | fₙ) with all constants, in tensor operations of f, (B, C) and
 *     targets → (B)
 * @param sampler draws from p(· | f)
 */
public record FromLogDensity(BiFunction<Tensor, Targets, Tensor> logDensity, Sampler sampler)
    implements Likelihood {

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    return logDensity.apply(f, y);
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    return new OutputDerivatives(at -> logDensities(at, y), f).gradients();
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    return new OutputDerivatives(at -> logDensities(at, y).negate(), f).hessianRoots();
  }

  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    return sampler.draw(f, rng);
  }

  /** Checks that there is one log-density an example; what y may be is for its author to check. */
  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.outputs("FromLogDensity", f, y);
    LikelihoodChecks.shape(
        "FromLogDensity", "the log-density", logDensities(f, y), Shape.of(y.count()));
  }
}
