package org.laplace4j.laplace.online;

import java.util.List;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.train.TrainingReport;

/**
 * What training by the marginal likelihood did.
 *
 * @param posterior at the update of the highest log evidence, or, where the temperature is learnt,
 *     of the smallest score: the weights that the model was left with, and the prior, noise and
 *     temperature that go with them
 * @param path the updates, in order
 * @param epochs the epochs that were run, in order
 * @param bestEpoch the epoch, from 1, of that update
 * @param stoppedEarly whether patience ended the training
 * @param <L> the likelihood
 */
public record OnlineReport<L extends Likelihood>(
    LaplacePosterior<L> posterior,
    List<OnlineUpdate<L>> path,
    List<TrainingReport.Epoch> epochs,
    int bestEpoch,
    boolean stoppedEarly) {

  /** Copies the lists. */
  public OnlineReport {
    path = List.copyOf(path);
    epochs = List.copyOf(epochs);
  }

  /** The update whose weights, prior and noise were kept. */
  public OnlineUpdate<L> best() {
    return path.stream()
        .filter(update -> update.epoch() == bestEpoch)
        .findFirst()
        .orElseThrow();
  }
}
