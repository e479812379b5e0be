package org.laplace4j.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.laplace4j.interop.DescribedNetwork;
import org.laplace4j.linalg.kernel.KernelProvider;

/**
 * Runs folders of workloads and prints one JSON row a phase: {@code Workloads FOLDER
 * [WORKLOAD[/VARIANT] ...]}. Without filters, everything; {@code WORKLOAD/map} is the training.
 *
 * <p>A row has the median, least and greatest time of warm runs, the time of the first run, and the
 * peak of the heap above what was alive before. What is not known here is a row with
 * {@code skipped} and why. A first row, {@code startup}, is the time from the start of the JVM to
 * the first posterior.
 */
public final class Workloads {
  private static final String MAP = "map";

  private final Set<String> filters;
  private boolean started;

  private Workloads(Set<String> filters) {
    this.filters = filters;
  }

  /** Runs what the arguments name. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 0) {
      System.err.println("Workloads FOLDER [WORKLOAD[/VARIANT] ...]");
      System.exit(2);
    }
    Workloads run = new Workloads(Stream.of(arguments).skip(1).collect(Collectors.toSet()));
    for (Path folder : folders(Path.of(arguments[0]))) {
      run.workload(folder);
    }
  }

  private static List<Path> folders(Path parent) throws IOException {
    try (Stream<Path> inside = Files.list(parent)) {
      return inside
          .filter(folder -> Files.exists(folder.resolve("config.json")))
          .sorted()
          .toList();
    }
  }

  private void workload(Path folder) throws IOException {
    String name = folder.getFileName().toString();
    boolean wanted =
        filters.isEmpty() || filters.stream().anyMatch(filter -> filter.split("/")[0].equals(name));
    if (!wanted) {
      return;
    }
    Workload workload = Workload.read(folder);
    Set<String> unknown = DescribedNetwork.unknownTypes(workload.layers());
    List<String> variants = new ArrayList<>(List.of(MAP));
    variants.addAll(workload.variants().keySet());
    for (String variant : variants) {
      if (!isWanted(name, variant)) {
        continue;
      }
      Optional<String> missing = unknown.isEmpty()
          ? Optional.ofNullable(workload.variants().get(variant)).flatMap(Variant::unknown)
          : Optional.of("layers " + unknown);
      if (missing.isPresent()) {
        print(row(name, variant, "all", Map.of("skipped", quoted(missing.get()))));
      } else if (variant.equals(MAP)) {
        measure(name, variant, new MapPhases(workload).phases());
      } else {
        posterior(name, variant, workload);
      }
    }
  }

  private boolean isWanted(String workload, String variant) {
    return filters.isEmpty()
        || filters.contains(workload)
        || filters.contains(workload + "/" + variant);
  }

  private void posterior(String name, String variant, Workload workload) {
    PosteriorPhases<?> of = PosteriorPhases.of(workload, workload.variants().get(variant));
    if (!started) {
      started = true;
      Object first = of.fit().get();
      assert first != this;
      long since =
          System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
      print(row(name, variant, "startup", Map.of("cold_s", number(since * 1e-3))));
    }
    measure(name, variant, of.phases());
  }

  private void measure(String workload, String variant, List<Phase> phases) {
    for (Phase phase : phases) {
      Phase.Cost cost = phase.measure();
      Map<String, String> numbers = new LinkedHashMap<>();
      numbers.put("median_s", number(cost.median()));
      numbers.put("min_s", number(cost.least()));
      numbers.put("max_s", number(cost.most()));
      numbers.put("cold_s", number(cost.cold()));
      numbers.put("peak_heap_mb", String.format(Locale.ROOT, "%.1f", cost.peakMegabytes()));
      numbers.put("n", Integer.toString(phase.points()));
      print(row(workload, variant, phase.name(), numbers));
    }
  }

  private static Map<String, String> row(
      String workload, String variant, String phase, Map<String, String> values) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("workload", quoted(workload));
    row.put("variant", quoted(variant));
    row.put("phase", quoted(phase));
    row.putAll(values);
    row.put(
        "threads",
        Integer.toString(
            Integer.getInteger("laplace4j.threads", Runtime.getRuntime().availableProcessors())));
    row.put("simd", quoted(KernelProvider.kernels().name()));
    row.put("jdk", quoted(System.getProperty("java.version")));
    return row;
  }

  private static void print(Map<String, String> row) {
    System.out.println(row.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}")));
  }

  private static String number(double seconds) {
    return String.format(Locale.ROOT, "%.4g", seconds);
  }

  /** Names and reasons have no characters but letters, digits and punctuation. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
