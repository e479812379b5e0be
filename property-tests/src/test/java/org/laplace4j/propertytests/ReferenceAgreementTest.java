package org.laplace4j.propertytests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.laplace4j.propertytests.reference.Agreement;

class ReferenceAgreementTest {
  @TempDir
  Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aFolderWithoutACaseIsOneError() {
    assertThat(run(folder)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(folder.toString()).hasLineCount(1);
  }

  @Test
  void aCaseWithoutItsTensorsIsOneError() throws IOException {
    Files.copy(ReferenceCases.folder("reg-2out").resolve("case.json"), folder.resolve("case.json"));

    assertThat(run(folder)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("case.safetensors")
        .hasLineCount(1);
  }

  @Test
  void aTornCaseIsOneError() throws IOException {
    byte[] whole =
        Files.readAllBytes(ReferenceCases.folder("reg-2out").resolve("case.safetensors"));
    Files.copy(ReferenceCases.folder("reg-2out").resolve("case.json"), folder.resolve("case.json"));
    Files.write(folder.resolve("case.safetensors"), Arrays.copyOf(whole, whole.length - 1));

    assertThat(run(folder)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("case.safetensors, byte")
        .hasLineCount(1);
  }

  /**
   * The reference's own defects aside, nothing disagrees, and most of what the cases say is
   * compared.
   */
  @ParameterizedTest
  @CsvSource({
    "reg-2out, 450",
    "reg-tanh-mlp, 400",
    "cls-tanh-mlp, 450",
    "cls-relu-mlp, 400",
    "cls-conv, 340"
  })
  void theLibraryAgreesWithTheReference(String name, int atLeast) {
    int status = run(ReferenceCases.folder(name));

    String printed = out.toString(StandardCharsets.UTF_8);
    assertThat(printed.lines().filter(line -> line.contains(" FAIL "))).isEmpty();
    assertThat(printed.lines().filter(line -> line.contains(" PASS"))).hasSizeGreaterThan(atLeast);
    assertThat(status).isZero();
  }

  private int run(Path... folders) {
    String[] names = Arrays.stream(folders).map(Path::toString).toArray(String[]::new);
    return ReferenceAgreement.run(
        names, new Agreement(new LaplaceFitter()), stream(out), stream(err));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
