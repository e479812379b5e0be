package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;

class CsvTest {

  private static Csv read(String text) throws IOException {
    return Csv.read("a file", new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void theLastColumnIsTheTarget() throws IOException {
    Csv csv = read("width,height,kind\n1.5,-2,0\n3e-2,4,1\n");
    assertThat(csv.columns()).containsExactly("width", "height", "kind");
    assertThat(csv.inputs().shape()).isEqualTo(Shape.of(2, 2));
    assertThat(csv.inputs().array()).containsExactly(1.5, -2, 0.03, 4);
    assertThat(csv.labels()).containsExactly(0, 1);
  }

  @Test
  void refusesWhatIsNoTableOfNumbers() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> read("a,b\n1,2\n3\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 3: 2 columns")
        .hasMessageContaining("1 fields");
    for (String field : new String[] {"", "NaN", "x", " 1", "0x1p3", "1d"}) {
      assertThatThrownBy(() -> read("a,b\n1," + field + "\n"))
          .as("field '%s'", field)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("line 2, field 2");
    }
  }

  @Test
  void refusesLabelsThatAreNoIntegers() throws IOException {
    Csv csv = read("a,kind\n1,0.5\n");
    assertThatThrownBy(csv::labels)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.5")
        .hasMessageContaining("kind");
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> Csv.resource("none.csv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none.csv");
  }
}
