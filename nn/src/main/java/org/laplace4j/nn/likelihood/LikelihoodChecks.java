package org.laplace4j.nn.likelihood;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Targets;

/** What every likelihood requires of outputs and targets, with the numbers in the message. */
final class LikelihoodChecks {
  private LikelihoodChecks() {}

  static void outputs(String where, Tensor f, Targets y) {
    if (y.hasNoise()) {
      throw new IllegalArgumentException(where + ": the targets have a noise for each of the "
          + y.count() + " examples (Targets.withNoise), which only the Gaussian uses; use that, or"
          + " weights.");
    }
    shapes(where, f, y);
  }

  static void shapes(String where, Tensor f, Targets y) {
    if (f.shape().rank() != 2 || f.shape().dim(0) != y.count()) {
      throw new IllegalArgumentException(
          where + ": the outputs must be (B, C) with one row for each of the " + y.count()
              + " targets, got " + f.shape() + ".");
    }
    int bad = Arrays.firstNonFinite(f.array());
    if (bad >= 0) {
      throw new IllegalArgumentException(where + ": output " + bad % f.shape().dim(1)
          + " of example " + bad / f.shape().dim(1) + " is " + f.array()[bad]
          + "; outputs must be finite: look at the weights and the scale of the inputs.");
    }
  }

  static void labels(String where, Targets y, int classes) {
    if (!y.isLabels()) {
      throw new IllegalArgumentException(
          where + ": class labels are needed, the targets are real values; use Targets.labels.");
    }
    for (int n = 0; n < y.count(); n++) {
      if (y.label(n) >= classes) {
        throw new IllegalArgumentException(where + ": label " + y.label(n) + " of example " + n
            + " is out of range: there are " + classes + " classes, 0 to " + (classes - 1) + ".");
      }
    }
  }

  static void values(String where, Tensor f, Targets y) {
    if (y.isLabels()) {
      throw new IllegalArgumentException(
          where + ": real targets are needed, these are class labels; use Targets.values.");
    }
    if (!y.values().shape().equals(f.shape())) {
      throw new IllegalArgumentException(
          where + ": targets of shape " + y.values().shape() + " came with outputs of shape "
              + f.shape() + "; they must be equal.");
    }
  }

  static void positive(String where, String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          where + ": " + what + " is " + value + "; it must be positive and finite.");
    }
  }

  static void shape(String where, String what, Tensor value, Shape required) {
    if (!value.shape().equals(required)) {
      throw new IllegalArgumentException(where + ": " + what + " must have the shape " + required
          + ", but has " + value.shape() + ".");
    }
  }
}
