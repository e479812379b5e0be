package org.laplace4j.nn.likelihood;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;

/**
 * p(y | f): how an observation comes from the outputs f (B, C) of a network. One object for the
 * loss, the curvature and the noise, so they cannot disagree. Anyone may write a likelihood; a test
 * compares its score and Hessian root with derivatives of its log-density.
 */
public interface Likelihood {

  /**
   * log p(yₙ | fₙ) of every example with all constants, shape (B): the evidence is a true
   * log-density.
   */
  Tensor logDensities(Tensor f, Targets y);

  /** ∂ log p(yₙ | fₙ) / ∂f, shape (B, C). */
  Tensor score(Tensor f, Targets y);

  /**
   * S of every example, shape (B, C, K), S Sᵀ = Λ: its columns are what the GGN pulls back. Λ =
   * E[score scoreᵀ | f].
   */
  Tensor hessianRoot(Tensor f, Targets y);

  /**
   * Roots of the same Λ that need not be written out, of as many columns, where there are such: a
   * network with many outputs pulls them back in fewer operations.
   */
  default Optional<OutputRoots> outputRoots(Tensor f, Targets y) {
    return Optional.empty();
  }

  /** Targets drawn from p(· | f), one an example. */
  Targets draw(Tensor f, RandomGenerator rng);

  /**
   * Checks that outputs (B, C) and targets fit this likelihood and each other: shapes, labels in
   * range, finite outputs.
   */
  void check(Tensor f, Targets y);

  /** Targets drawn for the examples of others: with the same noise, where those have their own. */
  default Targets draw(Tensor f, Targets like, RandomGenerator rng) {
    return draw(f, rng);
  }

  /** Σₙ wₙ log p(yₙ | fₙ), w the weights of the targets. */
  default double logDensity(Tensor f, Targets y) {
    return y.weigh(logDensities(f, y)).sum().item();
  }
}
