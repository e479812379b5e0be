package org.laplace4j.examples;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.train.MapTrainer;

/**
 * A posterior over 300 single weights of a network, with their full covariance, made in two ways:
 * by naming the 300, and by freezing all the others one by one. Both give the same bits, and frozen
 * weights never move. Run it by {@code bin/example 3}.
 */
public final class Example3SingleWeights {
  private static final int CHOSEN = 300;
  private static final int DRAWS = 20;

  private Example3SingleWeights() {}

  /**
   * What came out.
   *
   * @param frozen the number of frozen weights
   * @param same whether both ways gave the same mean, precision and draws, bit for bit
   * @param movedInDraws how many of the frozen weights any draw has changed
   * @param movedInTraining how many of them further training has changed
   */
  record Results(int frozen, boolean same, long movedInDraws, long movedInTraining) {}

  /** Runs it. */
  public static void main(String... arguments) {
    run(System.out);
  }

  static Results run(PrintStream out) {
    // 1. A network, trained on the digits.
    Dataset data = Digits.load().training();
    Sequential network = Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 64, 32, 32, 10);
    MapTrainer trainer = MapTrainer.of(network, new Categorical())
        .epochs(20)
        .listener(new ProgressBar(out, "training"));
    trainer.train(data, new SplittableRandom(2));
    double[] trained = values(network);
    timed(
        out,
        "Kronecker factors, all weights",
        () -> Laplace.of(network, new Categorical()).fit(data));

    // 2. One way: name the weights.
    Laplace<Categorical> laplace =
        Laplace.of(network, new Categorical()).structure(Structure.full());
    LaplacePosterior<Categorical> named = timed(
        out,
        "full covariance, 300 named",
        () -> laplace.over(WeightSubset.largestMagnitude(CHOSEN)).fit(data));

    // 3. The other way: freeze the rest, one by one. What is trainable is what is random.
    double[] sizes = Arrays.stream(trained).map(Math::abs).sorted().toArray();
    double smallest = sizes[sizes.length - CHOSEN];
    for (Parameter parameter : network.parameters().values()) {
      for (int i = 0; i < parameter.shape().size(); i++) {
        if (Math.abs(parameter.value().array()[i]) < smallest) {
          parameter.freeze(i);
        }
      }
    }
    LaplacePosterior<Categorical> unfrozen =
        timed(out, "full covariance, others frozen", () -> laplace.fit(data));

    // 4. Both are the same.
    Matrix draws = unfrozen.samples(DRAWS, new SplittableRandom(3)).all();
    boolean same = Arrays.equals(named.mean(), unfrozen.mean())
        && named.precision().toDense().equals(unfrozen.precision().toDense())
        && named.samples(DRAWS, new SplittableRandom(3)).all().equals(draws);

    // 5. What is frozen stays: in draws, and when training goes on.
    trainer.train(data, new SplittableRandom(4));
    double[] trainedOn = values(network);
    int[] frozen = frozen(network);
    Results results = new Results(
        frozen.length,
        same,
        IntStream.of(frozen).filter(i -> !isAlways(trained[i], draws.column(i))).count(),
        IntStream.of(frozen).filter(i -> !isAlways(trained[i], trainedOn[i])).count());
    print(out, results, trained.length);
    return results;
  }

  /** All weights of a network, in the order of its parameters. */
  private static double[] values(Sequential network) {
    return network.parameters().values().stream()
        .flatMapToDouble(parameter -> Arrays.stream(parameter.value().array()))
        .toArray();
  }

  /** The places among all weights of those that are frozen. */
  private static int[] frozen(Sequential network) {
    IntStream.Builder frozen = IntStream.builder();
    int place = 0;
    for (Parameter parameter : network.parameters().values()) {
      for (int i = 0; i < parameter.shape().size(); i++, place++) {
        if (!parameter.trainable().contains(i)) {
          frozen.add(place);
        }
      }
    }
    return frozen.build().toArray();
  }

  /** Whether all are the expected number to the last bit. */
  private static boolean isAlways(double expected, double... actual) {
    return Arrays.stream(actual)
        .allMatch(x -> Double.doubleToRawLongBits(x) == Double.doubleToRawLongBits(expected));
  }

  private static <T> T timed(PrintStream out, String what, Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    double seconds = (System.nanoTime() - start) / 1e9;
    out.printf(Locale.ROOT, "%-32s %5.2f s%n", what, seconds);
    return result;
  }

  private static void print(PrintStream out, Results results, int weights) {
    out.printf(
        Locale.ROOT,
        "%nA covariance of %,d numbers instead of %,d, since %,d of %,d weights are fixed.%n",
        CHOSEN * CHOSEN,
        weights * weights,
        results.frozen(),
        weights);
    out.printf(
        "Mean, precision and draws are the same bits both ways: %s.%n",
        results.same() ? "yes" : "no, which is a defect");
    out.printf(
        Locale.ROOT,
        "Frozen weights that moved in %d draws: %d; when training went on: %d.%n",
        DRAWS,
        results.movedInDraws(),
        results.movedInTraining());
  }
}
