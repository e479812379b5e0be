package org.laplace4j.propertytests.invariants;

import org.laplace4j.linalg.Matrix;

/** A way to ask for many draws at once. */
@FunctionalInterface
public interface Batches {

  /** Draws 0 to S − 1 of the stream that a seed starts, a row each, (S, Θ). */
  Matrix draws(long seed, int count);
}
