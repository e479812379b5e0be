package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.curvature.GradientRows;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Lanczos;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * How far a fit may be trusted: what the Laplace approximation takes for granted, measured.
 *
 * @param elements Θ
 * @param newtonStep √(gᵀ P⁻¹ g), g = ∇ log p(θ*, D): how many of its own standard deviations θ* is
 *     from the top of the quadratic; 0 at a maximum
 * @param gradientNorm ‖g‖
 * @param smallestEigenvalue of −∇² log p(θ, D) at θ*, likelihood/T and prior; below 0 θ* is no
 *     maximum
 * @param eigenvalueConverged whether Lanczos reached its tolerance for it; else it is an upper
 *     bound
 * @param hessianGap ‖H − G‖ / ‖G‖ in the Frobenius norm, H the true Hessian of the negative
 *     log-likelihood and G the curvature that is pulled back, both without structure, by random
 *     probes; 0 for a linear model
 * @param linearizationError the root mean square of f(θ, x) − f(θ*, x) − J (θ − θ*) over that of J
 *     (θ − θ*), θ drawn from the posterior
 * @param effectiveParameters γ
 * @param logEvidence log p(D)
 * @param prior the prior
 * @param likelihood the likelihood with its noise
 * @param edges how many precisions lie at an end, 1e-10 or 1e10, of the range of tuning
 */
public record FitReport(
    int elements,
    double newtonStep,
    double gradientNorm,
    double smallestEigenvalue,
    boolean eigenvalueConverged,
    double hessianGap,
    double linearizationError,
    double effectiveParameters,
    double logEvidence,
    String prior,
    String likelihood,
    int edges) {
  private static final int PROBES = 8;
  private static final int DRAWS = 8;

  /** Inputs on which the linearisation is looked at: the first ones. */
  private static final int PROBE_INPUTS = 64;

  /** A smallest eigenvalue is looked at for its sign and size, not its digits. */
  private static final double EIGENVALUE_TOLERANCE = 1e-4;

  private static final double EDGE = 1e10;
  private static final long SEED = 7;

  /** Of a posterior and the data that it was fitted to. */
  public static FitReport of(LaplacePosterior<? extends Likelihood> posterior, Dataset data) {
    return of(posterior, data, data.whole().x());
  }

  /**
   * The same with the linearisation looked at on other inputs, the first 64 of them. Deterministic.
   * Costs about 20 to some hundred passes over the data, most of them for the eigenvalue.
   *
   * @param probes inputs like those that are to be predicted, (B, …)
   */
  public static FitReport of(
      LaplacePosterior<? extends Likelihood> posterior, Dataset data, Tensor probes) {
    posterior.dataFit().requireDataOfFit("FitReport.of", data);
    int n = posterior.space().size();
    GradientRows passes = posterior.passes(data);
    double[] delta = posterior.prior().precisions(posterior.space());
    double[] g = gradient(posterior, data, delta);
    Lanczos.Result smallest = Lanczos.smallest(
        v -> Arrays.plus(
            Arrays.scale(passes.hessianTimes(v), 1 / posterior.temperature()),
            Arrays.times(delta, v)),
        n,
        1,
        EIGENVALUE_TOLERANCE);
    long edges = java.util.Arrays.stream(delta)
        .filter(d -> d <= 1.001 / EDGE || d >= EDGE / 1.001)
        .count();
    int inputs = Math.min(PROBE_INPUTS, probes.shape().dim(0));
    return new FitReport(
        n,
        Math.sqrt(Math.max(0, Arrays.dot(g, posterior.precision().solve(g)))),
        Math.sqrt(Arrays.dot(g, g)),
        smallest.values()[0],
        smallest.converged(),
        gap(passes, n),
        linearizationError(posterior, probes.slice(0, 0, inputs)),
        posterior.effectiveParameters(),
        posterior.evidence().logMarginalLikelihood(),
        shortened(posterior.prior().toString()),
        posterior.likelihood().toString(),
        (int) edges);
  }

  /** ∇ log p(θ*, D) = Jᵀ (w ∘ score) / T − δ ∘ (θ* − μ). */
  private static double[] gradient(
      LaplacePosterior<? extends Likelihood> posterior, Dataset data, double[] delta) {
    LinearizedModel model = posterior.model();
    double[] r = Arrays.minus(posterior.mean(), posterior.prior().mean(posterior.space()));
    double[] g = Arrays.negate(Arrays.times(delta, r));
    for (Batch batch : data) {
      Linearization f =
          Linearization.of(model.model(), model.space(), model.thetaStar(), batch.x());
      Tensor score = posterior.likelihood().score(f.output(), batch.targets());
      double[] pulledBack = f.pullback(batch.targets().weigh(score));
      Arrays.addScaled(1 / posterior.temperature(), pulledBack, g);
    }
    return g;
  }

  /** E ‖(H − G) v‖² = ‖H − G‖² for v of independent signs, and so for G. */
  private static double gap(GradientRows passes, int n) {
    SplittableRandom rng = new SplittableRandom(SEED);
    double between = 0;
    double of = 0;
    for (int probe = 0; probe < PROBES; probe++) {
      double[] v = new double[n];
      java.util.Arrays.setAll(v, i -> rng.nextBoolean() ? 1 : -1);
      double[] ggn = passes.times(v);
      double[] difference = Arrays.minus(passes.hessianTimes(v), ggn);
      between += Arrays.dot(difference, difference);
      of += Arrays.dot(ggn, ggn);
    }
    return quotient(between, of);
  }

  private static double linearizationError(
      LaplacePosterior<? extends Likelihood> posterior, Tensor x) {
    LinearizedModel model = posterior.model();
    Linearization f = Linearization.of(model.model(), model.space(), model.thetaStar(), x);
    WeightSamples draws = posterior.samples(DRAWS, new SplittableRandom(SEED));
    double error = 0;
    double of = 0;
    for (int s = 0; s < DRAWS; s++) {
      double[] theta = draws.active(s);
      Tensor moved = model
          .model()
          .forward(model.space().scatter(theta, model.thetaStar()), x)
          .detach();
      Tensor linear = f.pushforward(Arrays.minus(theta, model.mean()));
      error += moved.minus(f.output()).minus(linear).square().sum().item();
      of += linear.square().sum().item();
    }
    return quotient(error, of);
  }

  /** Nothing over nothing is nothing; something over nothing is infinite. */
  private static double quotient(double square, double of) {
    return square == 0 ? 0 : Math.sqrt(square / of);
  }

  /** What to do, one sentence for each number that is bad; empty if none is. */
  public List<String> advice() {
    List<String> advice = new ArrayList<>();
    if (!(newtonStep <= 1)) {
      advice.add("θ* is more than a standard deviation from the maximum of the posterior: train"
          + " longer, with this prior as weight decay; until then evidence and tuning mislead.");
    }
    if (!(smallestEigenvalue > 0)) {
      advice.add("The posterior rises away from θ* in some direction, so θ* is no maximum: train"
          + " longer, or raise the prior precision above " + number(-smallestEigenvalue) + ".");
    } else if (!eigenvalueConverged) {
      advice.add("The smallest eigenvalue is an upper bound only: Lanczos did not converge.");
    }
    if (!(hessianGap <= 0.5)) {
      advice.add("The curvature leaves out much of the true Hessian: the residuals are still large"
          + " (train longer), or the source is no GGN; Structure.hessian shows the difference.");
    }
    if (!(linearizationError <= 1)) {
      advice.add("Networks drawn from the posterior are far from the linearised one: predict with"
          + " linearised predictives, not sampled networks, or tune or raise the prior precision.");
    }
    if (edges > 0) {
      advice.add(edges + " precision(s) lie at an end of the range of tuning: their weights hardly"
          + " matter (1e10: remove them), or the data alone hold them (1e-10: set them by hand).");
    }
    if (effectiveParameters > 0.9 * elements) {
      advice.add("Nearly all parameters are determined by the data alone, or the prior is too weak:"
          + " tune it by the evidence.");
    }
    return advice;
  }

  /** A table, a line a number, and the {@link #advice()} below it. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    line(table, "gradient, in posterior deviations", number(newtonStep));
    line(table, "gradient norm", number(gradientNorm));
    line(table, "smallest eigenvalue, true Hessian + prior", number(smallestEigenvalue));
    line(table, "gap of curvature and true Hessian", number(hessianGap));
    line(table, "linearisation error", number(linearizationError));
    line(
        table,
        "effective parameters",
        String.format(Locale.ROOT, "%.1f of %,d", effectiveParameters, elements));
    line(table, "log evidence", String.format(Locale.ROOT, "%.3f", logEvidence));
    line(table, "prior", prior);
    line(table, "likelihood", likelihood);
    line(table, "precisions at an end of the range", Integer.toString(edges));
    advice().forEach(sentence -> table.append(String.format("%n! %s", sentence)));
    return table.toString().strip();
  }

  private static void line(StringBuilder table, String name, String value) {
    table.append(String.format("%n%-42s %s", name, value));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3g", value);
  }

  /** A precision for each element has no place in a table. */
  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
