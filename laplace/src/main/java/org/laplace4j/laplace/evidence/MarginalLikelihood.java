package org.laplace4j.laplace.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.laplace4j.laplace.IndependentOutputs;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * Maximises the log evidence over the prior precisions by their closed-form gradient, in log space
 * (MacKay 1992; Immer et al. 2021). The ascent starts from the better of the prior's own precisions
 * and of a grid of shared ones over twelve decades, so a poor start does no harm. Where elements
 * that share a precision are coupled with no others and the curvature gives its eigenvalues, each
 * precision is found from these alone ({@link SpectralAscent}). The data are not needed again.
 */
public final class MarginalLikelihood implements Tuner<Likelihood> {
  private static final int DECADES = 6;

  private final Hyperparameters form;
  private final OptionalInt steps;

  private MarginalLikelihood(Hyperparameters form, OptionalInt steps) {
    this.form = form;
    this.steps = steps;
  }

  static MarginalLikelihood isotropic() {
    return new MarginalLikelihood(Hyperparameters.ISOTROPIC, OptionalInt.empty());
  }

  /** One precision for all elements. */
  public MarginalLikelihood isotropicPrior() {
    return new MarginalLikelihood(Hyperparameters.ISOTROPIC, steps);
  }

  /** One precision for each parameter tensor. */
  public MarginalLikelihood layerwisePrior() {
    return new MarginalLikelihood(Hyperparameters.LAYERWISE, steps);
  }

  /** One precision for each element: automatic relevance determination. */
  public MarginalLikelihood diagonalPrior() {
    return new MarginalLikelihood(Hyperparameters.DIAGONAL, steps);
  }

  /**
   * At most k steps uphill from the posterior's own precisions, and no look at others: for weights
   * that move on in between, as in training. The report need not say that it converged.
   */
  public MarginalLikelihood steps(int k) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "MarginalLikelihood.steps: " + k + " steps were asked for; at least 1 is needed.");
    }
    return new MarginalLikelihood(form, OptionalInt.of(k));
  }

  /** The same, and the noise of a Gaussian likelihood with one σ for all outputs. */
  public Tuner<Gaussian> andNoise() {
    return new PriorAndNoise(this, NoiseForm::shared);
  }

  /**
   * The same, and the noise of each output of a Gaussian likelihood. Data that the posterior was
   * fitted to are needed once, for a pass an output ({@link org.laplace4j.laplace.NoisePerOutput}).
   */
  public Tuner<Gaussian> andNoisePerOutput(Dataset data) {
    return new PriorAndNoise(this, posterior -> NoiseForm.perOutput(posterior, data));
  }

  @Override
  public <K extends Likelihood> Tuned<K> tune(LaplacePosterior<K> posterior) {
    return SpectralAscent.of(form, posterior)
        .map(ascent -> ascent.tune(posterior, mostSteps()))
        .orElseGet(() -> climb(posterior));
  }

  /** The prior of highest evidence for independent outputs, which share it. */
  public <K extends Likelihood> TunedOutputs<K> tune(IndependentOutputs<K> outputs) {
    LaplacePosterior<K> any = outputs.posteriors().get(0);
    Ascent<IndependentOutputs<K>> ascent = new Ascent<>(
        z -> outputs.withPrior(form.prior(any, z)),
        IndependentOutputs::evidence,
        IndependentOutputs::effectiveParameters,
        f -> form.sums(any.space(), EvidenceGradient.byLogPrecision(f)),
        f -> form.sums(any.space(), EvidenceGradient.concavityByLogPrecision(f)));
    Ascent.Top<IndependentOutputs<K>> top = ascent.from(outputs, starts(any), mostSteps());
    return new TunedOutputs<>(top.after(), top.report());
  }

  /** By a posterior for each evaluation. */
  <K extends Likelihood> Tuned<K> climb(LaplacePosterior<K> posterior) {
    Ascent<LaplacePosterior<K>> ascent = Ascent.of(
        z -> posterior.withPrior(form.prior(posterior, z)),
        p -> form.sums(p.space(), EvidenceGradient.byLogPrecision(p)),
        p -> form.sums(p.space(), EvidenceGradient.concavityByLogPrecision(p)));
    Ascent.Top<LaplacePosterior<K>> top = ascent.from(posterior, starts(posterior), mostSteps());
    return new Tuned<>(top.after(), top.report());
  }

  Hyperparameters form() {
    return form;
  }

  int mostSteps() {
    return steps.orElse(Ascent.TO_THE_TOP);
  }

  /** The precisions that there are, and on the way to the top one for all from 1e-6 to 1e6. */
  List<double[]> starts(LaplacePosterior<?> posterior) {
    List<double[]> starts = new ArrayList<>(List.of(form.of(posterior)));
    for (int decade = -DECADES; decade <= DECADES && steps.isEmpty(); decade++) {
      starts.add(form.all(posterior.space(), decade * Math.log(10)));
    }
    return starts;
  }
}
