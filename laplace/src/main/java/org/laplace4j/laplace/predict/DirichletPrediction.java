package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;

/**
 * A Dirichlet distribution over the class probabilities at each input: not one vector of
 * probabilities, but how sure it is.
 *
 * <pre>  E p_c = α_c / α₀,  Var p_c = E p_c (1 − E p_c) / (α₀ + 1),  α₀ = Σ α  </pre>
 *
 * @param concentrations α &gt; 0, shape (B, classes)
 */
public record DirichletPrediction(Tensor concentrations) {

  /** Checks that these are concentrations. */
  public DirichletPrediction {
    if (concentrations.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "DirichletPrediction: the concentrations must be (B, classes), got "
              + concentrations.shape() + ".");
    }
    Arrays.requirePositive("DirichletPrediction", concentrations.array());
  }

  /** α₀, the sum of the concentrations at each input, shape (B, 1): the larger, the surer. */
  public Tensor total() {
    return concentrations.sum(true, -1);
  }

  /** The mean probabilities. */
  public ClassProbabilities mean() {
    return new ClassProbabilities(concentrations.dividedBy(total()));
  }

  /** The variance of each probability, shape (B, classes). */
  public Tensor variances() {
    Tensor p = mean().probabilities();
    return p.minus(p.square()).dividedBy(total().plus(1));
  }
}
