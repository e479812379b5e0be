package org.laplace4j.laplace.online;

import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.evidence.Tuned;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.metric.Score;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.likelihood.Likelihood;

/** Examples that training does not see, and how badly a posterior predicts them. */
record HeldOut<L extends Likelihood>(
    Batch examples, Score<? super L> score, Tuner<? super L> temperature) {
  /** The most by which a temperature moves at a time. */
  static final double FACTOR = 10;

  /** A posterior at its new temperature. */
  record Tempered<L extends Likelihood>(LaplacePosterior<L> posterior, ChosenTemperature chosen) {}

  static <L extends Likelihood> HeldOut<L> of(Dataset data, Score<? super L> score) {
    return new HeldOut<>(data.whole(), score, Tuner.temperature(data, score));
  }

  /** The posterior at the temperature of the smallest score, or as far on the way as it may go. */
  Tempered<L> temper(LaplacePosterior<L> posterior) {
    Tuned<L> best = posterior.tune(temperature);
    double from = posterior.temperature();
    double to = Math.min(from * FACTOR, Math.max(from / FACTOR, best.posterior().temperature()));
    LaplacePosterior<L> tempered =
        to == best.posterior().temperature() ? best.posterior() : posterior.withTemperature(to);
    return new Tempered<>(
        tempered,
        new ChosenTemperature(
            to,
            score.of(tempered, examples),
            tempered.evidence().logMarginalLikelihood(),
            best.report()));
  }
}
