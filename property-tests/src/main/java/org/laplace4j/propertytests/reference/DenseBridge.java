package org.laplace4j.propertytests.reference;

/**
 * The mean of the Laplace bridge's Dirichlet in plain loops, of logits μ (N, C) with covariances Σ
 * (N, C, C).
 *
 * <pre>
 *   μ ← μ − Σ1 (1ᵀμ)/(1ᵀΣ1)      Σ ← Σ − Σ1 (Σ1)ᵀ/(1ᵀΣ1)      μ ← μ/√v, Σ ← Σ/v where rescaled
 *   α_k = (1 − 2/C + e^{μ_k} Σ_l e^{−μ_l} / C²) / Σ_kk
 * </pre>
 */
final class DenseBridge {
  private DenseBridge() {}

  static double[] probabilities(double[] mu, double[] sigma, int n, boolean rescaled) {
    int c = mu.length / n;
    var p = new double[mu.length];
    for (int i = 0; i < n; i++) {
      var m = new double[c];
      var diagonal = new double[c];
      project(mu, sigma, i, m, diagonal);
      double v = 1;
      if (rescaled) {
        v = java.util.Arrays.stream(diagonal).sum() / c / Math.sqrt(c / 2.0);
      }
      double total = 0;
      for (int k = 0; k < c; k++) {
        double inverse = 0;
        for (int l = 0; l < c; l++) {
          inverse += Math.exp(-m[l] / Math.sqrt(v));
        }
        double alpha =
            (1 - 2.0 / c + Math.exp(m[k] / Math.sqrt(v)) * inverse / (c * c)) / (diagonal[k] / v);
        p[i * c + k] = alpha;
        total += alpha;
      }
      for (int k = 0; k < c; k++) {
        p[i * c + k] /= total;
      }
    }
    return p;
  }

  private static void project(double[] mu, double[] sigma, int i, double[] m, double[] diagonal) {
    int c = m.length;
    var row = new double[c];
    double all = 0;
    double sum = 0;
    for (int k = 0; k < c; k++) {
      for (int l = 0; l < c; l++) {
        row[k] += sigma[(i * c + k) * c + l];
      }
      all += row[k];
      sum += mu[i * c + k];
    }
    for (int k = 0; k < c; k++) {
      m[k] = mu[i * c + k] - row[k] * sum / all;
      diagonal[k] = sigma[(i * c + k) * c + k] - row[k] * row[k] / all;
    }
  }
}
