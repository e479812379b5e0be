package org.laplace4j.laplace.online;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.evidence.Tuned;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.TrainingRun;

/** Prior, noise and temperature as they go from update to update, and the best that there was. */
final class EvidenceClimb<L extends Likelihood> {
  /** Of a log evidence: what rounding may take from it. */
  private static final double ROUNDING = 1e-9;

  /** Prunings that are tried at an update: each costs a fit. */
  private static final int TRIES = 3;

  private final Model<Tensor> model;
  private final EvidenceFit fit;
  private final Tuner<? super L> tuner;
  private final Optional<Pruning> pruning;
  private final Optional<HeldOut<L>> heldOut;
  private final List<OnlineUpdate<L>> path = new ArrayList<>();
  private L likelihood;
  private Prior prior;
  private double temperature;
  private Optional<LaplacePosterior<L>> best = Optional.empty();
  private int bestUpdate;

  /** Before the first update. */
  EvidenceClimb(
      EvidenceFit fit,
      Tuner<? super L> tuner,
      Optional<Pruning> pruning,
      Optional<HeldOut<L>> heldOut,
      L likelihood,
      Prior prior,
      double temperature) {
    this.model = fit.model();
    this.fit = fit;
    this.tuner = tuner;
    this.pruning = pruning;
    this.heldOut = heldOut;
    this.likelihood = likelihood;
    this.prior = prior;
    this.temperature = temperature;
  }

  /** Lets training go on with the likelihood and prior that there are, over what is left. */
  void revise(TrainingRun run) {
    run.revise(likelihood, fit.forTraining(prior, temperature));
  }

  /** Fits at the values that the model has now, prunes, tunes, and tempers. */
  OnlineUpdate<L> update(int epoch) {
    Tuned<L> tuned = pruned(fit.posterior(likelihood, prior, temperature)).tune(tuner);
    requireTemperature(tuned.posterior().temperature());
    requireFinite(tuned, epoch);
    Optional<HeldOut.Tempered<L>> tempered =
        heldOut.map(examples -> examples.temper(tuned.posterior()));
    LaplacePosterior<L> posterior =
        tempered.map(HeldOut.Tempered::posterior).orElse(tuned.posterior());
    likelihood = posterior.likelihood();
    prior = posterior.prior();
    temperature = posterior.temperature();
    OnlineUpdate<L> update = new OnlineUpdate<>(
        epoch,
        posterior.space().size(),
        prior,
        likelihood,
        tuned.report(),
        tempered.map(HeldOut.Tempered::chosen));
    path.add(update);
    if (best.isEmpty() || worth(update) > worth(path.get(bestUpdate))) {
      best = Optional.of(posterior);
      bestUpdate = path.size() - 1;
    }
    return update;
  }

  /** Evidences at different temperatures do not compare, scores do. */
  private static double worth(OnlineUpdate<?> update) {
    return update.temperature().map(chosen -> -chosen.score()).orElse(update.logEvidence());
  }

  private void requireFinite(Tuned<L> tuned, int epoch) {
    double evidence = tuned.report().after();
    if (!Double.isFinite(evidence)) {
      throw new IllegalArgumentException("MarginalLikelihoodTrainer.train: the log evidence became "
          + evidence + " after epoch " + epoch + ", under " + prior + " and " + likelihood
          + "; lower the learning rate, or begin with a longer burn-in.");
    }
  }

  /** The next fit, and training, are at the temperature that was set or learnt. */
  private void requireTemperature(double tuned) {
    if (tuned != temperature) {
      throw new IllegalArgumentException(
          "MarginalLikelihoodTrainer.tuner: the temperature must stay that of the training, "
              + temperature + ", but the tuner chose " + tuned
              + "; tune prior and noise here, and the temperature by learnTemperature.");
    }
  }

  /**
   * The posterior without what the evidence can do without: where it would fall, fewer groups are
   * tried, those of which the data say least.
   */
  private LaplacePosterior<L> pruned(LaplacePosterior<L> whole) {
    if (pruning.isEmpty()) {
      return whole;
    }
    double before = whole.evidence().logMarginalLikelihood();
    double least = before - ROUNDING * Math.max(1, Math.abs(before));
    long tried = whole.space().size(); // never all
    Pruning of = pruning.get();
    for (int i = 0; i < TRIES; i++, of = of.below(of.bound() / 10)) {
      WeightMask going = of.select(whole);
      if (going.count() == 0) {
        return whole;
      }
      if (going.count() < tried) {
        tried = going.count();
        LaplacePosterior<L> rest = without(going, whole);
        if (rest.evidence().logMarginalLikelihood() >= least) {
          return rest;
        }
        ModelState.of(whole).store(model);
      }
    }
    return whole;
  }

  private LaplacePosterior<L> without(WeightMask going, LaplacePosterior<L> whole) {
    ModelState.without(going, whole).store(model);
    return fit.posterior(
        likelihood, whole.prior().restricted(whole.space(), ParameterSpace.of(model)), temperature);
  }

  List<OnlineUpdate<L>> path() {
    return path;
  }

  /** At the best update, the first such. */
  LaplacePosterior<L> best() {
    return best.orElseThrow();
  }

  /** Leaves the model as it was then. */
  void restoreBest() {
    ModelState.of(best()).store(model);
  }

  int bestEpoch() {
    return path.get(bestUpdate).epoch();
  }

  /** How many updates there were since. */
  int updatesWithoutGain() {
    return path.isEmpty() ? 0 : path.size() - 1 - bestUpdate;
  }
}
