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

  static <L extends Likelihood> HeldOut<L> of(Dataset data, Score<? super L> score) {
    return new HeldOut<>(data.whole(), score, Tuner.temperature(data, score));
  }

  /** The posterior at the temperature of the smallest score. */
  Tuned<L> temper(LaplacePosterior<L> posterior) {
    return posterior.tune(temperature);
  }

  /** What was chosen. */
  ChosenTemperature chosen(Tuned<L> tempered) {
    return new ChosenTemperature(
        tempered.posterior().temperature(),
        score.of(tempered.posterior(), examples),
        tempered.report());
  }
}
