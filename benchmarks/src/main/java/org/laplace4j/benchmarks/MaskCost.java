package org.laplace4j.benchmarks;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.rows.Rows;

/**
 * What derivatives cost under masks, on a 784-256-128-10 network with 256 examples: forward pass,
 * sweep through the layers, and what is done for parameters, apart.
 *
 * <p>The sweep is the time inside the vjp's towards the data, and what is done for parameters is
 * all the rest of a pullback or of rows. Rows put work off until they are used, so the time of a
 * use ({@code squares}, the diagonal of JᵀJ) stands beside them. The best of many warm runs, since
 * on a shared machine a median measures the neighbours; MB are allocated bytes, kept MB are those
 * of the rows.
 */
public final class MaskCost {
  private static final int EXAMPLES = 256;
  private static final int COLUMNS = 10;
  private static final long WARM_NANOSECONDS = 1_000_000_000;
  private static final int RUNS = 101;

  private final ClockedNetwork network = new ClockedNetwork(new Random(1), 784, 256, 128, 10);
  private final Tensor x = normal(2, EXAMPLES, 784);
  private final Tensor u = normal(3, EXAMPLES, 10);
  private final Tensor columns = normal(4, COLUMNS, EXAMPLES, 10);

  private MaskCost() {}

  /** Prints the table; takes no arguments. */
  public static void main(String[] arguments) {
    System.out.printf(
        "JDK %s, %d examples, %d columns, best of %d runs%n%n",
        System.getProperty("java.version"), EXAMPLES, COLUMNS, RUNS);
    System.out.println(
        "                                  |         | pullback                    | rows");
    System.out.println(
        "mask               selected       | forward |   sweep  parameters         |   sweep"
            + "  parameters          kept  squares");
    System.out.println(
        "                                  |      ms |      ms      ms       MB    |      ms"
            + "      ms       MB       MB       ms");
    MaskCost benchmark = new MaskCost();
    Map<String, WeightMask> masks = benchmark.masks();
    // Once unseen, so that the first line is as warm as the last.
    benchmark.print(new PrintStream(OutputStream.nullOutputStream()), "all", masks.get("all"));
    masks.forEach((name, mask) -> benchmark.print(System.out, name, mask));
  }

  private Map<String, WeightMask> masks() {
    Map<String, WeightMask> masks = new LinkedHashMap<>();
    masks.put("all", WeightMask.all(network.parameters().values()));
    for (double percent : new double[] {10, 1, 0.1}) {
      masks.put("scattered " + percent + " %", scattered(percent / 100));
    }
    network
        .layers()
        .forEach((name, parameters) -> masks.put("layer " + name, WeightMask.all(parameters)));
    Parameter first = network.layers().get("1").get(0);
    masks.put("one unit of layer 1", WeightMask.of(first, ElementMask.rows(first.shape(), 0)));
    masks.put(
        "one weight of layer 1", WeightMask.of(first, ElementMask.ofIndices(first.shape(), 0)));
    return masks;
  }

  private WeightMask scattered(double probability) {
    Random random = new Random(5);
    Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
    for (Parameter p : network.parameters().values()) {
      masks.put(p, ElementMask.where(p.shape(), i -> random.nextDouble() < probability));
    }
    return WeightMask.of(masks);
  }

  private void print(PrintStream out, String name, WeightMask mask) {
    ParameterSpace space = ParameterSpace.of(network, mask);
    Weights at = Weights.of(network);
    Supplier<Linearization> record = () -> Linearization.of(network, space, at, x);
    Linearization f = record.get();
    Cost forward = best(record);
    Cost pullback = best(() -> f.pullback(u));
    Cost rows = best(() -> f.rows(columns));
    Rows kept = f.rows(columns);
    Cost squares = best(kept::squares);
    out.printf(
        Locale.ROOT,
        "%-22s%,8d    | %7.2f | %7.2f %7.2f %8.2f    | %7.2f %7.2f %8.2f %8.2f %8.2f%n",
        name,
        mask.count(),
        forward.parameters(),
        pullback.sweep(),
        pullback.parameters(),
        pullback.megabytes(),
        rows.sweep(),
        rows.parameters(),
        rows.megabytes(),
        kept.storedNumbers() * 8e-6,
        squares.parameters());
  }

  /** Milliseconds of the sweep and of all else, and the megabytes allocated by all else. */
  private record Cost(double sweep, double parameters, double megabytes) {}

  private Cost best(Supplier<?> work) {
    long end = System.nanoTime() + WARM_NANOSECONDS;
    while (System.nanoTime() < end) {
      cost(work);
    }
    List<Cost> costs = Stream.generate(() -> cost(work)).limit(RUNS).toList();
    return new Cost(
        least(costs.stream().mapToDouble(Cost::sweep)),
        least(costs.stream().mapToDouble(Cost::parameters)),
        least(costs.stream().mapToDouble(Cost::megabytes)));
  }

  private Cost cost(Supplier<?> work) {
    Clock sweep = network.sweep();
    sweep.reset();
    Clock whole = new Clock();
    whole.time(work);
    return new Cost(
        sweep.milliseconds(),
        whole.milliseconds() - sweep.milliseconds(),
        whole.megabytes() - sweep.megabytes());
  }

  private static double least(DoubleStream values) {
    return values.min().orElseThrow();
  }

  private static Tensor normal(long seed, int... dims) {
    Random random = new Random(seed);
    double[] values = new double[Shape.of(dims).size()];
    java.util.Arrays.setAll(values, i -> random.nextGaussian());
    return Tensor.adopt(Shape.of(dims), values);
  }
}
