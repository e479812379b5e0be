package org.laplace4j.laplace.evidence;

import java.util.List;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.LinearizedModel;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Gaussian;

/**
 * One prior precision for all elements, chosen by what the linearised model says of each example
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
 * @param data those that the posterior was fitted to
 */
record LeaveOneOutDensity(Dataset data) implements Tuner<Gaussian> {

  @Override
  @SuppressWarnings("unchecked") // Gaussian is final, so K is Gaussian.
  public <K extends Gaussian> Tuned<K> tune(LaplacePosterior<K> posterior) {
    return (Tuned<K>) choose((LaplacePosterior<Gaussian>) posterior);
  }

  private Tuned<Gaussian> choose(LaplacePosterior<Gaussian> posterior) {
    if (data.size() != posterior.dataFit().examples()) {
      throw new IllegalArgumentException("Tuner.leaveOneOut: the posterior was fitted to "
          + posterior.dataFit().examples() + " examples, got " + data.size()
          + "; give the data of the fit.");
    }
    double[] fromData = gradient(posterior);
    return new DialSearch(
            Dial.PRECISION, "Tuner.leaveOneOut", "fit with Structure.full or functional")
        .smallest(
            posterior,
            scoreAsItIs(posterior, fromData),
            delta -> score(Dial.PRECISION.set(posterior, delta), fromData));
  }

  private double scoreAsItIs(LaplacePosterior<Gaussian> posterior, double[] fromData) {
    try {
      return score(posterior, fromData);
    } catch (NotPositiveDefiniteException tooSmall) {
      return Double.POSITIVE_INFINITY;
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

  /** −1/N Σₙ log p(yₙ | all others). */
  private double score(LaplacePosterior<Gaussian> posterior, double[] fromData) {
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
    return -LeaveOneOut.of(posterior, Dataset.of(moved)).logPseudoLikelihood() / data.size();
  }

  private static Linearization linearized(LaplacePosterior<Gaussian> posterior, Batch batch) {
    LinearizedModel at = posterior.model();
    return Linearization.of(at.model(), at.space(), at.thetaStar(), batch.x());
  }
}
