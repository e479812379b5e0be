package org.laplace4j.nn.train;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What training did.
 *
 * @param epochs the epochs that were run, in order
 * @param bestEpoch the epoch, from 1, after which the parameters had the values they were left
 *     with: the one of the smallest validation NLL (the first such), or the last one where no
 *     validation examples were given
 * @param stoppedEarly whether patience ended the training
 * @param objective (1/N) (log p(D | θ) + log p(θ)) at the values left, over all N training examples
 * @param gradientNorm the Euclidean norm of that objective's gradient: 0 at a MAP estimate
 */
public record TrainingReport(
    List<Epoch> epochs,
    int bestEpoch,
    boolean stoppedEarly,
    double objective,
    double gradientNorm) {

  /**
   * One epoch.
   *
   * @param objective the mean of the estimates of the objective at its steps, each before the step,
   *     weighted by batch size
   * @param validationNll the mean −log p(y | f) of the validation examples after it, where they
   *     were given
   */
  public record Epoch(double objective, OptionalDouble validationNll) {}

  /** Copies the list. */
  public TrainingReport {
    epochs = List.copyOf(epochs);
  }
}
