package org.laplace4j.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;

/**
 * Tables that papers have printed, on the splits that they used: four regressions of UCI with
 * twenty splits each, and four classifications with five. The data are not shipped; the program is
 * given the folder that has them, and prints the tables of docs/published-tables.md. Run it by
 * {@code bin/published-tables FOLDER [NAME ...] [--splits=N]}.
 */
public final class PublishedTables {
  private static final String USAGE =
      "usage: published-tables FOLDER [NAME ...] [--splits=N]   (FOLDER/NAME/data.csv, FOLDER/NAME/splits)";

  private static final List<String> REGRESSIONS =
      List.of("yacht", "energy", "concrete", "wine_red");
  private static final List<String> CLASSIFICATIONS =
      List.of("australian", "glass", "vehicle", "waveform");
  private static final int REGRESSION_SPLITS = 20;
  private static final List<String> SEEDS =
      List.of("seed68", "seed117", "seed36", "seed187", "seed17");

  private final PrintStream out;
  private final PrintStream progress;
  private final Effort effort;

  /**
   * How much is done.
   *
   * @param regression how a split of a regression is done
   * @param classification how a split of a classification is done
   * @param splits at most, of each data set
   */
  record Effort(RegressionTable regression, ClassificationTable classification, int splits) {
    static Effort whole(int splits) {
      return new Effort(
          new RegressionTable(
              new DecayPath(List.of(1e-2, 1e-3, 1e-4, 1e-5), 1000, 0.03), 50, 4),
          new ClassificationTable(
              new DecayPath(List.of(1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4), 500, 0.01), 50, 200),
          splits);
    }
  }

  PublishedTables(PrintStream out, PrintStream progress, Effort effort) {
    this.out = out;
    this.progress = progress;
    this.effort = effort;
  }

  /** Runs it. */
  public static void main(String... arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    List<String> names = new ArrayList<>();
    int splits = Integer.MAX_VALUE;
    for (String argument : arguments) {
      if (argument.matches("--splits=[1-9]\\d{0,3}")) {
        splits = Integer.parseInt(argument.substring("--splits=".length()));
      } else if (argument.startsWith("-")) {
        err.println(USAGE);
        return 2;
      } else {
        names.add(argument);
      }
    }
    if (names.isEmpty()) {
      err.println(USAGE);
      return 2;
    }
    Path folder = Path.of(names.remove(0));
    try {
      new PublishedTables(out, err, Effort.whole(splits)).print(folder, names);
      return 0;
    } catch (IOException | IllegalArgumentException unusable) {
      err.println("published-tables: " + unusable.getMessage());
      return 2;
    }
  }

  /** Prints the tables of the named data sets, or of all. */
  void print(Path folder, List<String> names) throws IOException {
    for (String name : names) {
      if (!REGRESSIONS.contains(name) && !CLASSIFICATIONS.contains(name)) {
        throw new IllegalArgumentException("there is no table with '" + name + "'; there are "
            + REGRESSIONS + " and " + CLASSIFICATIONS + ".");
      }
    }
    Map<String, List<List<RegressionScore>>> regressions = new LinkedHashMap<>();
    Map<String, List<List<Double>>> classifications = new LinkedHashMap<>();
    for (String name : REGRESSIONS) {
      if (names.isEmpty() || names.contains(name)) {
        regressions.put(name, regression(SplitFolder.read(folder, name)));
      }
    }
    for (String name : CLASSIFICATIONS) {
      if (names.isEmpty() || names.contains(name)) {
        classifications.put(name, classification(SplitFolder.read(folder, name)));
      }
    }
    if (!regressions.isEmpty()) {
      table(
          "test log-likelihood, nats",
          RegressionTable.rows(),
          regressions,
          RegressionScore::logDensity);
      table(
          "test RMSE", RegressionTable.rows(), regressions, RegressionScore::rootMeanSquaredError);
    }
    if (!classifications.isEmpty()) {
      table("test NLL, nats", ClassificationTable.rows(), classifications, nll -> nll);
    }
  }

  private List<List<RegressionScore>> regression(SplitFolder data) throws IOException {
    Dataset all = Dataset.of(data.csv().inputs(), Targets.values(data.csv().target()));
    List<List<int[]>> splits = new ArrayList<>();
    for (int k = 0; k < Math.min(REGRESSION_SPLITS, effort.splits()); k++) {
      splits.add(data.split(String.valueOf(k), List.of("train", "test")));
    }
    return timed(
        data.name(),
        splits.size(),
        k -> effort
            .regression()
            .scores(all.select(splits.get(k).get(0)), all.select(splits.get(k).get(1)), 1000L * k));
  }

  private List<List<Double>> classification(SplitFolder data) throws IOException {
    int[] labels = data.csv().labels();
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    Dataset all = Dataset.of(data.csv().inputs(), Targets.labels(labels));
    List<List<int[]>> splits = new ArrayList<>();
    for (String seed : SEEDS.subList(0, Math.min(SEEDS.size(), effort.splits()))) {
      splits.add(data.split(seed, List.of("train", "valid", "test")));
    }
    return timed(data.name(), splits.size(), k -> {
      List<Dataset> parts = splits.get(k).stream().map(all::select).toList();
      return effort
          .classification()
          .scores(parts.get(0), parts.get(1), parts.get(2), classes, new SplittableRandom(k));
    });
  }

  /** All splits, several at a time; what each gives depends on its number alone. */
  private <T> List<T> timed(String name, int splits, java.util.function.IntFunction<T> split) {
    long start = System.nanoTime();
    List<T> results = IntStream.range(0, splits)
        .parallel()
        .mapToObj(k -> {
          T result = split.apply(k);
          progress.println(name + ", split " + k + " is done");
          return result;
        })
        .toList();
    progress.printf(
        Locale.ROOT, "%s: %d splits in %.0f s%n", name, splits, (System.nanoTime() - start) / 1e9);
    return results;
  }

  private <T> void table(
      String what,
      List<String> rows,
      Map<String, List<List<T>>> results,
      ToDoubleFunction<T> score) {
    out.println("| " + what + " | " + String.join(" | ", results.keySet()) + " |");
    out.println("|---|" + "---|".repeat(results.size()));
    for (int row = 0; row < rows.size(); row++) {
      StringBuilder line = new StringBuilder("| " + rows.get(row));
      for (List<List<T>> splits : results.values()) {
        int r = row;
        double[] values = splits.stream()
            .mapToDouble(split -> score.applyAsDouble(split.get(r)))
            .toArray();
        line.append(" | ").append(MeanAndError.of(values));
      }
      out.println(line + " |");
    }
    out.println();
  }
}
