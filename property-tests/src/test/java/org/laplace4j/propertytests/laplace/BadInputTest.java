package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.laplace4j.propertytests.Checkout;

/** Each mistake is refused with the numbers, and docs/errors.md lists each as it is refused. */
class BadInputTest {
  private static final Path DOCUMENT = Checkout.root().resolve("docs/errors.md");

  @TestFactory
  Stream<DynamicTest> everyMistakeIsRefusedWithTheNumbers() {
    return BadInputs.all().stream()
        .map(mistake -> DynamicTest.dynamicTest(
            mistake.what(), () -> assertThat(mistake.message()).contains(mistake.says())));
  }

  /** Where this fails, target/errors.md is what the document should be. */
  @Test
  void theDocumentIsTheTableOfAllMistakes() throws IOException {
    String table = BadInputs.all().stream().map(BadInput::row).collect(Collectors.joining("\n"));
    String before = Files.readString(DOCUMENT);
    String head = before.substring(0, before.indexOf("|---"));
    String expected = head + "|---|---|---|\n" + table + "\n";
    Files.writeString(Path.of("target", "errors.md"), expected);
    assertThat(before).isEqualTo(expected);
  }
}
