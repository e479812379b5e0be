package org.laplace4j.nn.train;

/**
 * Is told after each step how far training has come: for a progress bar. What it throws ends the
 * training.
 */
@FunctionalInterface
public interface TrainingListener {

  /**
   * Called in the training thread after each step; after the last step of an epoch, once validation
   * is done.
   */
  void onProgress(Progress progress);
}
