package org.laplace4j.laplace.evidence;

import java.util.Arrays;
import java.util.List;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Gaussian;

/**
 * Maximises the log evidence over prior precisions and the noise σ together; the last coordinate is
 * log σ.
 */
final class PriorAndNoise implements Tuner<Gaussian> {
  private final MarginalLikelihood prior;
  private final Hyperparameters form;

  PriorAndNoise(MarginalLikelihood prior) {
    this.prior = prior;
    this.form = prior.form();
  }

  @Override
  @SuppressWarnings("unchecked") // Gaussian is final, so K is Gaussian.
  public <K extends Gaussian> Tuned<K> tune(LaplacePosterior<K> posterior) {
    return (Tuned<K>) tuneNoise((LaplacePosterior<Gaussian>) posterior);
  }

  private Tuned<Gaussian> tuneNoise(LaplacePosterior<Gaussian> posterior) {
    Ascent<Gaussian> ascent = new Ascent<>(z -> at(posterior, z), this::gradient, this::concavity);
    double logSigma = Math.log(posterior.likelihood().sigma()[0]);
    List<double[]> starts =
        prior.starts(posterior).stream().map(z -> append(z, logSigma)).toList();
    return ascent.from(posterior, starts, prior.mostSteps());
  }

  private LaplacePosterior<Gaussian> at(LaplacePosterior<Gaussian> posterior, double[] z) {
    int last = z.length - 1;
    return LaplacePosterior.withNoise(
        posterior, Math.exp(z[last]), form.prior(posterior, Arrays.copyOf(z, last)));
  }

  private double[] gradient(LaplacePosterior<Gaussian> p) {
    return append(
        form.sums(p.space(), EvidenceGradient.byLogPrecision(p)), EvidenceGradient.byLogNoise(p));
  }

  private double[] concavity(LaplacePosterior<Gaussian> p) {
    return append(
        form.sums(p.space(), EvidenceGradient.concavityByLogPrecision(p)),
        EvidenceGradient.concavityByLogNoise(p));
  }

  private static double[] append(double[] z, double last) {
    double[] longer = Arrays.copyOf(z, z.length + 1);
    longer[z.length] = last;
    return longer;
  }
}
