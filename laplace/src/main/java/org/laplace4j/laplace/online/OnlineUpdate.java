package org.laplace4j.laplace.online;

import java.util.Locale;
import java.util.Optional;
import org.laplace4j.laplace.evidence.TuningReport;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * One update of prior and noise in the course of training.
 *
 * @param epoch after which it was made, from 1
 * @param weights Θ: how many elements were left, after pruning
 * @param prior the prior from here on, over these elements
 * @param likelihood the likelihood from here on, with its noise
 * @param tuning what the tuner of prior and noise did
 * @param temperature the temperature from here on, where it is learnt
 * @param <L> the likelihood
 */
public record OnlineUpdate<L extends Likelihood>(
    int epoch,
    int weights,
    Prior prior,
    L likelihood,
    TuningReport tuning,
    Optional<ChosenTemperature> temperature) {

  /** log p(D) at the weights of this epoch, under this prior, noise and temperature. */
  public double logEvidence() {
    return temperature.map(ChosenTemperature::logEvidence).orElse(tuning.after());
  }

  /** One line for a log. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "epoch %d: log evidence %.3f, %.1f of %d weights determined, prior %s, %s%s",
        epoch,
        logEvidence(),
        tuning.effectiveParameters(),
        weights,
        prior,
        likelihood,
        temperature.map(chosen -> ", " + chosen).orElse(""));
  }
}
