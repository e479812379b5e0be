package org.laplace4j.laplace.evidence;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.laplace.IndependentOutputs;
import org.laplace4j.laplace.LaplacePosterior;
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

  private MarginalLikelihood(Hyperparameters form) {
    this.form = form;
  }

  static MarginalLikelihood isotropic() {
    return new MarginalLikelihood(Hyperparameters.ISOTROPIC);
  }

  /** One precision for all elements. */
  public MarginalLikelihood isotropicPrior() {
    return isotropic();
  }

  /** One precision for each parameter tensor. */
  public MarginalLikelihood layerwisePrior() {
    return new MarginalLikelihood(Hyperparameters.LAYERWISE);
  }

  /** One precision for each element: automatic relevance determination. */
  public MarginalLikelihood diagonalPrior() {
    return new MarginalLikelihood(Hyperparameters.DIAGONAL);
  }

  /** The same, and the noise of a Gaussian likelihood with one σ for all outputs. */
  public Tuner<Gaussian> andNoise() {
    return new PriorAndNoise(form);
  }

  @Override
  public <K extends Likelihood> Tuned<K> tune(LaplacePosterior<K> posterior) {
    return SpectralAscent.of(form, posterior)
        .map(ascent -> ascent.tune(posterior))
        .orElseGet(() -> climb(posterior));
  }

  /** The prior of highest evidence for independent outputs, which share it. */
  public <K extends Likelihood> TunedOutputs<K> tune(IndependentOutputs<K> outputs) {
    return new IndependentAscent<>(form, outputs).tune();
  }

  /** By a posterior for each evaluation. */
  <K extends Likelihood> Tuned<K> climb(LaplacePosterior<K> posterior) {
    Ascent<K> ascent = new Ascent<>(
        z -> posterior.withPrior(form.prior(posterior, z)),
        p -> form.sums(p.space(), EvidenceGradient.byLogPrecision(p)),
        p -> form.sums(p.space(), EvidenceGradient.concavityByLogPrecision(p)));
    return ascent.from(posterior, starts(form, posterior));
  }

  /** The precisions that there are, and one for all from 1e-6 to 1e6. */
  static List<double[]> starts(Hyperparameters form, LaplacePosterior<?> posterior) {
    List<double[]> starts = new ArrayList<>(List.of(form.of(posterior)));
    for (int decade = -DECADES; decade <= DECADES; decade++) {
      starts.add(form.all(posterior.space(), decade * Math.log(10)));
    }
    return starts;
  }
}
