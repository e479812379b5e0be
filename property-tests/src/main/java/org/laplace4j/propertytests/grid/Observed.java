package org.laplace4j.propertytests.grid;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/** What the outputs mean, and the formulas of textbooks for it. */
enum Observed {
  GAUSSIAN_1("Gaussian, 1 output", 1, Gaussian.of(0.6)),
  // Of equal σ, the eigenbasis of EKFAC's B would be any.
  GAUSSIAN_3("Gaussian, 3 outputs", 3, Gaussian.perOutput(0.5, 0.8, 1.3)),
  CATEGORICAL("categorical, 3 classes", 3, new Categorical()),
  BERNOULLI("Bernoulli", 1, new Bernoulli());

  private static final int EXAMPLES = 9;

  private final String words;
  private final int outputs;
  private final Likelihood likelihood;

  Observed(String words, int outputs, Likelihood likelihood) {
    this.words = words;
    this.outputs = outputs;
    this.likelihood = likelihood;
  }

  int outputs() {
    return outputs;
  }

  Likelihood likelihood() {
    return likelihood;
  }

  /** (N, 3). */
  Tensor inputs() {
    return normal(EXAMPLES, 3);
  }

  static Tensor normal(int rows, int columns) {
    SplittableRandom rng = new SplittableRandom(11);
    return Tensor.adopt(
        Shape.of(rows, columns),
        DoubleStream.generate(rng::nextGaussian).limit((long) rows * columns).toArray());
  }

  Targets targets() {
    int classes = Math.max(2, outputs);
    return isGaussian()
        ? Targets.values(normal(EXAMPLES, outputs))
        : Targets.labels(IntStream.range(0, EXAMPLES).map(n -> n * n % classes).toArray());
  }

  private boolean isGaussian() {
    return likelihood instanceof Gaussian;
  }

  /** log p(yₙ | f). */
  double logDensity(int n, double[] f) {
    if (!isGaussian()) return Math.log(probabilities(f)[targets().label(n)]);
    double[] variances = ((Gaussian) likelihood).variances(outputs);
    double sum = 0;
    for (int c = 0; c < outputs; c++) {
      double r = targets().values().get(n, c) - f[c];
      sum -= (r * r / variances[c] + Math.log(2 * Math.PI * variances[c])) / 2;
    }
    return sum;
  }

  /** Λ = −∂² log p / ∂f², (C, C). */
  Matrix hessian(double[] f) {
    if (isGaussian()) {
      double[] variances = ((Gaussian) likelihood).variances(outputs);
      return Matrix.diagonal(DoubleStream.of(variances).map(v -> 1 / v).toArray());
    }
    double[] p = probabilities(f);
    if (outputs == 1) return Matrix.diagonal(new double[] {p[0] * p[1]});
    Matrix column = Matrix.of(outputs, 1, p);
    return Matrix.diagonal(p).minus(column.timesTranspose(column));
  }

  private double[] probabilities(double[] f) {
    double[] logits = outputs == 1 ? new double[] {0, f[0]} : f;
    double sum = DoubleStream.of(logits).map(Math::exp).sum();
    return DoubleStream.of(logits).map(v -> Math.exp(v) / sum).toArray();
  }

  @Override
  public String toString() {
    return words;
  }
}
