package org.laplace4j.laplace.curvature;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * What is pulled back to give curvature: H = Σₙ Σₖ gₙₖ gₙₖᵀ with gₙₖ = Jₙᵀ sₙₖ. Sources and
 * structures are independent: a source says which columns s, a structure what is kept of the g's.
 */
public interface CurvatureSource {

  /**
   * The columns sₙₖ for outputs f (B, C) and targets, shape (K, B, C). Weights of the targets are
   * not for a source to take in: they multiply its columns by √wₙ afterwards.
   *
   * @param first the number of the first of these examples in the data, so that what is drawn for
   *     an example does not depend on its batch
   */
  Tensor columns(Likelihood likelihood, Tensor f, Targets y, long first);

  /**
   * Columns of the same curvature that need not be written out, where the source has such; weights
   * are not for it to take in here either.
   */
  default Optional<OutputRoots> roots(Likelihood likelihood, Tensor f, Targets y) {
    return Optional.empty();
  }

  /**
   * The power p in H ∝ σ⁻ᵖ for a Gaussian likelihood with one noise σ, so that the noise can be
   * changed without a refit: 2 where the columns are roots of Λ = 1/σ², 4 where they are scores (y
   * − f)/σ².
   */
  int noisePower();

  /** The generalised Gauss–Newton matrix: the columns of S, S Sᵀ = Λ. */
  static CurvatureSource ggn() {
    return new Ggn();
  }

  /** The empirical Fisher matrix: the score of what was observed, one column. */
  static CurvatureSource empiricalFisher() {
    return new EmpiricalFisher();
  }

  /**
   * The Fisher matrix by {@code draws} targets sampled from the model for each example. What is
   * drawn depends on a key taken from rng and on the number of the example in the data alone:
   * {@code LaplacePosterior.plus} counts on, and another fit starts from 0 again, so give it
   * another source where its draws are to be other ones.
   */
  static CurvatureSource monteCarloFisher(int draws, RandomGenerator rng) {
    return new MonteCarloFisher(draws, rng.nextLong());
  }

  /** The generalised Gauss–Newton matrix without the correlations between outputs. */
  static CurvatureSource diagonalGgn() {
    return new DiagonalGgn();
  }
}
