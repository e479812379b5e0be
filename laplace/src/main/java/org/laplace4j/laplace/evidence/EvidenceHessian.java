package org.laplace4j.laplace.evidence;

import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.NoisePerOutput;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.MatrixSum;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The second derivatives of the log evidence in closed form, in the logarithms of the precisions
 * that the prior has, G of them: one, one a parameter tensor, or one an element; and in those of
 * noise or temperature. The eigenvalues of minus its inverse say how well the data determine them.
 *
 * <pre>
 *   sᵢ = δᵢ (P⁻¹)ᵢᵢ          qᵢ = δᵢ (θ*ᵢ − μᵢ)²          Mᵢⱼ = δᵢ δⱼ (P⁻¹)ᵢⱼ²          kᵢ = Σⱼ Mᵢⱼ − sᵢ
 *
 *   ∂² log p(D) / ∂ log δᵢ ∂ log δⱼ = ½ Mᵢⱼ − ½ [i = j] (sᵢ + qᵢ)        summed over what shares a precision
 *   ∂² log p(D) / ∂ log δᵢ ∂ log σ  = ½ p kᵢ
 *   ∂² log p(D) / ∂ (log σ)²        = ½ p² Σᵢ kᵢ − 2 Σ w r²/(σ² T)
 *   ∂² log p(D) / ∂ log δᵢ ∂ log T  = ½ kᵢ
 *   ∂² log p(D) / ∂ (log T)²        = ½ Σᵢ kᵢ + log p(D | θ*)/T
 * </pre>
 *
 * <p>p is the power in H ∝ σ⁻ᵖ. Where each output has its noise, with K_c = H_c/(σ_c² T) and uᵢ =
 * P⁻¹eᵢ,
 *
 * <pre>
 *   ∂² log p(D) / ∂ log δᵢ ∂ log σ_c   = −δᵢ uᵢᵀ K_c uᵢ
 *   ∂² log p(D) / ∂ log σ_c ∂ log σ_d  = 2 tr(P⁻¹ K_c P⁻¹ K_d) − 2 [c = d] (γ_c + Σ w r_c²/(σ_c² T))
 * </pre>
 *
 * <p>One solve an element of R^Θ, or C + 1 for noises of outputs; P⁻¹ is not kept.
 */
public final class EvidenceHessian {
  private EvidenceHessian() {}

  /** In the log precisions, (G, G). */
  public static Matrix byLogPrecision(LaplacePosterior<? extends Likelihood> posterior) {
    return inPrecisions(Couplings.of(posterior));
  }

  /** In the log precisions and, last, in the log σ that all outputs share, (G + 1, G + 1). */
  public static Matrix byLogPrecisionAndNoise(LaplacePosterior<Gaussian> posterior) {
    Couplings couplings = Couplings.of(posterior);
    double[] k = couplings.rest();
    double p = posterior.noisePower();
    double misfit = Arrays.sum(EvidenceGradient.concavityByLogNoise(posterior));
    return bordered(
        inPrecisions(couplings), Arrays.scale(k, 0.5 * p), 0.5 * p * p * Arrays.sum(k) - misfit);
  }

  /** In the log precisions and, last, in log T, (G + 1, G + 1). */
  public static Matrix byLogPrecisionAndTemperature(
      LaplacePosterior<? extends Likelihood> posterior) {
    Couplings couplings = Couplings.of(posterior);
    double[] k = couplings.rest();
    double fit = posterior.dataFit().logLikelihood() / posterior.temperature();
    return bordered(inPrecisions(couplings), Arrays.scale(k, 0.5), 0.5 * Arrays.sum(k) + fit);
  }

  /**
   * In the log precisions and, last, in the log σ_c of each output, (G + C, G + C), for a posterior
   * of this family.
   */
  public static Matrix byLogPrecisionAndNoises(
      LaplacePosterior<Gaussian> posterior, NoisePerOutput noise) {
    NoiseCouplings noises = new NoiseCouplings(posterior, noise);
    Couplings couplings = Couplings.of(posterior, noises::see);
    return joined(inPrecisions(couplings), noises.withPrecisions(), noises.hessian());
  }

  private static Matrix inPrecisions(Couplings couplings) {
    int groups = couplings.s().length;
    double[] hessian = new double[groups * groups];
    for (int g = 0; g < groups; g++) {
      for (int h = 0; h < groups; h++) {
        double own = g == h ? couplings.s()[g] + couplings.q()[g] : 0;
        hessian[g * groups + h] = 0.5 * (couplings.m()[g][h] - own);
      }
    }
    return Matrix.adopt(groups, groups, hessian);
  }

  /** The symmetric matrix (A, b; bᵀ, c). */
  private static Matrix bordered(Matrix a, double[] b, double c) {
    return joined(a, Matrix.adopt(b.length, 1, b), Matrix.adopt(1, 1, new double[] {c}));
  }

  /** The symmetric matrix (A, B; Bᵀ, C). */
  private static Matrix joined(Matrix a, Matrix b, Matrix c) {
    int first = a.rows();
    MatrixSum joined = new MatrixSum(first + c.rows(), first + c.rows());
    joined.add(a, 0, 0);
    joined.add(b, 0, first);
    joined.add(b.transpose(), first, 0);
    joined.add(c, first, first);
    return joined.total();
  }

  /** What is done with a column of P⁻¹. */
  interface ColumnOfInverse {
    /** Does it. */
    void see(int i, double[] u);
  }

  /** The sums s (G), q (G) and M (G, G) over elements that share a precision. */
  private record Couplings(double[] s, double[] q, double[][] m) {

    static Couplings of(LaplacePosterior<?> posterior) {
      return of(posterior, (i, u) -> {});
    }

    /** Lets someone else see each uᵢ = P⁻¹eᵢ too. */
    static Couplings of(LaplacePosterior<?> posterior, ColumnOfInverse each) {
      Hyperparameters form = Hyperparameters.of(posterior.prior());
      double[] delta = posterior.prior().precisions(posterior.space());
      double[] r = Arrays.minus(posterior.mean(), posterior.prior().mean(posterior.space()));
      return new Couplings(
          form.sums(posterior.space(), Arrays.times(delta, posterior.variances())),
          form.sums(posterior.space(), Arrays.times(delta, Arrays.squares(r))),
          squares(posterior, form, each));
    }

    private static double[][] squares(
        LaplacePosterior<?> posterior, Hyperparameters form, ColumnOfInverse each) {
      double[] delta = posterior.prior().precisions(posterior.space());
      int[] places = form.places(posterior.space());
      double[][] sums = new double[form.count(posterior.space())][];
      java.util.Arrays.setAll(sums, g -> new double[sums.length]);
      double[] unit = new double[delta.length];
      for (int i = 0; i < delta.length; i++) {
        unit[i] = 1;
        double[] column = posterior.precision().solve(unit);
        unit[i] = 0;
        each.see(i, column);
        double[] row = form.sums(posterior.space(), Arrays.times(delta, Arrays.squares(column)));
        Arrays.addScaled(delta[i], row, sums[places[i]]);
      }
      return sums;
    }

    /** k (G). */
    double[] rest() {
      double[] k = new double[s.length];
      java.util.Arrays.setAll(k, g -> Arrays.sum(m[g]) - s[g]);
      return k;
    }
  }
}
