package org.laplace4j.laplace.evidence;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Gaussian;

/**
 * Maximises the log evidence over prior precisions and noises together; the last coordinates are
 * log σ.
 */
final class PriorAndNoise implements Tuner<Gaussian> {
  private final MarginalLikelihood prior;
  private final Hyperparameters form;
  private final Function<LaplacePosterior<Gaussian>, NoiseForm> noises;

  PriorAndNoise(MarginalLikelihood prior, Function<LaplacePosterior<Gaussian>, NoiseForm> noises) {
    this.prior = prior;
    this.form = prior.form();
    this.noises = noises;
  }

  @Override
  @SuppressWarnings("unchecked") // Gaussian is final, so K is Gaussian.
  public <K extends Gaussian> Tuned<K> tune(LaplacePosterior<K> posterior) {
    return (Tuned<K>) tuneNoise((LaplacePosterior<Gaussian>) posterior);
  }

  private Tuned<Gaussian> tuneNoise(LaplacePosterior<Gaussian> posterior) {
    NoiseForm noise = noises.apply(posterior);
    Ascent<LaplacePosterior<Gaussian>> ascent = Ascent.of(
        z -> at(posterior, noise, z),
        p -> join(form.sums(p.space(), EvidenceGradient.byLogPrecision(p)), noise.gradient(p)),
        p -> join(
            form.sums(p.space(), EvidenceGradient.concavityByLogPrecision(p)), noise.concavity(p)));
    double[] logSigma = Arrays.stream(noise.sigma()).map(Math::log).toArray();
    List<double[]> starts =
        prior.starts(posterior).stream().map(z -> join(z, logSigma)).toList();
    Ascent.Top<LaplacePosterior<Gaussian>> top = ascent.from(posterior, starts, prior.mostSteps());
    return new Tuned<>(top.after(), top.report());
  }

  private LaplacePosterior<Gaussian> at(
      LaplacePosterior<Gaussian> posterior, NoiseForm noise, double[] z) {
    int precisions = z.length - noise.sigma().length;
    double[] sigma = Arrays.stream(z, precisions, z.length).map(Math::exp).toArray();
    return noise.at(sigma, form.prior(posterior, Arrays.copyOf(z, precisions)));
  }

  private static double[] join(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
