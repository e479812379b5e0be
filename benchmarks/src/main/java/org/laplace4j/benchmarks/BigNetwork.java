package org.laplace4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WeightSamples;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.prior.Prior;

/**
 * A posterior over a million weights in a small heap, as {@code -Xmx2g}: a random 784-1000-200-10
 * network and synthetic examples, fitted by low rank and by EKFAC, which then predict and draw.
 * {@code BigNetwork [EXAMPLES [RANK]]}.
 */
public final class BigNetwork {
  private static final int FEATURES = 784;
  private static final int CLASSES = 10;
  private static final int BATCH = 64;
  private static final int POINTS = 16;
  private static final int DRAWS = 3;

  private BigNetwork() {}

  /** Prints a line a step: seconds, and the peak of the heap above what was alive before. */
  public static void main(String[] arguments) {
    int examples = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 256;
    int rank = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50;
    Module network =
        Sequential.mlp(Activation.relu(), new SplittableRandom(1), FEATURES, 1000, 200, CLASSES);
    SplittableRandom random = new SplittableRandom(2);
    Dataset data = Dataset.of(
        normal(examples, random),
        Targets.labels(random.ints(examples, 0, CLASSES).toArray()),
        BATCH);
    Tensor test = normal(POINTS, random);
    System.out.printf(
        Locale.ROOT,
        "%,d weights, %d examples, heap of %,d MB%n",
        network.parameters().values().stream().mapToInt(p -> p.shape().size()).sum(),
        examples,
        Runtime.getRuntime().maxMemory() / 1_000_000);
    for (Structure structure : List.of(Structure.lowRank(rank), Structure.ekfac())) {
      LaplacePosterior<Categorical> posterior = step(
          structure + " fit",
          () -> Laplace.of(network, new Categorical())
              .structure(structure)
              .prior(Prior.isotropic(1))
              .fit(data));
      step(structure + " predict " + POINTS, () -> posterior.predict(test, Predictive.probit()));
      step(structure + " draw " + DRAWS, () -> {
        WeightSamples draws = posterior.samples(DRAWS, new SplittableRandom(3));
        double sum = 0;
        for (int s = 0; s < DRAWS; s++) {
          sum += draws.active(s)[0];
        }
        return sum;
      });
    }
  }

  private static <T> T step(String name, Supplier<T> work) {
    Heap.Peak<T> peak = Heap.peak(work);
    System.out.printf(
        Locale.ROOT, "%-24s %8.2f s %8.0f MB%n", name, peak.seconds(), peak.megabytes());
    return peak.made();
  }

  private static Tensor normal(int examples, SplittableRandom random) {
    double[] values = new double[examples * FEATURES];
    java.util.Arrays.setAll(values, i -> random.nextGaussian());
    return Tensor.adopt(Shape.of(examples, FEATURES), values);
  }
}
