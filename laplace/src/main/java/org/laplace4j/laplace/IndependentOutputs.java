package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.evidence.Evidence;
import org.laplace4j.laplace.predict.OutputDistribution;
import org.laplace4j.laplace.predict.OutputPredictive;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * The outputs of the linearised network as independent Gaussian processes (Immer et al. 2021), each
 * with a posterior of its own, as if every output had its own copy of the weights.
 *
 * <pre>
 *   f_c(x) ~ N(f_c(θ*, x), J_c(x) P_c⁻¹ J_c(x)ᵀ)        P_c = P₀ + Σₙ Λₙcc Jₙcᵀ Jₙc / T
 *
 *   log p(D) ≈ log p(D | θ*) / T − ½ Σ_c ((θ* − μ)ᵀ P₀ u_c + log (det P_c / det P₀))
 * </pre>
 *
 * <p>u_c is the part of θ* − μ that the data see through output c ({@link #seen}): so an output
 * does not pay for weights that it has no use for, and the sum is that of one network where no
 * weight is shared.
 *
 * <p>The functional structure then needs C matrices of N² numbers in place of one of (N C)². Exact
 * where outputs share no random weight and Λ is diagonal: the last layer of a regression. Otherwise
 * what the outputs have in common is left out, and each is surer or less sure than it should be.
 * There are no draws of weights: C copies of them are no network.
 *
 * @param <L> the likelihood
 */
public final class IndependentOutputs<L extends Likelihood> {
  /** ε. */
  private static final double UNSEEN = 1e-6;

  /** Of the largest hᵢᵢ/δᵢ: what is below this part of it is rounding. */
  private static final double ROUNDING = 1e-12;

  private final List<LaplacePosterior<L>> posteriors;
  private final Memo<List<double[]>> seen;

  IndependentOutputs(List<LaplacePosterior<L>> posteriors) {
    this.posteriors = List.copyOf(posteriors);
    // Kept once made: the evidence and its gradient both need it, for a solve an output.
    this.seen =
        new Memo<>(() -> this.posteriors.stream().map(IndependentOutputs::seen).toList());
  }

  /**
   * N(θ*, P_c⁻¹) for each output c: for what output c alone is asked. The evidence of each counts
   * the fit of all outputs, and its draws are weights that output c alone would have.
   */
  public List<LaplacePosterior<L>> posteriors() {
    return posteriors;
  }

  /** p(y | f). */
  public L likelihood() {
    return posteriors.get(0).likelihood();
  }

  /** The prior, one for all outputs. */
  public Prior prior() {
    return posteriors.get(0).prior();
  }

  /**
   * The outputs at x (B, …): diagonal covariances, (B, C, C). Each output is pulled back by itself.
   */
  public OutputDistribution outputs(Tensor x) {
    PredictionInputs.check("IndependentOutputs.outputs", x);
    int outputs = posteriors.size();
    int b = x.shape().dim(0);
    double[] covariance = new double[b * outputs * outputs];
    for (int c = 0; c < outputs; c++) {
      int n = 0;
      for (double[] part : variances(x, c)) {
        for (double variance : part) {
          covariance[(n++ * outputs + c) * outputs + c] = variance;
        }
      }
    }
    return new OutputDistribution(
        posteriors.get(0).model().outputs(x),
        Tensor.adopt(Shape.of(b, outputs, outputs), covariance));
  }

  private List<double[]> variances(Tensor x, int c) {
    LaplacePosterior<L> posterior = posteriors.get(c);
    return posterior
        .model()
        .chunked(x, c, (f, j) -> posterior.precision().inverseQuadraticDiagonal(j));
  }

  /** What the posteriors say of inputs x (B, …), in the way that a predictive describes. */
  public <T> T predict(Tensor x, OutputPredictive<? super L, T> predictive) {
    return predictive.of(likelihood(), outputs(x));
  }

  /** The log evidence, term by term: the fit once, all else summed over outputs. */
  public Evidence evidence() {
    double quadratic = 0;
    double logDetRatio = 0;
    double variance = 0;
    for (int c = 0; c < posteriors.size(); c++) {
      Evidence one = posteriors.get(c).evidence();
      quadratic += Arrays.dot(pull(posteriors.get(c)), seen.get().get(c));
      logDetRatio += one.logDetRatio();
      variance += one.logDetStandardError() * one.logDetStandardError();
    }
    return new Evidence(
        posteriors.get(0).evidence().logLikelihood(), quadratic, logDetRatio, Math.sqrt(variance));
  }

  /**
   * u_c for each output c, (Θ): of θ* − μ what H_c sees, the rest being where P₀ would have it.
   *
   * <pre>  u_c = (H_c + ε P₀)⁻¹ H_c (θ* − μ),  ε = 1e-6  </pre>
   *
   * <p>ε counts as unseen what the data know a million times less well than the prior does; where
   * they know something else 1e12 times better than that, it is more, to be above rounding.
   */
  public List<double[]> seen() {
    return seen.get().stream().map(double[]::clone).toList();
  }

  private static double[] seen(LaplacePosterior<?> posterior) {
    double[] delta = posterior.prior().precisions(posterior.space());
    double largest = 0; // hᵢᵢ/δᵢ = Pᵢᵢ/δᵢ − 1
    for (double ratio : Arrays.dividedBy(posterior.precision().diagonal(), delta)) {
      largest = Math.max(largest, ratio - 1);
    }
    double epsilon = Math.max(UNSEEN, ROUNDING * largest);
    SpdOperator p = posterior.curvature().times(1 / epsilon).plusPrior(delta);
    return Arrays.minus(offset(posterior), p.solve(pull(posterior)));
  }

  /** P₀ (θ* − μ). */
  private static double[] pull(LaplacePosterior<?> posterior) {
    return Arrays.times(posterior.prior().precisions(posterior.space()), offset(posterior));
  }

  /** θ* − μ. */
  private static double[] offset(LaplacePosterior<?> posterior) {
    return Arrays.minus(posterior.mean(), posterior.prior().mean(posterior.space()));
  }

  /** γ, the sum over outputs: between 0 and C Θ. */
  public double effectiveParameters() {
    return posteriors.stream()
        .mapToDouble(LaplacePosterior::effectiveParameters)
        .sum();
  }

  /** The same under another prior; the data are not needed again. */
  public IndependentOutputs<L> withPrior(Prior other) {
    return each(posterior -> posterior.withPrior(other));
  }

  /** The posteriors of these and more data at the same θ*, under the same prior. */
  public IndependentOutputs<L> plus(Dataset more) {
    return each(posterior -> posterior.plus(more));
  }

  /** The same under another noise, one σ for all outputs, and another prior. */
  public static IndependentOutputs<Gaussian> withNoise(
      IndependentOutputs<Gaussian> outputs, double sigma, Prior prior) {
    return outputs.each(posterior -> LaplacePosterior.withNoise(posterior, sigma, prior));
  }

  private IndependentOutputs<L> each(UnaryOperator<LaplacePosterior<L>> of) {
    List<LaplacePosterior<L>> changed = new ArrayList<>();
    posteriors.forEach(posterior -> changed.add(of.apply(posterior)));
    return new IndependentOutputs<>(changed);
  }
}
