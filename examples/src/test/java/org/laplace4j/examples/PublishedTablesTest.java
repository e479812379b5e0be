package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laplace4j.examples.PublishedTables.Effort;

/** The program of the published tables, on data that are made here. */
class PublishedTablesTest {
  private static final int EXAMPLES = 60;
  private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());

  /** Two splits, and networks of five units that are trained for a moment. */
  private static final Effort LITTLE = new Effort(
      new RegressionTable(new DecayPath(List.of(1e-2, 1e-3), 150, 0.03), 5, 2),
      new ClassificationTable(new DecayPath(List.of(1e-1, 1e-2), 60, 0.01), 5, 1000),
      2);

  @TempDir
  private Path folder;

  private static String print(Path folder, String... names) throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    new PublishedTables(out, NOWHERE, LITTLE).print(folder, List.of(names));
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** y = 10 (x₀ − x₁) + ε, and the class x₀ &gt; x₁: rows of two inputs and a target. */
  private void write(String name, boolean classes) throws IOException {
    SplittableRandom rng = new SplittableRandom(1);
    List<String> lines = new ArrayList<>(List.of("x0,x1,y"));
    for (int n = 0; n < EXAMPLES; n++) {
      double x0 = rng.nextDouble();
      double x1 = rng.nextDouble();
      double y = classes ? (x0 > x1 ? 1 : 0) : 10 * (x0 - x1) + 0.1 * rng.nextGaussian();
      lines.add(x0 + "," + x1 + "," + (classes ? String.valueOf((int) y) : String.valueOf(y)));
    }
    Files.createDirectories(folder.resolve(name).resolve("splits"));
    Files.write(folder.resolve(name).resolve("data.csv"), lines);
  }

  private void part(String name, String part, IntPredicate rows) throws IOException {
    Files.write(
        folder.resolve(name).resolve("splits").resolve("index_" + part + ".txt"),
        IntStream.range(0, EXAMPLES).filter(rows).mapToObj(String::valueOf).toList());
  }

  private void writeRegression() throws IOException {
    write("yacht", false);
    for (int k = 0; k < 2; k++) {
      int split = k;
      part("yacht", "train_" + k, n -> n % 10 != split);
      part("yacht", "test_" + k, n -> n % 10 == split);
    }
  }

  private static double number(String table, String row) {
    String line = table
        .lines()
        .filter(each -> each.startsWith("| " + row + " |"))
        .findFirst()
        .orElseThrow();
    return Double.parseDouble(
        line.split("\\|")[2].replace('−', '-').split("±")[0].strip());
  }

  @Test
  void aRegressionThatIsNearlyLinearIsPredictedAsWellAsItsNoiseAllows() throws IOException {
    writeRegression();
    String printed = print(folder, "yacht");
    assertThat(printed).contains("| test log-likelihood, nats | yacht |");
    String errors = printed.substring(printed.indexOf("| test RMSE"));
    for (String row : RegressionTable.rows()) {
      // The noise is 0.1, the target's deviation 4.
      assertThat(number(errors, row)).as(row).isBetween(0.05, 1.0);
      assertThat(number(printed, row)).as(row).isBetween(-3.0, 1.5);
    }
  }

  @Test
  void aClassThatALineTellsIsPredicted() throws IOException {
    write("glass", true);
    for (String seed : List.of("seed68", "seed117")) {
      part("glass", "train_" + seed, n -> n % 3 == 0);
      part("glass", "valid_" + seed, n -> n % 3 == 1);
      part("glass", "test_" + seed, n -> n % 3 == 2);
    }
    String printed = print(folder, "glass");
    for (String row : ClassificationTable.rows()) {
      assertThat(number(printed, row)).as(row).isBetween(0.0, Math.log(2));
    }
  }

  @Test
  void theSameFolderGivesTheSameTable() throws IOException {
    writeRegression();
    assertThat(print(folder, "yacht")).isEqualTo(print(folder, "yacht"));
  }

  @Test
  void whatIsMissingOrMalformedIsNamed() throws IOException {
    assertThatThrownBy(() -> print(folder, "yacht"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("data.csv");
    writeRegression();
    assertThatThrownBy(() -> print(folder, "yachts"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("yachts");
    part("yacht", "test_1", n -> n % 10 == 2);
    assertThatThrownBy(() -> print(folder, "yacht"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("split 1")
        .hasMessageContaining("60 rows");
    Files.writeString(folder.resolve("yacht/splits/index_test_0.txt"), "1\n-2\n");
    assertThatThrownBy(() -> print(folder, "yacht"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("-2");
    Files.delete(folder.resolve("yacht/splits/index_test_0.txt"));
    assertThatThrownBy(() -> print(folder, "yacht"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("index_test_0.txt");
  }

  @Test
  void theDocumentHasEveryRow() throws IOException {
    Path document = Path.of("").toAbsolutePath().resolveSibling("docs/published-tables.md");
    List<String> lines = Files.readAllLines(document);
    for (List<String> rows : List.of(RegressionTable.rows(), ClassificationTable.rows())) {
      for (String row : rows) {
        assertThat(lines).as(row).anyMatch(line -> line.startsWith("| " + row + " |"));
      }
    }
  }

  @Test
  void argumentsThatMeanNothingPrintTheUsage() {
    assertThat(PublishedTables.run(new String[0], NOWHERE, NOWHERE)).isEqualTo(2);
    assertThat(PublishedTables.run(new String[] {"x", "--splits=0"}, NOWHERE, NOWHERE))
        .isEqualTo(2);
    assertThat(PublishedTables.run(new String[] {folder.toString()}, NOWHERE, NOWHERE))
        .isEqualTo(2);
  }

  @Test
  void aMeanComesWithItsStandardError() {
    // 1, 2, 3, 6: mean 3, Σ (x − 3)² = 14, s² = 14/3, s/√4 = 1.0801.
    MeanAndError of = MeanAndError.of(1, 2, 3, 6);
    assertThat(of.mean()).isEqualTo(3);
    assertThat(of.error()).isCloseTo(1.0801, within(1e-4));
    assertThat(MeanAndError.of(-1.5).toString()).isEqualTo("−1.50");
  }
}
