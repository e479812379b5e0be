package org.laplace4j.laplace.evidence;

/**
 * The Laplace approximation of the log evidence, term by term.
 *
 * <pre>  log p(D) ≈ log p(D | θ*) / T − ½ (θ* − μ)ᵀ P₀ (θ* − μ) − ½ log (det P / det P₀)  </pre>
 *
 * @param logLikelihood log p(D | θ*) / T, with all constants
 * @param priorQuadratic (θ* − μ)ᵀ P₀ (θ* − μ)
 * @param logDetRatio log det P − log det P₀
 */
public record Evidence(double logLikelihood, double priorQuadratic, double logDetRatio) {

  /** log p(D). */
  public double logMarginalLikelihood() {
    return logLikelihood - 0.5 * (priorQuadratic + logDetRatio);
  }
}
