package org.laplace4j.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @TempDir
  Path folder;

  @Test
  void readsEachKind() throws IOException {
    Json json = read("{\"a\":[1,-2.5e1],\"t\":\"\u00e9\",\"f\":true,\"n\":null,\"o\":{\"b\":3}}");

    assertThat(json.fields().keySet()).containsExactly("a", "t", "f", "n", "o");
    assertThat(json.get("a").numbers()).containsExactly(1, -25);
    assertThat(json.get("t").text()).isEqualTo("\u00e9");
    assertThat(json.get("f").flag()).isTrue();
    assertThat(json.find("n")).isEmpty();
    assertThat(json.find("absent")).isEmpty();
    assertThat(json.get("o").get("b").integer()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1,\"a\":2}",
        "[NaN]",
        "[1,]",
        "// no\n1",
        "1 2",
        "'a'",
        "[01]",
        "nul"
      })
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedFileException.class);
  }

  @Test
  void refusesDeepNestingAndLongFiles() {
    assertThatThrownBy(() -> read("[".repeat(65) + "]".repeat(65)))
        .isInstanceOf(MalformedFileException.class);
    assertThatThrownBy(() -> read(" ".repeat(4_000_000) + "1"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("4000000");
  }

  @Test
  void saysWhereAValueIsNotWhatIsAskedFor() throws IOException {
    Json json = read("{\"in\": \"three\", \"out\": 2.5}");

    assertThatThrownBy(() -> json.get("in").integer())
        .isInstanceOfSatisfying(
            MalformedFileException.class, e -> assertThat(e.offset()).isEqualTo(7));
    assertThatThrownBy(() -> json.get("out").integer()).hasMessageContaining("2.5");
    assertThatThrownBy(() -> json.get("kernel"))
        .hasMessageContaining("kernel")
        .hasMessageContaining("[in, out]");
    assertThatThrownBy(json::items).hasMessageContaining("ARRAY").hasMessageContaining("OBJECT");
  }

  @Test
  void refusesANumberThatNoDoubleHolds() throws IOException {
    Json json = read("1e999");

    assertThatThrownBy(json::number)
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("1e999");
  }

  private Json read(String text) throws IOException {
    return Json.read(Files.writeString(folder.resolve("a.json"), text));
  }
}
