package org.laplace4j.laplace.evidence;

import java.util.List;
import java.util.function.DoubleFunction;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.LinearizedModel;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/**
 * Chooses one prior precision for all elements by what the linearised model says of each example
 * when it is fitted to all others under that precision, in closed form.
 *
 * <pre>
 *   θ̂(δ) = θ* + P⁻¹ g,  g = Jᵀ score/T − δ (θ* − μ)        the optimum of the linearised model under δ
 *   −1/N Σₙ log p(yₙ | all others, δ)                      of {@link LeaveOneOut} around θ̂
 * </pre>
 *
 * <p>θ̂ moves with δ: around θ* itself, which has seen every example, a precision beyond any bound
 * would be best, as nothing could be left out any more. A Gaussian does not change when targets and
 * outputs move together, so the step is taken off the targets.
 *
 * <p>With {@link #andNoise} the shared σ too. At one δσ² the residuals do not depend on σ, and all
 * covariances V are in proportion to σ², so the best σ is in closed form:
 *
 * <pre>  σ̂² = σ² q,  q = 1/(N C) Σₙ rₙᵀ Vₙ⁻¹ rₙ  </pre>
 */
public final class LeaveOneOutDensity implements Tuner<Gaussian> {
  private final Dataset data;
  private final boolean noise;

  /**
   * For the data that the posterior was fitted to.
   *
   * @param noise whether σ is chosen too
   */
  LeaveOneOutDensity(Dataset data, boolean noise) {
    this.data = data;
    this.noise = noise;
  }

  /** The same, and the noise of a Gaussian likelihood with one σ for all outputs. */
  public Tuner<Gaussian> andNoise() {
    return new LeaveOneOutDensity(data, true);
  }

  @Override
  @SuppressWarnings("unchecked") // Gaussian is final, so K is Gaussian.
  public <K extends Gaussian> Tuned<K> tune(LaplacePosterior<K> posterior) {
    return (Tuned<K>) choose((LaplacePosterior<Gaussian>) posterior);
  }

  private Tuned<Gaussian> choose(LaplacePosterior<Gaussian> posterior) {
    posterior.dataFit().requireDataOfFit("Tuner.leaveOneOut", data);
    if (noise) {
      requireOneNoise(posterior);
    }
    double[] fromData = gradient(posterior);
    DoubleFunction<LeftOut> at = delta -> leftOut(Dial.PRECISION.set(posterior, delta), fromData);
    return new DialSearch(
            Dial.PRECISION, "Tuner.leaveOneOut", "fit with Structure.full or functional")
        .smallest(
            posterior,
            scoreAsItIs(posterior, fromData),
            delta ->
                noise ? at.apply(delta).scoreAtBestNoise() : at.apply(delta).score(),
            delta -> noise
                ? atBestNoise(posterior, delta, at.apply(delta).ratio())
                : Dial.PRECISION.set(posterior, delta));
  }

  private double scoreAsItIs(LaplacePosterior<Gaussian> posterior, double[] fromData) {
    try {
      return leftOut(posterior, fromData).score();
    } catch (NotPositiveDefiniteException tooSmall) {
      return Double.POSITIVE_INFINITY;
    }
  }

  private static void requireOneNoise(LaplacePosterior<Gaussian> posterior) {
    int sigmas = posterior.likelihood().sigma().length;
    if (sigmas > 1 || posterior.noisePower() != 2) {
      throw new IllegalArgumentException("Tuner.leaveOneOut: with the noise, one σ and a curvature"
          + " in proportion to σ⁻² are needed, got " + sigmas + " and a power of −"
          + posterior.noisePower() + "; choose the prior alone, or use one σ and a GGN.");
    }
  }

  /** At the same δσ², σ²q for σ². */
  private static LaplacePosterior<Gaussian> atBestNoise(
      LaplacePosterior<Gaussian> posterior, double delta, double ratio) {
    Prior prior = Prior.isotropic(delta / ratio).around(posterior.prior().mean(posterior.space()));
    double sigma = posterior.likelihood().sigma()[0] * Math.sqrt(ratio);
    return LaplacePosterior.withNoise(posterior, sigma, prior);
  }

  /** What is said of each example from all others. */
  private record LeftOut(LeaveOneOut examples) {
    private int count() {
      return examples.logDensities().size();
    }

    /** −1/N Σₙ log p(yₙ | all others). */
    double score() {
      return -examples.logPseudoLikelihood() / count();
    }

    /** q: rᵀ V⁻¹ r is twice what the density loses from its top to y. */
    double ratio() {
      NormalPrediction prediction = examples.prediction();
      Tensor tops = prediction.logDensities(prediction.mean());
      double squares = 2 * (tops.sum().item() - examples.logPseudoLikelihood());
      return squares / prediction.mean().size();
    }

    /** rᵀ V⁻¹ r falls from NC q to NC, and log det V rises by NC log q. */
    double scoreAtBestNoise() {
      double q = ratio();
      double outputs = examples.prediction().mean().size() / (double) count();
      return score() - outputs * (q - 1 - Math.log(q)) / 2;
    }
  }

  /** Jᵀ score/T at θ*, (Θ). */
  private double[] gradient(LaplacePosterior<Gaussian> posterior) {
    double[] g = new double[posterior.space().size()];
    for (Batch batch : data) {
      Linearization f = linearized(posterior, batch);
      Tensor score = posterior.likelihood().score(f.output(), batch.targets());
      double[] part = f.pullback(batch.targets().weigh(score));
      Arrays.addScaled(1 / posterior.temperature(), part, g);
    }
    return g;
  }

  private LeftOut leftOut(LaplacePosterior<Gaussian> posterior, double[] fromData) {
    double[] delta = posterior.prior().precisions(posterior.space());
    double[] r = Arrays.minus(posterior.mean(), posterior.prior().mean(posterior.space()));
    double[] step = posterior.precision().solve(Arrays.minus(fromData, Arrays.times(delta, r)));
    List<Batch> moved = data.batches().stream()
        .map(batch -> {
          Targets y = batch.targets();
          Tensor rest = y.values().minus(linearized(posterior, batch).pushforward(step));
          Targets targets = Targets.values(rest)
              .weighted(y.weights().array())
              .withNoise(y.noise().array());
          return new Batch(batch.x(), targets);
        })
        .toList();
    return new LeftOut(LeaveOneOut.of(posterior, Dataset.of(moved)));
  }

  private static Linearization linearized(LaplacePosterior<Gaussian> posterior, Batch batch) {
    LinearizedModel at = posterior.model();
    return Linearization.of(at.model(), at.space(), at.thetaStar(), batch.x());
  }
}
