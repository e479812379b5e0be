package org.laplace4j.propertytests.reference;

import java.util.List;

/**
 * A posterior as the comparison sees it, whatever computed it: N(θ*, P⁻¹) over the Θ elements of a
 * variant, P = H + P₀. Log-likelihood and H are those of the tempered likelihood with its noise.
 */
public interface Fitted {
  /** θ*, shape (Θ). */
  double[] mean();

  /** log p(D | θ*), normaliser included. */
  double logLikelihood();

  /** (θ* − μ)ᵀ P₀ (θ* − μ). */
  double priorQuadratic();

  /** The diagonal of P₀, (Θ). */
  double[] priorPrecisions();

  /** log det P₀. */
  double priorLogDet();

  /** log det P. */
  double logDet();

  /** The evidence as the posterior itself states it. */
  double logMarginalLikelihood();

  /** H, shape (Θ, Θ). */
  double[] curvature();

  /** The diagonal of H. */
  double[] curvatureDiagonal();

  /** The Kronecker factors of H, one pair a parameter, where it has them. */
  List<Factors> factors();

  /** The diagonal of P. */
  double[] precisionDiagonal();

  /** The diagonal of P⁻¹. */
  double[] variances();

  /** ½ (1 − δᵢ (P⁻¹)ᵢᵢ): the gradient of −½ log (det P / det P₀) in each log δᵢ. */
  default double[] determinantGradient() {
    double[] delta = priorPrecisions();
    double[] variances = variances();
    var gradient = new double[delta.length];
    for (int i = 0; i < delta.length; i++) {
      gradient[i] = 0.5 * (1 - delta[i] * variances[i]);
    }
    return gradient;
  }

  /** P⁻¹ b. */
  double[] solve(double[] b);

  /** log N(θ; θ*, P⁻¹). */
  double logDensity(double[] theta);

  /** The network's outputs at θ*, shape (N, C). */
  double[] outputs(Inputs x);

  /** J, shape (N·C, Θ), row n·C + c. */
  double[] jacobian(Inputs x);

  /** J P⁻¹ Jᵀ of each example, shape (N, C, C). */
  double[] outputCovariances(Inputs x);

  /** J P⁻¹ Jᵀ between all examples, shape (N·C, N·C). */
  double[] jointCovariance(Inputs x);

  /** Class probabilities, shape (N, C). */
  double[] probabilities(Inputs x, Link link);

  /** How class probabilities are made from a Gaussian over logits. */
  enum Link {
    /** The probit approximation. */
    PROBIT,
    /** The mean of the Dirichlet of the Laplace bridge. */
    BRIDGE,
    /** The same with logits rescaled by their mean variance. */
    NORMALIZED_BRIDGE
  }

  /** The same curvature under another prior, of the same mean, and another noise. */
  Fitted with(Precisions prior, double sigmaNoise);

  /** The same curvature under the prior of this form that gives the highest evidence. */
  Fitted tuned(Precisions.Form form);

  /**
   * One block B ⊗ A of a Kronecker curvature.
   *
   * @param b shape (out, out)
   * @param a shape (in, in); empty for a bias, whose block is B
   */
  record Factors(double[] b, double[] a) {}
}
