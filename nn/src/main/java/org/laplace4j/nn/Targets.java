package org.laplace4j.nn;

import java.util.Arrays;
import org.laplace4j.autodiff.Tensor;

/**
 * What was observed, one row an example: real values (B, C), or class labels (B). The type of
 * target is checked by the likelihood that uses it.
 */
public final class Targets {
  private final Tensor values;
  private final int[] labels;

  private Targets(Tensor values, int[] labels) {
    this.values = values;
    this.labels = labels;
  }

  /** Real targets, shape (B, C); every value must be finite. */
  public static Targets values(Tensor values) {
    if (values.shape().rank() < 2) {
      throw new IllegalArgumentException("Targets.values: real targets must be (B, C), got "
          + values.shape() + "; reshape a single output to (B, 1).");
    }
    int bad = org.laplace4j.linalg.Arrays.firstNonFinite(values.array());
    if (bad >= 0) {
      throw new IllegalArgumentException("Targets.values: target " + bad + " (row-major) is "
          + values.array()[bad] + "; every target must be finite: remove or impute that row.");
    }
    return new Targets(values.detach(), new int[0]);
  }

  /** Class labels 0, 1, …, one an example. */
  public static Targets labels(int... labels) {
    for (int n = 0; n < labels.length; n++) {
      if (labels[n] < 0) {
        throw new IllegalArgumentException(
            "Targets.labels: label " + n + " is " + labels[n] + "; labels are 0, 1, ….");
      }
    }
    return new Targets(
        Tensor.zeros(org.laplace4j.autodiff.Shape.of(labels.length, 0)), labels.clone());
  }

  /** B, the number of examples. */
  public int count() {
    return isLabels() ? labels.length : values.shape().dim(0);
  }

  /** Whether these are class labels. */
  public boolean isLabels() {
    return values.shape().dim(-1) == 0;
  }

  /** The real targets, (B, C). */
  public Tensor values() {
    if (isLabels()) {
      throw new IllegalArgumentException(
          "Targets: real targets are needed, these are class labels; use Targets.values.");
    }
    return values;
  }

  /** The class labels, a copy. */
  public int[] labels() {
    return labels.clone();
  }

  /** The label of one example. */
  public int label(int n) {
    return labels[n];
  }

  /** The examples named by {@code indices}, in that order. */
  public Targets select(int... indices) {
    return isLabels()
        ? new Targets(
            Tensor.zeros(org.laplace4j.autodiff.Shape.of(indices.length, 0)),
            Arrays.stream(indices).map(n -> labels[n]).toArray())
        : new Targets(values.gather(0, indices), labels);
  }
}
