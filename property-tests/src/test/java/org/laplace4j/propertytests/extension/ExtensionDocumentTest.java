package org.laplace4j.propertytests.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.laplace4j.propertytests.Checkout;

/** The number of lines is the measure of the extension points, so it has to be true. */
class ExtensionDocumentTest {
  private static final Path DOCUMENT =
      Checkout.root().resolve("docs/decisions/0001-extension-points.md");

  /** A link to a source in a row of the table, and the number in the next cell. */
  private static final Pattern ROW = Pattern.compile("\\]\\((\\S+?)\\.java\\) \\| (\\d+) \\|");

  private static final List<String> EXAMPLES = List.of(
      "Biases", "BlockDiagonal", "Poisson", "PoissonRate", "RadialBasis", "Sine", "UnitCurvature");

  @Test
  void everyExampleHasTheNumberOfLinesThatTheDocumentSays() {
    Map<String, Integer> said = new TreeMap<>();
    Map<String, Integer> counted = new TreeMap<>();
    ROW.matcher(Checkout.text(DOCUMENT)).results().forEach(row -> {
      Path source = DOCUMENT.resolveSibling(row.group(1) + ".java").normalize();
      String name = source.getFileName().toString().replace(".java", "");
      said.put(name, Integer.valueOf(row.group(2)));
      counted.put(name, lines(Checkout.text(source)));
    });
    assertThat(said.keySet()).containsExactlyElementsOf(EXAMPLES);
    assertThat(counted).isEqualTo(said);
  }

  /** Lines of code: all but blank ones, comments, the package and imports. */
  private static int lines(String source) {
    return (int) source
        .replaceAll("(?s)/\\*.*?\\*/", "")
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("//"))
        .filter(line -> !line.startsWith("package ") && !line.startsWith("import "))
        .count();
  }
}
