package org.laplace4j.nn;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;

/**
 * Some examples: inputs (B, …) and what was observed for them.
 *
 * @param x the inputs, axis 0 counts examples
 * @param targets the targets of the same examples
 */
public record Batch(Tensor x, Targets targets) {

  /** Checks that there are as many targets as inputs, and that all inputs are finite. */
  public Batch {
    if (x.shape().rank() < 1 || x.shape().dim(0) != targets.count()) {
      throw new IllegalArgumentException("Batch: inputs of shape " + x.shape() + " came with "
          + targets.count() + " targets; give one target an example (axis 0).");
    }
    int bad = Arrays.firstNonFinite(x.array());
    if (bad >= 0) {
      int width = x.shape().drop(1).size();
      throw new IllegalArgumentException(
          "Batch: feature " + bad % width + " of example " + bad / width + " is " + x.array()[bad]
              + "; every input must be finite: remove or impute that example.");
    }
  }

  /** B. */
  public int size() {
    return targets.count();
  }

  /** The examples named by {@code indices}, in that order. */
  public Batch select(int... indices) {
    return new Batch(x.gather(0, indices), targets.select(indices));
  }
}
