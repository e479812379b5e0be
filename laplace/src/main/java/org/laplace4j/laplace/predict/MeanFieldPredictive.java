package org.laplace4j.laplace.predict;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * Class probabilities by the probit approximation of each pair of logits (Lu, Ie and Sha 2020),
 * normalised.
 *
 * <pre>
 *   p_k ∝ 1 / Σ_i exp(−(μ_k − μ_i)/√(1 + π/8 v_ki))
 *   v_ki = Σ_kk + Σ_ii (order 1)          v_ki = Σ_kk + Σ_ii − 2 Σ_ki (order 2)
 * </pre>
 *
 * <p>Order 2 uses the variance of the difference itself, and so does not change when all logits
 * move together.
 *
 * @param order 1 or 2
 */
record MeanFieldPredictive(int order)
    implements OutputPredictive<ClassLikelihood, ClassProbabilities> {

  MeanFieldPredictive {
    if (order < 1 || order > 2) {
      throw new IllegalArgumentException("Predictive.meanField: the order must be 1 or 2, got "
          + order + "; order 0 is probit().");
    }
  }

  @Override
  public ClassProbabilities of(ClassLikelihood likelihood, OutputDistribution f) {
    int c = f.mean().shape().dim(1);
    if (c == 1) {
      return new ProbitPredictive().of(likelihood, f); // one logit is one difference already
    }
    int b = f.mean().shape().dim(0);
    double[] mu = f.mean().array();
    double[] s = f.covariance().array();
    double[] p = new double[b * c];
    for (int n = 0; n < b; n++) {
      double total = 0;
      for (int k = 0; k < c; k++) {
        double sum = 0;
        for (int i = 0; i < c; i++) {
          double v = i == k ? 0 : variance(s, n * c * c, c, k, i);
          sum += Math.exp((mu[n * c + i] - mu[n * c + k]) / Math.sqrt(1 + Math.PI / 8 * v));
        }
        p[n * c + k] = 1 / sum;
        total += p[n * c + k];
      }
      for (int k = 0; k < c; k++) {
        p[n * c + k] /= total;
      }
    }
    return new ClassProbabilities(Tensor.adopt(f.mean().shape(), p));
  }

  /** Of the difference of two logits; never below zero, which rounding of order 2 could make it. */
  private double variance(double[] s, int at, int c, int k, int i) {
    double apart = s[at + k * c + k] + s[at + i * c + i];
    return order == 1 ? apart : Math.max(0, apart - 2 * s[at + k * c + i]);
  }
}
