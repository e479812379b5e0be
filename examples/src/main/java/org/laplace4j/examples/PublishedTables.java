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
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;

/**
 * Tables that papers have printed, on the splits that they used: four regressions with twenty
 * splits each, and four classifications with five. The data are not shipped; the program is given
 * the folder that has them, and prints the tables of docs/published-tables.md. Run it by
 * {@code bin/published-tables FOLDER [NAME ...] [--splits=N]}.
 */
public final class PublishedTables {
  private static final String USAGE = "usage: published-tables FOLDER [NAME ...] [--splits=N]"
      + "   (reads FOLDER/NAME/data.csv and FOLDER/NAME/splits)";

  private static final List<String> REGRESSIONS =
      List.of("yacht", "energy", "concrete", "wine_red");
  private static final List<String> TWENTY =
      IntStream.range(0, 20).mapToObj(String::valueOf).toList();

  private static final List<String> CLASSIFICATIONS =
      List.of("australian", "glass", "vehicle", "waveform");
  private static final List<String> FIVE =
      List.of("seed68", "seed117", "seed36", "seed187", "seed17");

  private final PrintStream out;
  private final PrintStream progress;
  private final Effort effort;

  /**
   * How much is done.
   *
   * @param regression of a split of a regression
   * @param classification of a split of a classification
   * @param splits of each data set, at most
   */
  record Effort(RegressionTable regression, ClassificationTable classification, int splits) {
    /** That of the tables in the documents, but for the number of splits. */
    static Effort documented(int splits) {
      return new Effort(
          new RegressionTable(new DecayPath(List.of(1e-2, 1e-3, 1e-4, 1e-5), 1000, 0.03), 50, 4),
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

  /** Runs it. The exit status is 2 if the arguments or the data are of no use. */
  public static void main(String... arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    List<String> names = new ArrayList<>();
    int splits = Integer.MAX_VALUE;
    for (String argument : arguments) {
      if (argument.matches("--splits=[1-9]\\d{0,3}")) {
        splits = Integer.parseInt(argument.substring("--splits=".length()));
      } else {
        names.add(argument);
      }
    }
    if (names.isEmpty() || names.stream().anyMatch(name -> name.startsWith("-"))) {
      err.println(USAGE);
      return 2;
    }
    Path folder = Path.of(names.remove(0));
    try {
      new PublishedTables(out, err, Effort.documented(splits)).print(folder, names);
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
    // All is read before anything is computed, so that what is wrong is known at once.
    List<SplitData> regressions =
        read(folder, chosen(REGRESSIONS, names), TWENTY, List.of("train", "test"));
    List<SplitData> classifications =
        read(folder, chosen(CLASSIFICATIONS, names), FIVE, List.of("train", "valid", "test"));
    if (!regressions.isEmpty()) {
      Map<String, List<List<RegressionScore>>> scores = new LinkedHashMap<>();
      regressions.forEach(data -> scores.put(data.name(), regression(data)));
      List<String> rows = RegressionTable.rows();
      table("test log-likelihood, nats", rows, scores, RegressionScore::logDensity);
      table("test RMSE", rows, scores, RegressionScore::rootMeanSquaredError);
    }
    if (!classifications.isEmpty()) {
      Map<String, List<List<Double>>> scores = new LinkedHashMap<>();
      classifications.forEach(data -> scores.put(data.name(), classification(data)));
      table("test NLL, nats", ClassificationTable.rows(), scores, nll -> nll);
    }
  }

  private static List<String> chosen(List<String> all, List<String> names) {
    return all.stream().filter(name -> names.isEmpty() || names.contains(name)).toList();
  }

  private List<SplitData> read(
      Path folder, List<String> names, List<String> splits, List<String> parts) throws IOException {
    List<String> some = splits.subList(0, Math.min(splits.size(), effort.splits()));
    List<SplitData> data = new ArrayList<>();
    for (String name : names) {
      data.add(SplitData.read(folder, name, some, parts));
    }
    return data;
  }

  private List<List<RegressionScore>> regression(SplitData data) {
    Dataset all = Dataset.of(data.csv().inputs(), Targets.values(data.csv().target()));
    return ofEverySplit(data, split -> {
      List<Dataset> parts = data.parts(split, all);
      return effort.regression().scores(parts.get(0), parts.get(1), 1000L * split);
    });
  }

  private List<List<Double>> classification(SplitData data) {
    int[] labels = data.csv().labels();
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    Dataset all = Dataset.of(data.csv().inputs(), Targets.labels(labels));
    return ofEverySplit(data, split -> {
      List<Dataset> parts = data.parts(split, all);
      return effort
          .classification()
          .scores(parts.get(0), parts.get(1), parts.get(2), classes, new SplittableRandom(split));
    });
  }

  /** Several at a time; what a split gives depends on its number alone. */
  private <T> List<T> ofEverySplit(SplitData data, IntFunction<T> split) {
    int count = data.splits().size();
    long start = System.nanoTime();
    Stream<T> results = IntStream.range(0, count).parallel().mapToObj(k -> {
      T result = split.apply(k);
      progress.println(data.name() + ": split " + k + " is done");
      return result;
    });
    List<T> all = results.toList();
    double seconds = (System.nanoTime() - start) / 1e9;
    progress.printf(Locale.ROOT, "%s: %d splits in %.0f s%n", data.name(), count, seconds);
    return all;
  }

  private <T> void table(
      String what,
      List<String> rows,
      Map<String, List<List<T>>> results,
      ToDoubleFunction<T> score) {
    out.println("| " + what + " | " + String.join(" | ", results.keySet()) + " |");
    out.println("|---|" + "---|".repeat(results.size()));
    for (int r = 0; r < rows.size(); r++) {
      int row = r;
      StringBuilder line = new StringBuilder("| " + rows.get(row) + " |");
      for (List<List<T>> splits : results.values()) {
        line.append(" ")
            .append(MeanAndError.of(splits.stream()
                .mapToDouble(split -> score.applyAsDouble(split.get(row)))
                .toArray()))
            .append(" |");
      }
      out.println(line);
    }
    out.println();
  }
}
