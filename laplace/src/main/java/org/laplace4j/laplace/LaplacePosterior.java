package org.laplace4j.laplace;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.curvature.Curvature;
import org.laplace4j.laplace.curvature.GradientRows;
import org.laplace4j.laplace.evidence.Evidence;
import org.laplace4j.laplace.evidence.Tuned;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * N(θ; θ*, P⁻¹) over R^Θ with P = H/T + P₀: the posterior of the selected weights; all others are
 * fixed at θ*. Immutable, and safe to use from several threads.
 *
 * @param <L> the likelihood
 */
public final class LaplacePosterior<L extends Likelihood> {
  private final LinearizedModel model;
  private final Approximation<L> approximation;
  private final DataFit fit;
  private final Curvature curvature;
  private final Prior prior;
  private final double[] delta;
  private final Memo<double[]> offsetSquares;
  private final SpdOperator precision;
  private final Memo<double[]> variances;

  LaplacePosterior(
      LinearizedModel model,
      Approximation<L> approximation,
      DataFit fit,
      Curvature curvature,
      Prior prior) {
    this(model, approximation, fit, curvature, prior, offsetSquares(model, prior));
  }

  private LaplacePosterior(
      LinearizedModel model,
      Approximation<L> approximation,
      DataFit fit,
      Curvature curvature,
      Prior prior,
      Memo<double[]> offsetSquares) {
    this.model = model;
    this.approximation = approximation;
    this.fit = fit;
    this.curvature = curvature;
    this.prior = prior;
    this.delta = prior.precisions(model.space());
    this.offsetSquares = offsetSquares;
    this.precision = curvature.plusPrior(delta);
    // Kept once made: tuning asks for them several times, and they may cost as much as P did.
    this.variances = new Memo<>(precision::inverseDiagonal);
  }

  /**
   * (θ*ᵢ − μᵢ)², (Θ), which no precision changes; a mean of the wrong length is refused at once.
   */
  private static Memo<double[]> offsetSquares(LinearizedModel model, Prior prior) {
    double[] mu = prior.mean(model.space());
    return new Memo<>(() -> Arrays.squares(Arrays.minus(model.mean(), mu)));
  }

  /** H/T + P₀ at θ*, from as many passes over the data as the structure needs. */
  static <L extends Likelihood> LaplacePosterior<L> fit(
      LinearizedModel model, Approximation<L> approximation, Prior prior, Dataset data) {
    Passes g = new Passes(model, approximation.likelihood(), approximation.source(), data, 0);
    return fit(g, model, approximation, prior);
  }

  private static <L extends Likelihood> LaplacePosterior<L> fit(
      Passes g, LinearizedModel model, Approximation<L> approximation, Prior prior) {
    Curvature h = approximation.structure().curvature(g).times(1 / approximation.temperature());
    return new LaplacePosterior<>(model, approximation, g.fit(), h, prior);
  }

  /** R^Θ: which weights are random, and in which order. */
  public ParameterSpace space() {
    return model.space();
  }

  /** The model around θ*. */
  public LinearizedModel model() {
    return model;
  }

  /** How data became this posterior. */
  Approximation<L> approximation() {
    return approximation;
  }

  /** p(y | f). */
  public L likelihood() {
    return approximation.likelihood();
  }

  /** T. */
  public double temperature() {
    return approximation.temperature();
  }

  /** How well the model fits the data at θ*. */
  public DataFit dataFit() {
    return fit;
  }

  /** H/T as its structure kept it. */
  public Curvature curvature() {
    return curvature;
  }

  /** The prior. */
  public Prior prior() {
    return prior;
  }

  /** θ*, the mean, (Θ). */
  public double[] mean() {
    return model.mean();
  }

  /** P, the precision. */
  public SpdOperator precision() {
    return precision;
  }

  /**
   * The diagonal of P⁻¹: the variance of each weight, (Θ). Estimates where P is known by its
   * products alone ({@link org.laplace4j.linalg.operator.MaskedKroneckerSpd}), else exact.
   */
  public double[] variances() {
    return variances.get().clone();
  }

  /**
   * log N(θ; θ*, P⁻¹) with its constants.
   *
   * <pre>  ½ (log det P − (θ − θ*)ᵀ P (θ − θ*) − Θ log 2π)  </pre>
   */
  public double logDensity(double[] theta) {
    if (theta.length != space().size()) {
      throw new IllegalArgumentException("LaplacePosterior.logDensity: the space has "
          + space().size() + " elements, got " + theta.length + ".");
    }
    double[] r = Arrays.minus(theta, mean());
    return 0.5
        * (precision.logDet()
            - Arrays.dot(r, precision.times(r))
            - r.length * Math.log(2 * Math.PI));
  }

  /**
   * The Kullback–Leibler divergence of this posterior N(μ_p, P⁻¹) from another N(μ_q, Q⁻¹), in
   * nats, at least 0.
   *
   * <pre>
   *   KL(p ‖ q) = ½ (tr(Q P⁻¹) + (μ_q − μ_p)ᵀ Q (μ_q − μ_p) − Θ + log det P − log det Q)
   * </pre>
   *
   * @throws IllegalArgumentException if they are not over the same elements of parameters of the
   *     same names, or if the two forms have no closed trace and too many elements for another
   *     ({@link org.laplace4j.linalg.operator.TraceOfQuotient})
   */
  public double klDivergence(LaplacePosterior<?> other) {
    return PosteriorPair.of("LaplacePosterior.klDivergence", this, other).klDivergence();
  }

  /**
   * The 2-Wasserstein distance between this posterior and another, in the unit of the weights.
   *
   * @throws IllegalArgumentException as {@link #wasserstein2Squared}
   */
  public double wasserstein2(LaplacePosterior<?> other) {
    return Math.sqrt(wasserstein2Squared(other));
  }

  /**
   * The squared 2-Wasserstein distance between this posterior and another.
   *
   * <pre>  ‖μ_p − μ_q‖² + tr(P⁻¹ + Q⁻¹ − 2 (P^-½ Q⁻¹ P^-½)^½)  </pre>
   *
   * @throws IllegalArgumentException if they are not over the same elements of parameters of the
   *     same names, or if the two forms have no closed distance and too many elements for a dense
   *     one ({@link org.laplace4j.linalg.operator.BuresDistance})
   */
  public double wasserstein2Squared(LaplacePosterior<?> other) {
    return PosteriorPair.of("LaplacePosterior.wasserstein2Squared", this, other)
        .wasserstein2Squared();
  }

  /**
   * The log evidence, term by term: that of what the structure keeps. {@link WholeEvidence} is that
   * of the whole curvature.
   */
  public Evidence evidence() {
    return new Evidence(
        fit.logLikelihood() / temperature(),
        Arrays.dot(delta, offsetSquares.get()),
        precision.logDet() - prior.logDet(space()),
        precision.logDetStandardError());
  }

  /**
   * γ = Θ − Σᵢ δᵢ (P⁻¹)ᵢᵢ, the number of parameters that the data determine, between 0 and Θ
   * (MacKay 1992).
   */
  public double effectiveParameters() {
    return space().size() - Arrays.dot(delta, variances());
  }

  /**
   * S draws of the weights, none of which is held: each is made when it is asked for. A draw
   * depends on the key that is taken from {@code rng} and its own number only.
   */
  public WeightSamples samples(int count, RandomGenerator rng) {
    return WeightSamples.of(model, precision, count, rng.nextLong());
  }

  /** What the posterior says of inputs x (B, …), B ≥ 1, in the way that a predictive describes. */
  public <T> T predict(Tensor x, Predictive<? super L, T> predictive) {
    PredictionInputs.check("LaplacePosterior.predict", x);
    try {
      return predictive.predict(this, x);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "LaplacePosterior.predict: inputs " + x.shape() + ": " + e.getMessage(), e);
    }
  }

  /**
   * The posterior of these and more data at the same θ*, under the same prior. A shard is fitted
   * alone and added, or a stream batch by batch: the curvatures add, and no weight moves.
   *
   * <p>Full, block-diagonal, diagonal and functional: the posterior of all the data, to rounding
   * (of M points of the data, that of M of each part). Kronecker: the factors add, which is the
   * Kronecker approximation of all the data (and not the sum of the two matrices). EKFAC: in the
   * eigenbases of the added factors, the diagonal of the sum; what lies off it is lost. Low rank:
   * the leading eigenpairs of the sum of what both kept.
   *
   * <p>Where θ is to move on with the new data, see {@link #asPrior}.
   */
  public LaplacePosterior<L> plus(Dataset more) {
    LaplacePosterior<L> added = fitToMore(more, fit.examples());
    return new LaplacePosterior<>(
        model, approximation, fit.plus(added.fit), curvature.plus(added.curvature), prior);
  }

  /**
   * The rows of the curvature and the products with it and with the true Hessian over some data, at
   * θ* and without temperature.
   */
  GradientRows passes(Dataset data) {
    return new Passes(model, approximation.likelihood(), approximation.source(), data, 0);
  }

  /** The posterior of other data alone, at the same θ* and under the same prior. */
  public LaplacePosterior<L> ofData(Dataset other) {
    return fitToMore(other, 0);
  }

  private LaplacePosterior<L> fitToMore(Dataset data, long first) {
    Passes g = new Passes(model, approximation.likelihood(), approximation.source(), data, first);
    double heap = Runtime.getRuntime().maxMemory();
    HeapCheck.require(Plan.of(approximation.structure(), g.workload(prior), heap), Optional::empty);
    return fit(g, model, approximation, prior);
  }

  /**
   * This posterior as the prior of what comes next: N(θ*, diag(P)⁻¹), around θ* with the diagonal
   * of the precision. Train on new data with it, and fit again: then θ* moves, and the curvature of
   * the old data stays as it was at the old θ*. {@link #plus} is the other way: it moves nothing,
   * and takes every curvature at one θ*.
   *
   * <p>Exact for the diagonal structure. Of any other, the correlations between weights are
   * dropped: of all normals with independent weights this is the one of the smallest divergence
   * KL(q ‖ p) from the posterior p. Its variances 1/Pᵢᵢ are those of a weight given all others,
   * which are at most the marginal ones {@link #variances}: it holds on to each weight more tightly
   * than the posterior does.
   */
  public Prior asPrior() {
    return Prior.diagonal(precision.diagonal()).around(mean());
  }

  /** The same posterior under another prior; the data are not needed again. */
  public LaplacePosterior<L> withPrior(Prior other) {
    return other.sharesMeanWith(prior)
        ? new LaplacePosterior<>(model, approximation, fit, curvature, other, offsetSquares)
        : new LaplacePosterior<>(model, approximation, fit, curvature, other);
  }

  /**
   * The same posterior at another temperature T &gt; 0, H/T for T = 1 being H; the data are not
   * needed again.
   */
  public LaplacePosterior<L> withTemperature(double other) {
    Approximation.requireTemperature("LaplacePosterior.withTemperature", other);
    return new LaplacePosterior<>(
        model, approximation.at(other), fit, curvature.times(temperature() / other), prior);
  }

  /**
   * The same posterior under another noise, one σ for all outputs; the data are not needed again.
   *
   * <pre>  H(σ′) = (σ/σ′)ᵖ H(σ), p = 2 for the GGN, 4 for the empirical Fisher  </pre>
   */
  public static LaplacePosterior<Gaussian> withNoise(
      LaplacePosterior<Gaussian> posterior, double sigma) {
    return withNoise(posterior, sigma, posterior.prior);
  }

  /** The same posterior under another noise, one σ for all outputs, and another prior. */
  public static LaplacePosterior<Gaussian> withNoise(
      LaplacePosterior<Gaussian> posterior, double sigma, Prior prior) {
    double[] before = posterior.likelihood().sigma();
    if (before.length > 1) {
      throw new IllegalArgumentException(
          "LaplacePosterior.withNoise: the noise is one number an output (" + before.length
              + "), so the curvature does not scale with it; fit again with the new noise, or use"
              + " NoisePerOutput.");
    }
    Gaussian likelihood = Gaussian.of(sigma);
    int power = posterior.noisePower();
    double scale = Math.pow(before[0] / sigma, power);
    return new LaplacePosterior<>(
        posterior.model,
        posterior.approximation.with(likelihood),
        posterior.fit.under(likelihood),
        posterior.curvature.times(scale),
        prior);
  }

  /** The power p in H ∝ σ⁻ᵖ. */
  public int noisePower() {
    return approximation.structure().noisePower(approximation.source());
  }

  /**
   * The posterior with tuned prior precisions, and noise where asked for, and what the tuner did.
   */
  public Tuned<L> tune(Tuner<? super L> tuner) {
    return tuner.tune(this);
  }
}
