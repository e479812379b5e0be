package org.laplace4j.laplace.online;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.train.TrainingReport;
import org.laplace4j.nn.train.TrainingRun;

/**
 * Epochs of training and updates of prior and noise in turn: after the burn-in an update every so
 * many epochs and one at the end, until the epochs are done or the patience is.
 */
record Alternation<L extends Likelihood>(
    EvidenceClimb<L> climb,
    int burnIn,
    int every,
    int patience,
    Consumer<? super OnlineUpdate<L>> onUpdate) {

  /** Leaves the model as it was at the best update. */
  OnlineReport<L> run(TrainingRun run, RandomGenerator rng) {
    int epochs = run.epochs();
    if (burnIn >= epochs) {
      throw new IllegalArgumentException("MarginalLikelihoodTrainer: a burn-in of " + burnIn
          + " epochs leaves no update in " + epochs + " epochs; give fewer, or train for longer.");
    }
    climb.revise(run);
    List<TrainingReport.Epoch> done = new ArrayList<>();
    while (done.size() < epochs && climb.updatesWithoutGain() < patience) {
      done.add(run.epoch(rng));
      int late = done.size() - burnIn;
      if (done.size() == epochs || late > 0 && late % every == 0) {
        run.store();
        onUpdate.accept(climb.update(done.size()));
        climb.revise(run);
      }
    }
    climb.restoreBest();
    return new OnlineReport<>(
        climb.best(), climb.path(), done, climb.bestEpoch(), done.size() < epochs);
  }
}
