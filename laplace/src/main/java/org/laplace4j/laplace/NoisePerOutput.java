package org.laplace4j.laplace;

import static org.laplace4j.linalg.Arrays.addScaled;
import static org.laplace4j.linalg.Arrays.dot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
  /** Of (H + h I) v: what sums in another order, and products in eigenbases, may differ by. */
  private static final double SAME = 1e-9;

  /** No matrix but 0 takes a vector of random numbers to 0; of three, none to nearly 0. */
  private static final int PROBES = 3;

  private static final long SEED = 7;

  private final LaplacePosterior<Gaussian> fitted;
  private final List<Curvature> ofOutputs;

  private NoisePerOutput(LaplacePosterior<Gaussian> fitted, List<Curvature> ofOutputs) {
    this.fitted = fitted;
    this.ofOutputs = ofOutputs;
  }

  /**
   * By C passes over the data that a posterior was fitted to.
   *
   * @throws IllegalArgumentException if that is another number of examples, if the curvature is not
   *     a sum over outputs, or if the curvatures of all outputs do not go into the heap together
   */
  public static NoisePerOutput of(LaplacePosterior<Gaussian> posterior, Dataset data) {
    Approximation<Gaussian> how = posterior.approximation();
    posterior.dataFit().requireDataOfFit("NoisePerOutput", data);
    if (!(how.source() instanceof Ggn || how.source() instanceof DiagonalGgn)) {
      throw new IllegalArgumentException("NoisePerOutput: the curvature is " + how.source()
          + ", in which the outputs are not apart; use CurvatureSource.ggn(), or fit again for each"
          + " noise.");
    }
    int outputs = posterior.dataFit().residualSquares().length;
    Passes whole = new Passes(posterior.model(), how.likelihood(), how.source(), data, 0);
    HeapCheck.require(
        "NoisePerOutput, of " + outputs + " outputs",
        Plan.besideOutputs(
            how.structure(),
            whole.workload(posterior.prior()),
            passes(posterior, 0, data).workload(posterior.prior()),
            Runtime.getRuntime().maxMemory()),
        Optional::empty);
    List<Curvature> ofOutputs = new ArrayList<>();
    for (int c = 0; c < outputs; c++) {
      Passes g = passes(posterior, c, data);
      ofOutputs.add(how.structure().curvature(g).times(1 / how.temperature()));
    }
    NoisePerOutput all = new NoisePerOutput(posterior, ofOutputs);
    double difference = all.differenceFromSum(whole);
    if (!(difference <= SAME)) {
      throw new IllegalArgumentException("NoisePerOutput: what Structure." + how.structure()
          + " keeps of " + outputs + " outputs one by one is not what it keeps of all: products"
          + " with them may differ by rounding, " + SAME + " of their length, but do by "
          + difference + "; use another structure, or fit again for each noise.");
    }
    return all;
  }

  private static Passes passes(LaplacePosterior<Gaussian> posterior, int output, Dataset data) {
    CurvatureSource ofOutput = new OneOutput(CurvatureSource.ggn(), output);
    return new Passes(posterior.model(), Gaussian.of(1), ofOutput, data, 0);
  }

  /**
   * ‖Σ_c H_c v/σ_c² − H v‖/‖(H + h I) v‖, the most over some v. The operators that multiply are
   * under a prior h, the mean diagonal entry of H, whatever the posterior's own, which could hide
   * H.
   */
  private double differenceFromSum(Passes whole) {
    SplittableRandom rng = new SplittableRandom(SEED);
    double[][] v = new double[PROBES][];
    Arrays.setAll(v, i -> rng.doubles(fitted.space().size(), -1, 1).toArray());
    double h = meanDiagonal(whole, v);
    double[][] expected = products(fitted.curvature(), h, v);
    double[][] rest = Arrays.stream(expected).map(double[]::clone).toArray(double[][]::new);
    double[] sigma = sigma();
    for (int c = 0; c < sigma.length; c++) {
      double[][] own = products(under(c, sigma), h, v);
      for (int i = 0; i < PROBES; i++) {
        addScaled(-1, own[i], rest[i]);
        addScaled(c == 0 ? 0 : h, v[i], rest[i]); // there is one h in what is expected
      }
    }
    double most = 0;
    for (int i = 0; i < PROBES; i++) {
      most = Math.max(most, Math.sqrt(dot(rest[i], rest[i]) / dot(expected[i], expected[i])));
    }
    return most;
  }

  /** By E vᵀ H v = tr H/3 and E vᵀ v = Θ/3; 1 where there is no curvature at all. */
  private double meanDiagonal(Passes whole, double[][] v) {
    double curvature = 0;
    double squares = 0;
    for (double[] probe : v) {
      curvature += dot(probe, whole.times(probe)) / fitted.temperature();
      squares += dot(probe, probe);
    }
    return curvature > 0 ? curvature / squares : 1;
  }

  /** (H + h I) v for each v. */
  private static double[][] products(Curvature curvature, double h, double[][] v) {
    double[] delta = new double[v[0].length];
    Arrays.fill(delta, h);
    SpdOperator p = curvature.plusPrior(delta);
    return Arrays.stream(v).map(p::times).toArray(double[][]::new);
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
    double ofPrior = dot(at.prior().precisions(at.space()), at.variances());
    // The trace is of two operators: H_c with the prior, whose own part is taken off again.
    return IntStream.range(0, ofOutputs.size())
        .mapToDouble(c -> TraceOfQuotient.of(precision(at, c), at.precision()) - ofPrior)
        .toArray();
  }

  /**
   * H_c/(σ_c² T) + P₀ of output c under one of these posteriors: its precision if the data of this
   * output were all there is.
   *
   * @throws IllegalArgumentException if it is none of these posteriors
   */
  public SpdOperator precision(LaplacePosterior<Gaussian> at, int c) {
    if (!at.model().equals(fitted.model())) {
      throw new IllegalArgumentException("NoisePerOutput.precision: a posterior over "
          + at.space().size() + " elements was given that is not of this family; give one that at()"
          + " made, or the one that the family was made of.");
    }
    double[] sigma = org.laplace4j.linalg.Arrays.sqrt(at.likelihood().variances(ofOutputs.size()));
    return under(c, sigma).plusPrior(at.prior().precisions(at.space()));
  }

  private Curvature under(int c, double[] sigma) {
    return ofOutputs.get(c).times(1 / (sigma[c] * sigma[c]));
  }
}
