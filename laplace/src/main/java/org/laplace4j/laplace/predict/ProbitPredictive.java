package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * The link at logits that are shrunk by their variance (MacKay 1992; Gibbs 1997 for several
 * classes).
 *
 * <pre>  p = link(μ ∘ κ)        κ_c = 1/√(1 + π/8 Σ_cc)  </pre>
 */
record ProbitPredictive() implements OutputPredictive<ClassLikelihood, ClassProbabilities> {

  @Override
  public ClassProbabilities of(ClassLikelihood likelihood, OutputDistribution f) {
    Tensor kappa = f.variances().times(Math.PI / 8).plus(1).sqrt().reciprocal();
    return ClassProbabilities.of(likelihood, f.mean().times(kappa));
  }
}
