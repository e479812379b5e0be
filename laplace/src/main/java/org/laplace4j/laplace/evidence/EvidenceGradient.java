package org.laplace4j.laplace.evidence;

import java.util.List;
import org.laplace4j.laplace.DataFit;
import org.laplace4j.laplace.IndependentOutputs;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.NoisePerOutput;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The gradient of the log evidence in closed form: no derivative is taken through linear algebra.
 */
public final class EvidenceGradient {
  private EvidenceGradient() {}

  /**
   * With respect to log δᵢ of every element, (Θ); a shared precision has the sum over its elements.
   *
   * <pre>  ∂ log p(D) / ∂ log δᵢ = ½ (1 − δᵢ (P⁻¹)ᵢᵢ − δᵢ (θ*ᵢ − μᵢ)²)  </pre>
   */
  public static double[] byLogPrecision(LaplacePosterior<? extends Likelihood> posterior) {
    double[] delta = posterior.prior().precisions(posterior.space());
    double[] variance = posterior.variances();
    double[] r = Arrays.minus(posterior.mean(), posterior.prior().mean(posterior.space()));
    double[] gradient = new double[delta.length];
    for (int i = 0; i < delta.length; i++) {
      gradient[i] = 0.5 * (1 - delta[i] * variance[i] - delta[i] * r[i] * r[i]);
    }
    return gradient;
  }

  /**
   * The same for independent outputs, u_c being what the data see of θ* − μ through output c.
   *
   * <pre>  ∂ log p(D) / ∂ log δᵢ = ½ Σ_c (1 − δᵢ (P_c⁻¹)ᵢᵢ − δᵢ u_cᵢ²)  </pre>
   */
  public static double[] byLogPrecision(IndependentOutputs<?> outputs) {
    List<double[]> seen = outputs.seen();
    double[] gradient = new double[seen.get(0).length];
    for (int c = 0; c < seen.size(); c++) {
      LaplacePosterior<?> posterior = outputs.posteriors().get(c);
      double[] delta = posterior.prior().precisions(posterior.space());
      double[] variance = posterior.variances();
      double[] u = seen.get(c);
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] += 0.5 * (1 - delta[i] * variance[i] - delta[i] * u[i] * u[i]);
      }
    }
    return gradient;
  }

  /**
   * How fast that falls along each log δᵢ, (Θ). Summed over elements that share a precision it is
   * an upper bound, since what couples them is left out.
   *
   * <pre>  −∂² log p(D) / ∂ (log δᵢ)² = ½ (δᵢ (P⁻¹)ᵢᵢ (1 − δᵢ (P⁻¹)ᵢᵢ) + δᵢ (θ*ᵢ − μᵢ)²)  </pre>
   */
  static double[] concavityByLogPrecision(LaplacePosterior<? extends Likelihood> posterior) {
    double[] delta = posterior.prior().precisions(posterior.space());
    double[] variance = posterior.variances();
    double[] r = Arrays.minus(posterior.mean(), posterior.prior().mean(posterior.space()));
    double[] concavity = new double[delta.length];
    for (int i = 0; i < delta.length; i++) {
      double s = delta[i] * variance[i];
      concavity[i] = 0.5 * (s * (1 - s) + delta[i] * r[i] * r[i]);
    }
    return concavity;
  }

  /** The same for independent outputs: the sum over outputs. */
  static double[] concavityByLogPrecision(IndependentOutputs<?> outputs) {
    double[] concavity = new double[outputs.posteriors().get(0).space().size()];
    for (LaplacePosterior<?> posterior : outputs.posteriors()) {
      Arrays.addScaled(1, concavityByLogPrecision(posterior), concavity);
    }
    return concavity;
  }

  /**
   * With respect to log σ of a Gaussian noise that all outputs share, with H ∝ σ⁻ᵖ; where each
   * output has its own, along all of them together.
   *
   * <pre>  ∂ log p(D) / ∂ log σ = (Σ_c Σ w r_c²/σ_c² − W C)/T + (p/2) γ,  W = Σ w  </pre>
   */
  public static double byLogNoise(LaplacePosterior<Gaussian> posterior) {
    DataFit fit = posterior.dataFit();
    double[] squares = fit.residualSquares();
    double[] variances = posterior.likelihood().variances(squares.length);
    double misfit =
        Arrays.sum(Arrays.dividedBy(squares, variances)) - fit.weight() * squares.length;
    return misfit / posterior.temperature()
        + 0.5 * posterior.noisePower() * posterior.effectiveParameters();
  }

  /**
   * With respect to log σ_c of each output, (C), for a posterior of this family.
   *
   * <pre>  ∂ log p(D) / ∂ log σ_c = (Σ w r_c²/σ_c² − W)/T + γ_c  </pre>
   */
  public static double[] byLogNoises(LaplacePosterior<Gaussian> posterior, NoisePerOutput noise) {
    DataFit fit = posterior.dataFit();
    double[] squares = fit.residualSquares();
    double[] variances = posterior.likelihood().variances(squares.length);
    double[] gradient = noise.effectiveParameters(posterior);
    for (int c = 0; c < gradient.length; c++) {
      gradient[c] += (squares[c] / variances[c] - fit.weight()) / posterior.temperature();
    }
    return gradient;
  }

  /**
   * How fast that falls along each log σ_c, (C), without the part of γ, which is small beside it;
   * summed where outputs share one σ.
   *
   * <pre>  2 Σ w r_c² / (σ_c² T)  </pre>
   */
  static double[] concavityByLogNoise(LaplacePosterior<Gaussian> posterior) {
    double[] squares = posterior.dataFit().residualSquares();
    double[] variances = posterior.likelihood().variances(squares.length);
    return Arrays.scale(Arrays.dividedBy(squares, variances), 2 / posterior.temperature());
  }

  /**
   * With respect to log T, the likelihood being taken to the power 1/T, its normaliser included.
   *
   * <pre>  ∂ log p(D) / ∂ log T = −log p(D | θ*)/T + γ/2  </pre>
   *
   * <p>It has no maximum to climb to, since p(y | f)^(1/T) is no density: where log p(D | θ*) is
   * below zero, as it is for classes, the evidence rises for ever with T; where it is above, it
   * rises for ever as T falls. With its own normaliser the tempered Gaussian is one of variance T
   * σ², so T and σ² trade off, and the noise is what the evidence can tell
   * ({@link MarginalLikelihood#andNoise}). Otherwise a temperature is chosen by what it predicts
   * ({@link Tuner#temperature}).
   */
  public static double byLogTemperature(LaplacePosterior<? extends Likelihood> posterior) {
    return -posterior.dataFit().logLikelihood() / posterior.temperature()
        + 0.5 * posterior.effectiveParameters();
  }
}
