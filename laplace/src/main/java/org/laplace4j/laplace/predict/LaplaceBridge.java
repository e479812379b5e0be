package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * The Dirichlet whose Laplace approximation in the logits is the Gaussian of the linearised network
 * (MacKay 1998; Hobbhahn et al. 2022).
 *
 * <pre>  α_k = (1 − 2/C + e^{μ_k} C⁻² Σ_l e^{−μ_l}) / Σ_kk,  μ and Σ conditioned on a sum of zero
 * </pre>
 *
 * <p>The normalised form divides μ by √v and Σ by v first, v = mean Σ_kk / √(C/2): where variances
 * are large the plain one is far too sure of its mean.
 *
 * @param normalized whether μ and Σ are rescaled first
 */
record LaplaceBridge(boolean normalized)
    implements OutputPredictive<ClassLikelihood, DirichletPrediction> {
  /** exp of more would overflow; such a class has all the probability anyway. */
  private static final double LARGEST_EXPONENT = 600;

  /** A variance of zero would make α infinite; with this one α₀ stays a finite number. */
  private static final double SMALLEST_VARIANCE = 1e-12;

  @Override
  public DirichletPrediction of(ClassLikelihood likelihood, OutputDistribution outputs) {
    OutputDistribution f = ZeroSumLogits.of(outputs);
    int b = f.mean().shape().dim(0);
    int c = f.mean().shape().dim(1);
    double[] mu = f.mean().array();
    double[] variance = f.variances().array();
    double[] alpha = new double[b * c];
    for (int n = 0; n < b; n++) {
      double v = normalized ? scale(variance, n * c, c) : 1;
      double root = Math.sqrt(v);
      for (int k = 0; k < c; k++) {
        double sum = 0;
        for (int l = 0; l < c; l++) {
          sum += Math.exp(Math.min((mu[n * c + k] - mu[n * c + l]) / root, LARGEST_EXPONENT));
        }
        double own = Math.max(variance[n * c + k] / v, SMALLEST_VARIANCE);
        alpha[n * c + k] = (1 - 2.0 / c + sum / ((double) c * c)) / own;
      }
    }
    return new DirichletPrediction(Tensor.adopt(f.mean().shape(), alpha));
  }

  private static double scale(double[] variance, int at, int c) {
    double sum = 0;
    for (int k = 0; k < c; k++) {
      sum += variance[at + k];
    }
    return Math.max(sum / c / Math.sqrt(c / 2.0), SMALLEST_VARIANCE);
  }
}
