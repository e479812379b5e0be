package org.laplace4j.laplace.evidence;

import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The second derivatives of the log evidence in closed form, in the logarithms of the precisions
 * that the prior has, G of them: one, one a parameter tensor, or one an element. The eigenvalues of
 * minus its inverse say how well the data determine them.
 *
 * <pre>
 *   sᵢ = δᵢ (P⁻¹)ᵢᵢ          qᵢ = δᵢ (θ*ᵢ − μᵢ)²          Mᵢⱼ = δᵢ δⱼ (P⁻¹)ᵢⱼ²
 *
 *   ∂² log p(D) / ∂ log δᵢ ∂ log δⱼ = ½ Mᵢⱼ − ½ [i = j] (sᵢ + qᵢ)        summed over what shares a precision
 *   ∂² log p(D) / ∂ log δᵢ ∂ log σ  = ½ p (Σⱼ Mᵢⱼ − sᵢ)
 *   ∂² log p(D) / ∂ (log σ)²        = ½ p² (Σᵢⱼ Mᵢⱼ − Σᵢ sᵢ) − 2 Σ w r²/(σ² T)
 * </pre>
 *
 * <p>p is the power in H ∝ σ⁻ᵖ. One solve an element of R^Θ; P⁻¹ is not kept.
 */
public final class EvidenceHessian {
  private EvidenceHessian() {}

  /** In the log precisions, (G, G). */
  public static Matrix byLogPrecision(LaplacePosterior<? extends Likelihood> posterior) {
    Hyperparameters form = Hyperparameters.of(posterior.prior());
    double[][] squares = squares(posterior, form);
    double[] delta = posterior.prior().precisions(posterior.space());
    double[] r = Arrays.minus(posterior.mean(), posterior.prior().mean(posterior.space()));
    double[] pull = form.sums(posterior.space(), Arrays.times(delta, Arrays.squares(r)));
    double[] s = shares(posterior, form);
    int groups = s.length;
    double[] hessian = new double[groups * groups];
    for (int g = 0; g < groups; g++) {
      for (int h = 0; h < groups; h++) {
        hessian[g * groups + h] = 0.5 * (squares[g][h] - (g == h ? s[g] + pull[g] : 0));
      }
    }
    return Matrix.adopt(groups, groups, hessian);
  }

  /** In the log precisions and, last, in the log σ that all outputs share, (G + 1, G + 1). */
  public static Matrix byLogPrecisionAndNoise(LaplacePosterior<Gaussian> posterior) {
    Hyperparameters form = Hyperparameters.of(posterior.prior());
    double[][] squares = squares(posterior, form);
    double[] s = shares(posterior, form);
    Matrix precisions = byLogPrecision(posterior);
    int groups = s.length;
    int p = posterior.noisePower();
    double[] hessian = new double[(groups + 1) * (groups + 1)];
    double all = 0;
    for (int g = 0; g < groups; g++) {
      System.arraycopy(precisions.row(g), 0, hessian, g * (groups + 1), groups);
      double coupled = Arrays.sum(squares[g]) - s[g];
      hessian[g * (groups + 1) + groups] = 0.5 * p * coupled;
      hessian[groups * (groups + 1) + g] = 0.5 * p * coupled;
      all += coupled;
    }
    hessian[hessian.length - 1] =
        0.5 * p * p * all - Arrays.sum(EvidenceGradient.concavityByLogNoise(posterior));
    return Matrix.adopt(groups + 1, groups + 1, hessian);
  }

  /** Σ sᵢ over each group, (G). */
  private static double[] shares(LaplacePosterior<?> posterior, Hyperparameters form) {
    double[] delta = posterior.prior().precisions(posterior.space());
    return form.sums(posterior.space(), Arrays.times(delta, posterior.variances()));
  }

  /** Σ Mᵢⱼ over pairs of groups, (G, G). */
  private static double[][] squares(LaplacePosterior<?> posterior, Hyperparameters form) {
    double[] delta = posterior.prior().precisions(posterior.space());
    int[] places = form.places(posterior.space());
    double[][] sums = new double[form.count(posterior.space())][];
    java.util.Arrays.setAll(sums, g -> new double[sums.length]);
    double[] unit = new double[delta.length];
    for (int i = 0; i < delta.length; i++) {
      unit[i] = 1;
      double[] column = posterior.precision().solve(unit);
      unit[i] = 0;
      double[] row = form.sums(posterior.space(), Arrays.times(delta, Arrays.squares(column)));
      Arrays.addScaled(delta[i], row, sums[places[i]]);
    }
    return sums;
  }
}
