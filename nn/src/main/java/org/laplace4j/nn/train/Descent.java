package org.laplace4j.nn.train;

/**
 * One run of an {@link Optimizer}. It owns what the rule remembers between steps, and belongs to
 * one caller in one thread.
 */
public interface Descent {

  /**
   * The next point.
   *
   * @param theta where the gradient was taken; not changed
   * @param gradient of what is to be made small; not changed
   * @param progress how much of the run is done, from 0 (inclusive) to 1: what a {@link Schedule}
   *     looks at
   * @return a new array
   */
  double[] step(double[] theta, double[] gradient, double progress);
}
