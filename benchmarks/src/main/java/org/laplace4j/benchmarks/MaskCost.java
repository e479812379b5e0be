package org.laplace4j.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
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
 * use ({@code squares}, the diagonal of JᵀJ) stands beside them. Medians of warm runs; MB are
 * allocated bytes, kept MB are those of the rows.
 */
public final class MaskCost {
  private static final int EXAMPLES = 256;
  private static final int COLUMNS = 10;
  private static final String NAME = "%-22s";
  private static final int WARM = 10;
  private static final int RUNS = 21;

  private final ClockedNetwork network = new ClockedNetwork(new Random(1), 784, 256, 128, 10);
  private final Tensor x = normal(2, EXAMPLES, 784);
  private final Tensor u = normal(3, EXAMPLES, 10);
  private final Tensor columns = normal(4, COLUMNS, EXAMPLES, 10);

  private MaskCost() {}

  /** Prints the table; takes no arguments. */
  public static void main(String[] arguments) {
    System.out.printf(
        "JDK %s, %d examples, %d columns, medians of %d runs%n%n",
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
    Map<String, Supplier<String>> lines = benchmark.masks();
    // Once unseen, so that the first line is as warm as the last.
    String unseen = lines.get(String.format(NAME, "all")).get();
    assert !unseen.isEmpty();
    lines.forEach((name, mask) -> System.out.println(name + mask.get()));
  }

  private Map<String, Supplier<String>> masks() {
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
    Map<String, Supplier<String>> lines = new LinkedHashMap<>();
    masks.forEach((name, mask) -> lines.put(String.format(NAME, name), () -> line(mask)));
    return lines;
  }

  private WeightMask scattered(double probability) {
    Random random = new Random(5);
    Map<Parameter, ElementMask> masks = new LinkedHashMap<>();
    for (Parameter p : network.parameters().values()) {
      masks.put(p, ElementMask.where(p.shape(), i -> random.nextDouble() < probability));
    }
    return WeightMask.of(masks);
  }

  private String line(WeightMask mask) {
    ParameterSpace space = ParameterSpace.of(network, mask);
    Weights at = Weights.of(network);
    Supplier<Linearization> record = () -> Linearization.of(network, space, at, x);
    Linearization f = record.get();
    Cost forward = median(record);
    Cost pullback = median(() -> f.pullback(u));
    Cost rows = median(() -> f.rows(columns));
    Rows kept = f.rows(columns);
    Cost squares = median(kept::squares);
    return String.format(
        Locale.ROOT,
        "%,8d    | %7.2f | %7.2f %7.2f %8.2f    | %7.2f %7.2f %8.2f %8.2f %8.2f",
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

  private Cost median(Supplier<?> work) {
    List<Cost> costs = new ArrayList<>();
    for (int run = 0; run < WARM + RUNS; run++) {
      Clock sweep = network.sweep();
      sweep.reset();
      Clock whole = new Clock();
      whole.time(work);
      costs.add(new Cost(
          sweep.milliseconds(),
          whole.milliseconds() - sweep.milliseconds(),
          whole.megabytes() - sweep.megabytes()));
    }
    List<Cost> warm = costs.subList(WARM, costs.size());
    return new Cost(
        middle(warm.stream().mapToDouble(Cost::sweep).toArray()),
        middle(warm.stream().mapToDouble(Cost::parameters).toArray()),
        middle(warm.stream().mapToDouble(Cost::megabytes).toArray()));
  }

  private static double middle(double[] values) {
    java.util.Arrays.sort(values);
    return values[values.length / 2];
  }

  private static Tensor normal(long seed, int... dims) {
    Random random = new Random(seed);
    double[] values = new double[Shape.of(dims).size()];
    java.util.Arrays.setAll(values, i -> random.nextGaussian());
    return Tensor.adopt(Shape.of(dims), values);
  }
}
