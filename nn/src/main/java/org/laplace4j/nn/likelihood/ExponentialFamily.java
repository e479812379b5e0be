package org.laplace4j.nn.likelihood;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

/**
 * A likelihood whose outputs are the natural parameters of an exponential family, made from its
 * log-partition function A, its sufficient statistic t and its base measure h.
 *
 * <pre>
 *   log p(y | f) = t(y)ᵀ f − A(f) + log h(y)
 *   score = t(y) − ∇A(f)        Λ = ∇²A(f) = S Sᵀ
 * </pre>
 *
 * <p>∇A is one reverse sweep for a batch, ∇²A C Hessian-vector products; its root is that of its
 * eigenvalues, where rounding below zero is taken as zero.
 *
 * @param logPartition A, in tensor operations, (B, C) → (B)
 * @param statistic t, targets → (B, C)
 * @param logBase log h, targets → (B)
 * @param sampler draws from p(· | f)
 */
public record ExponentialFamily(
    UnaryOperator<Tensor> logPartition,
    Function<Targets, Tensor> statistic,
    Function<Targets, Tensor> logBase,
    Sampler sampler)
    implements Likelihood {

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    Tensor linear = statistic.apply(y).times(f).sum(false, -1);
    return linear.minus(logPartition.apply(f)).plus(logBase.apply(y));
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    return statistic.apply(y).minus(new OutputDerivatives(logPartition, f).gradients());
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    return new OutputDerivatives(logPartition, f).hessianRoots();
  }

  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    return sampler.draw(f, rng);
  }

  /** Checks that the statistic has the shape of the outputs, and A and h one number an example. */
  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.outputs("ExponentialFamily", f, y);
    Shape each = Shape.of(y.count());
    LikelihoodChecks.shape(
        "ExponentialFamily", "the sufficient statistic", statistic.apply(y), f.shape());
    LikelihoodChecks.shape("ExponentialFamily", "the log-partition", logPartition.apply(f), each);
    LikelihoodChecks.shape("ExponentialFamily", "the log base measure", logBase.apply(y), each);
  }
}
