package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.laplace4j.examples.Example4WhichWeights.Row;

/** The fourth example, and that its table is the one in the documents. */
class Example4WhichWeightsTest {
  /** Training goes its own way from the last bit on, which differs without the vector module. */
  private static final double OTHER_TRAINING = 0.1;

  private static List<Row> rows;

  @BeforeAll
  static void run() {
    rows = Example4WhichWeights.run(new PrintStream(OutputStream.nullOutputStream()));
  }

  @Test
  void theDocumentHasTheTable() throws IOException {
    Path document = Path.of("").toAbsolutePath().resolveSibling("docs/which-weights.md");
    List<String[]> lines = Files.readAllLines(document).stream()
        .filter(line -> line.matches("\\| .* \\| \\w+ \\| [0-9,]+ \\|.*"))
        .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toArray(String[]::new))
        .toList();
    assertThat(lines).hasSameSizeAs(rows);
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      String[] cells = lines.get(i); // the first is what stands before the first bar
      assertThat(cells[1]).isEqualTo(row.weights());
      assertThat(cells[2]).isEqualTo(row.structure());
      assertThat(number(cells[3])).isEqualTo(row.parameters());
      assertThat(number(cells[6])).isCloseTo(row.drawn(), within(OTHER_TRAINING));
      assertThat(number(cells[8])).isEqualTo(row.sampleBytes());
    }
  }

  private static double number(String cell) {
    return Double.parseDouble(cell.replace(",", ""));
  }

  /** What the document says of these ten posteriors. */
  @Test
  void onDigitsUnlikeThoseLearntThePosteriorsOfManyWeightsKnowMore() {
    Row lastLayer = rows.get(0);
    Row all = rows.get(3);
    assertThat(all.moved()).isLessThan(lastLayer.moved());
    assertThat(all.drawn()).isGreaterThan(lastLayer.drawn());
  }

  @Test
  void aDrawHoldsEightBytesForEachRandomWeightAndNothingElse() {
    assertThat(rows).allMatch(row -> row.sampleBytes() == 8 * row.parameters());
    assertThat(rows.stream().map(Row::parameters))
        .containsExactly(330, 330, 2048, 3466, 3466, 300, 300, 300, 300, 404);
  }
}
