package org.laplace4j.laplace.evidence;

/**
 * The Laplace approximation of the log evidence, term by term.
 *
 * <pre>  log p(D) ≈ log p(D | θ*) / T − ½ (θ* − μ)ᵀ P₀ (θ* − μ) − ½ log (det P / det P₀)  </pre>
 *
 * @param logLikelihood log p(D | θ*) / T, with all constants
 * @param priorQuadratic (θ* − μ)ᵀ P₀ (θ* − μ)
 * @param logDetRatio log det P − log det P₀
 * @param logDetStandardError the standard error of log det P: 0 where it is exact, as it is but for
 *     Kronecker and EKFAC over many elements that are not rows × columns, and for the whole
 *     curvature by products ({@link org.laplace4j.laplace.WholeEvidence})
 */
public record Evidence(
    double logLikelihood, double priorQuadratic, double logDetRatio, double logDetStandardError) {

  /** With an exact log det P. */
  public Evidence(double logLikelihood, double priorQuadratic, double logDetRatio) {
    this(logLikelihood, priorQuadratic, logDetRatio, 0);
  }

  /** log p(D). */
  public double logMarginalLikelihood() {
    return logLikelihood - 0.5 * (priorQuadratic + logDetRatio);
  }

  /** The standard error of {@link #logMarginalLikelihood()}. */
  public double standardError() {
    return 0.5 * logDetStandardError;
  }
}
