package org.laplace4j.nn;

import java.util.List;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;

/**
 * What was observed, one row an example: real values (B, C), or class labels (B). Whether a
 * likelihood can use them is checked by the likelihood.
 */
public final class Targets {
  /** Rank 1: labels, which a double holds exactly. Rank 2 or more: real values. */
  private final Tensor observed;

  private Targets(Tensor observed) {
    this.observed = observed;
  }

  /** Real targets, shape (B, C); every value must be finite. */
  public static Targets values(Tensor values) {
    if (values.shape().rank() < 2) {
      throw new IllegalArgumentException("Targets.values: real targets must be (B, C), got "
          + values.shape() + "; reshape a single output to (B, 1).");
    }
    int bad = Arrays.firstNonFinite(values.array());
    if (bad >= 0) {
      int width = values.shape().drop(1).size();
      throw new IllegalArgumentException("Targets.values: target " + bad % width + " of example "
          + bad / width + " is " + values.array()[bad]
          + "; every target must be finite: remove or impute that example.");
    }
    return new Targets(values.detach());
  }

  /** Class labels 0, 1, …, one an example. */
  public static Targets labels(int... labels) {
    double[] observed = new double[labels.length];
    for (int n = 0; n < labels.length; n++) {
      if (labels[n] < 0) {
        throw new IllegalArgumentException("Targets.labels: the label of example " + n + " is "
            + labels[n] + "; labels are 0, 1, ….");
      }
      observed[n] = labels[n];
    }
    return new Targets(Tensor.adopt(Shape.of(labels.length), observed));
  }

  /** The targets one after the other: all labels, or all values of the same width. */
  static Targets concat(List<Targets> parts) {
    return new Targets(
        Tensor.concat(0, parts.stream().map(part -> part.observed).toList()));
  }

  /** B, the number of examples. */
  public int count() {
    return observed.shape().dim(0);
  }

  /** Whether these are class labels. */
  public boolean isLabels() {
    return observed.shape().rank() == 1;
  }

  /** The real targets, (B, C). */
  public Tensor values() {
    if (isLabels()) {
      throw new IllegalArgumentException("Targets.values: real targets were asked for, these are "
          + count() + " class labels; make them with Targets.values.");
    }
    return observed;
  }

  /** The class labels, (B). */
  public int[] labels() {
    int[] labels = new int[count()];
    java.util.Arrays.setAll(labels, this::label);
    return labels;
  }

  /** The label of example n. */
  public int label(int n) {
    if (!isLabels()) {
      throw new IllegalArgumentException(
          "Targets.label: class labels were asked for, these are real values of shape "
              + observed.shape() + "; make them with Targets.labels.");
    }
    return (int) observed.array()[n];
  }

  /** The examples named by {@code indices}, in that order. */
  public Targets select(int... indices) {
    return new Targets(observed.gather(0, indices));
  }

  /** The shape of one example's target: that of a scalar for labels. */
  Shape perExample() {
    return observed.shape().drop(1);
  }

  /** For example {@code 150 class labels} or {@code real targets (100, 1)}. */
  @Override
  public String toString() {
    return isLabels() ? count() + " class labels" : "real targets " + observed.shape();
  }
}
