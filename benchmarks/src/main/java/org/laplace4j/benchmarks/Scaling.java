package org.laplace4j.benchmarks;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;

/**
 * How the time of a fit and of a prediction grows with one size at a time, the others staying as
 * they are: a 64-128-10 network, 2,048 examples in batches of 256, Kronecker over all weights, 256
 * inputs predicted. Threads are an option of the JVM: {@code -Dlaplace4j.threads=1}.
 */
public final class Scaling {
  private static final int FEATURES = 64;
  private static final int POINTS = 256;
  private static final Sizes BASE = new Sizes(2048, 128, 10, 256, OptionalInt.empty());

  private Scaling() {}

  /** N, the width of the hidden layer, C, B, and how many single weights under full covariance. */
  private record Sizes(int examples, int width, int outputs, int batch, OptionalInt selected) {
    Sizes withExamples(int value) {
      return new Sizes(value, width, outputs, batch, selected);
    }

    Sizes withWidth(int value) {
      return new Sizes(examples, value, outputs, batch, selected);
    }

    Sizes withOutputs(int value) {
      return new Sizes(examples, width, value, batch, selected);
    }

    Sizes withBatch(int value) {
      return new Sizes(examples, width, outputs, value, selected);
    }

    Sizes withSelected(int value) {
      return new Sizes(examples, width, outputs, batch, OptionalInt.of(value));
    }
  }

  /** Prints a table, a row a size. */
  public static void main(String[] arguments) {
    System.out.println("| size | fit, ms | predict, ms | fit's peak, MB |\n|---|---|---|---|");
    for (int n : new int[] {512, 2048, 8192, 32768}) print("N = " + n, BASE.withExamples(n));
    for (int h : new int[] {32, 128, 512, 1024}) print("width = " + h, BASE.withWidth(h));
    for (int c : new int[] {2, 10, 30, 100}) print("C = " + c, BASE.withOutputs(c));
    for (int b : new int[] {32, 128, 512, 2048}) print("B = " + b, BASE.withBatch(b));
    for (int k : new int[] {100, 400, 1600, 6400}) {
      print("single weights, full = " + k, BASE.withSelected(k));
    }
  }

  private static void print(String size, Sizes sizes) {
    SplittableRandom random = new SplittableRandom(1);
    Module network =
        Sequential.mlp(Activation.relu(), random, FEATURES, sizes.width(), sizes.outputs());
    Dataset data = Dataset.of(
        normal(sizes.examples(), random),
        Targets.labels(random.ints(sizes.examples(), 0, sizes.outputs()).toArray()),
        sizes.batch());
    Tensor x = normal(POINTS, random);
    Laplace<Categorical> laplace = laplace(network, sizes.selected());
    Phase.Cost fit = Phase.of("fit", sizes.examples(), () -> laplace.fit(data)).measure();
    LaplacePosterior<Categorical> posterior = laplace.fit(data);
    Phase.Cost predict = Phase.of(
            "predict", POINTS, () -> posterior.predict(x, Predictive.probit()))
        .measure();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3g | %.3g | %.0f |%n",
        size,
        1e3 * fit.median(),
        1e3 * predict.median(),
        fit.peakMegabytes());
  }

  private static Laplace<Categorical> laplace(Module network, OptionalInt selected) {
    Laplace<Categorical> all = Laplace.of(network, new Categorical());
    return selected.isEmpty()
        ? all.structure(Structure.kronecker())
        : all.structure(Structure.full())
            .over(WeightSubset.random(selected.getAsInt(), new SplittableRandom(2)));
  }

  private static Tensor normal(int examples, SplittableRandom random) {
    double[] values = new double[examples * FEATURES];
    java.util.Arrays.setAll(values, i -> random.nextGaussian());
    return Tensor.adopt(Shape.of(examples, FEATURES), values);
  }
}
