package org.laplace4j.laplace;

import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;

/** What is predicted for: at least one example, and only finite features. */
final class PredictionInputs {
  private PredictionInputs() {}

  static void check(String where, Tensor x) {
    if (x.shape().rank() < 1 || x.size() == 0) {
      throw new IllegalArgumentException(
          where + ": the inputs must be (B, …) with B at least 1, got " + x.shape() + ".");
    }
    int bad = Arrays.firstNonFinite(x.array());
    if (bad >= 0) {
      int width = x.shape().drop(1).size();
      throw new IllegalArgumentException(where + ": feature " + bad % width + " of example "
          + bad / width + " is " + x.array()[bad]
          + "; every input must be finite: remove or impute that example.");
    }
  }
}
