package org.laplace4j.laplace.evidence;

import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.NoisePerOutput;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.nn.likelihood.Gaussian;

/**
 * The second derivatives of the log evidence in the log σ_c of each output, and mixed with those in
 * the log precisions, summed over the columns uᵢ = P⁻¹eᵢ.
 *
 * <pre>
 *   −δᵢ uᵢᵀ K_c uᵢ        tr(P⁻¹ K_c P⁻¹ K_d) = Σᵢ (K_c uᵢ)ᵀ P⁻¹ K_d eᵢ        γ_c = Σᵢ eᵢᵀ K_c uᵢ
 * </pre>
 */
final class NoiseCouplings {
  private final LaplacePosterior<Gaussian> posterior;
  private final double[] delta;
  private final int[] places;
  private final List<SpdOperator> outputs;
  private final double[] mixed;
  private final double[] traces;
  private final double[] gamma;

  NoiseCouplings(LaplacePosterior<Gaussian> posterior, NoisePerOutput noise) {
    Hyperparameters form = Hyperparameters.of(posterior.prior());
    int count = noise.sigma().length;
    this.posterior = posterior;
    this.delta = posterior.prior().precisions(posterior.space());
    this.places = form.places(posterior.space());
    this.outputs =
        IntStream.range(0, count).mapToObj(c -> noise.precision(posterior, c)).toList();
    this.mixed = new double[form.count(posterior.space()) * count];
    this.traces = new double[count * count];
    this.gamma = new double[count];
  }

  /** Adds what uᵢ contributes. */
  void see(int i, double[] u) {
    int count = outputs.size();
    double[] unit = new double[delta.length];
    unit[i] = 1;
    double[][] ku = new double[count][];
    java.util.Arrays.setAll(ku, c -> times(c, u));
    for (int c = 0; c < count; c++) {
      gamma[c] += ku[c][i];
      mixed[places[i] * count + c] -= delta[i] * Arrays.dot(u, ku[c]);
      double[] solved = posterior.precision().solve(times(c, unit));
      for (int d = 0; d < count; d++) {
        traces[d * count + c] += Arrays.dot(ku[d], solved);
      }
    }
  }

  /** K_c v = (K_c + P₀) v − P₀ v. */
  private double[] times(int c, double[] v) {
    return Arrays.minus(outputs.get(c).times(v), Arrays.times(delta, v));
  }

  /** ∂² log p(D) / ∂ log δ ∂ log σ_c, (G, C). */
  Matrix withPrecisions() {
    return Matrix.adopt(mixed.length / outputs.size(), outputs.size(), mixed);
  }

  /** ∂² log p(D) / ∂ log σ_c ∂ log σ_d, (C, C). */
  Matrix hessian() {
    double[] misfit = EvidenceGradient.concavityByLogNoise(posterior);
    double[] own = new double[gamma.length];
    java.util.Arrays.setAll(own, c -> -2 * gamma[c] - misfit[c]);
    return Matrix.adopt(gamma.length, gamma.length, traces).times(2).plusDiagonal(own);
  }
}
