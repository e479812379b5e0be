package org.laplace4j.nn.train;

/**
 * A rule for going downhill from gradients: an immutable description, from which a run is started.
 * Anyone may write one.
 */
public interface Optimizer {

  /** A run at rest, for vectors of {@code size} numbers. */
  Descent start(int size);
}
