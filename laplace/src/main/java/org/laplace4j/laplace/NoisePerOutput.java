package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.laplace4j.laplace.curvature.Curvature;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.DiagonalGgn;
import org.laplace4j.laplace.curvature.Ggn;
import org.laplace4j.laplace.curvature.OneOutput;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.operator.TraceOfQuotient;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/**
 * The posterior of a regression under every noise σ (C), one an output, at the same θ*: the
 * curvature is a sum over outputs, each found by one pass over the data, and then none is needed.
 *
 * <pre>
 *   H(σ) = Σ_c H_c/σ_c²                       H_c = Σₙ J_ncᵀ J_nc, as its structure keeps it
 *   γ_c  = tr(P⁻¹ H_c)/(σ_c² T)               how many parameters output c determines; Σ_c γ_c = γ
 * </pre>
 *
 * <p>For the GGN, and for structures of which the sum of what they keep of each output is what they
 * keep of all: full, block-diagonal, diagonal, Kronecker, functional.
 */
public final class NoisePerOutput {
  /**
   * Of log det P, at the noise of the fit: the sum over outputs is the same to rounding, or not.
   */
  private static final double SAME = 1e-6;

  private final LaplacePosterior<Gaussian> fitted;
  private final List<Curvature> ofOutputs;

  private NoisePerOutput(LaplacePosterior<Gaussian> fitted, List<Curvature> ofOutputs) {
    this.fitted = fitted;
    this.ofOutputs = ofOutputs;
  }

  /**
   * By C passes over the data that a posterior was fitted to.
   *
   * @throws IllegalArgumentException if that is another number of examples, or if the curvature is
   *     not a sum over outputs
   */
  public static NoisePerOutput of(LaplacePosterior<Gaussian> posterior, Dataset data) {
    Approximation<Gaussian> how = posterior.approximation();
    if (data.size() != posterior.dataFit().examples()) {
      throw new IllegalArgumentException(
          "NoisePerOutput: the posterior was fitted to " + posterior.dataFit().examples()
              + " examples, got " + data.size() + "; give the data of the fit.");
    }
    if (!(how.source() instanceof Ggn || how.source() instanceof DiagonalGgn)) {
      throw new IllegalArgumentException("NoisePerOutput: the curvature is " + how.source()
          + ", in which the outputs are not apart; use CurvatureSource.ggn(), or fit again for each"
          + " noise.");
    }
    List<Curvature> ofOutputs = new ArrayList<>();
    for (int c = 0; c < posterior.dataFit().residualSquares().length; c++) {
      CurvatureSource ofOutput = new OneOutput(CurvatureSource.ggn(), c);
      Passes g = new Passes(posterior.model(), Gaussian.of(1), ofOutput, data, 0);
      ofOutputs.add(how.structure().curvature(g).times(1 / how.temperature()));
    }
    NoisePerOutput all = new NoisePerOutput(posterior, ofOutputs);
    double logDet = posterior.precision().logDet();
    double summed = all.at(all.sigma(), posterior.prior()).precision().logDet();
    if (Math.abs(summed - logDet) > SAME * Math.max(1, Math.abs(logDet))) {
      throw new IllegalArgumentException("NoisePerOutput: what Structure." + how.structure()
          + " keeps of " + ofOutputs.size() + " outputs one by one is not what it keeps of all (log"
          + " det P is " + summed + " and " + logDet
          + "); use another structure, or fit again for each noise.");
    }
    return all;
  }

  /** σ of the fit, (C). */
  public double[] sigma() {
    double[] variances = fitted.likelihood().variances(ofOutputs.size());
    return org.laplace4j.linalg.Arrays.sqrt(variances);
  }

  /** The posterior under noises σ (C) and a prior. */
  public LaplacePosterior<Gaussian> at(double[] sigma, Prior prior) {
    if (sigma.length != ofOutputs.size()) {
      throw new IllegalArgumentException("NoisePerOutput.at: " + sigma.length
          + " noises were given for " + ofOutputs.size() + " outputs; give one an output.");
    }
    Gaussian likelihood = Gaussian.perOutput(sigma);
    Curvature sum = under(0, sigma);
    for (int c = 1; c < sigma.length; c++) {
      sum = sum.plus(under(c, sigma));
    }
    return new LaplacePosterior<>(
        fitted.model(),
        fitted.approximation().with(likelihood),
        fitted.dataFit().under(likelihood),
        sum,
        prior);
  }

  /** γ_c of each output under one of these posteriors, (C). */
  public double[] effectiveParameters(LaplacePosterior<Gaussian> at) {
    double[] delta = at.prior().precisions(at.space());
    double[] sigma = org.laplace4j.linalg.Arrays.sqrt(at.likelihood().variances(ofOutputs.size()));
    double ofPrior = org.laplace4j.linalg.Arrays.dot(delta, at.variances());
    double[] gamma = new double[sigma.length];
    // The trace is of two operators: H_c with the prior, whose own part is taken off again.
    Arrays.setAll(gamma, c -> {
      SpdOperator alone = under(c, sigma).plusPrior(delta);
      return TraceOfQuotient.of(alone, at.precision()) - ofPrior;
    });
    return gamma;
  }

  private Curvature under(int c, double[] sigma) {
    return ofOutputs.get(c).times(1 / (sigma[c] * sigma[c]));
  }
}
