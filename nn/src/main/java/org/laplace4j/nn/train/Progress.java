package org.laplace4j.nn.train;

import java.util.OptionalDouble;

/**
 * How far training has come, after one step.
 *
 * @param epoch the epoch, from 1
 * @param epochs the epochs there will be at most
 * @param batch the step within the epoch, from 1
 * @param batches the steps of an epoch
 * @param objective the mean of the epoch's estimates of the objective so far, see
 *     {@link MapTrainer}
 * @param validationNll the mean −log p(y | f) of the validation examples after the last whole
 *     epoch, if there is one and they were given
 */
public record Progress(
    int epoch, int epochs, int batch, int batches, double objective, OptionalDouble validationNll) {

  /** The part of all steps that is done, at most 1. */
  public double fraction() {
    return ((epoch - 1) * (double) batches + batch) / ((double) epochs * batches);
  }

  /** Whether this was the last step of its epoch. */
  public boolean endsEpoch() {
    return batch == batches;
  }
}
