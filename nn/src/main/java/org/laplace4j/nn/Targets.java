package org.laplace4j.nn;

import java.util.List;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.rows.OutputRoots;

/**
 * What was observed, one row an example: real values (B, C), or class labels (B), and how much it
 * counts. Whether a likelihood can use them is checked by the likelihood.
 */
public final class Targets {
  /** Rank 1: labels, which a double holds exactly. Rank 2 or more: real values. */
  private final Tensor observed;

  private final PerExample weights;
  private final PerExample noise;

  private Targets(Tensor observed, PerExample weights, PerExample noise) {
    this.observed = observed;
    this.weights = weights;
    this.noise = noise;
  }

  private Targets(Tensor observed) {
    this(observed, PerExample.ONES, PerExample.ONES);
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

  /**
   * The same targets, example n counting wₙ > 0 times: training, the curvature and the evidence
   * take wₙ log p(yₙ | fₙ) for log p(yₙ | fₙ), whatever the likelihood.
   */
  public Targets weighted(double... w) {
    return new Targets(observed, PerExample.of("Targets.weighted", "weight", count(), w), noise);
  }

  /**
   * The same targets, the noise of example n being τₙ > 0 times that of the likelihood: y = f + σ
   * τₙ ε for a Gaussian. With σ = 1, τ is the known standard deviation of each example.
   */
  public Targets withNoise(double... tau) {
    return new Targets(
        observed, weights, PerExample.of("Targets.withNoise", "noise", count(), tau));
  }

  /** The targets one after the other: all labels, or all values of the same width. */
  static Targets concat(List<Targets> parts) {
    int[] counts = parts.stream().mapToInt(Targets::count).toArray();
    return new Targets(
        Tensor.concat(0, parts.stream().map(part -> part.observed).toList()),
        PerExample.concat(parts.stream().map(part -> part.weights).toList(), counts),
        PerExample.concat(parts.stream().map(part -> part.noise).toList(), counts));
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
    return new Targets(observed.gather(0, indices), weights.select(indices), noise.select(indices));
  }

  /** Row n of a tensor (B, …) times wₙ. */
  public Tensor weigh(Tensor rows) {
    return weights.isOnes() ? rows : rows.times(column(weights(), rows.shape().rank()));
  }

  /** Columns to be squared, (K, B, C), each times √wₙ. */
  public Tensor weighRoots(Tensor columns) {
    return weights.isOnes() ? columns : columns.times(column(weights(), 2).sqrt());
  }

  /** Roots of the outputs, each times √wₙ. */
  public OutputRoots weighRoots(OutputRoots roots) {
    return weights.isOnes() ? roots : roots.scaled(weights().sqrt().array());
  }

  private static Tensor column(Tensor perExample, int rank) {
    int[] dims = new int[rank];
    java.util.Arrays.fill(dims, 1);
    dims[0] = perExample.size();
    return perExample.reshape(dims);
  }

  /** w, (B): ones where none were given. */
  public Tensor weights() {
    return weights.values(count());
  }

  /** τ, (B): ones where none were given. */
  public Tensor noise() {
    return noise.values(count());
  }

  /** Whether examples have noises of their own. */
  public boolean hasNoise() {
    return !noise.isOnes();
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
