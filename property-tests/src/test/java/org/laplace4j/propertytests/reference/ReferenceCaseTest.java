package org.laplace4j.propertytests.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laplace4j.interop.MalformedFileException;
import org.laplace4j.propertytests.ReferenceCases;

class ReferenceCaseTest {
  @TempDir
  Path folder;

  @Test
  void readsWhatTheFilesSay() throws IOException {
    ReferenceCase of = ReferenceCase.read(ReferenceCases.folder("reg-2out"));

    assertThat(of.isClassification()).isFalse();
    assertThat(of.layers().get(0).type()).isEqualTo("linear");
    assertThat(of.layers().get(0).size("out")).isEqualTo(10);
    assertThat(of.parameters().keySet())
        .containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
    assertThat(of.theta()).hasSize(62); // 3·10 + 10 + 10·2 + 2
    assertThat(of.outputs()).isEqualTo(2);
    assertThat(of.x().count()).isEqualTo(80);
    assertThat(of.alternatives().get(1)).containsExactly(10, 0.15);
    assertThat(of.optimizer()).isEqualTo(new AdamReplay(100, 0.1, 1));
    assertThat(of.gridSearch()).contains(new GridSearch(-2, 2, 21));
  }

  @Test
  void knowsWhichElementsAVariantIsAbout() throws IOException {
    ReferenceCase of = ReferenceCase.read(ReferenceCases.folder("reg-tanh-mlp"));

    // 12 + 12 + 96 + 8 + 8 + 1 elements; the last layer has 9, and one variant freezes the 96
    // weights in the middle.
    assertThat(variant(of, "all-full").blocks(of)).containsExactly(12, 12, 96, 8, 8, 1);
    assertThat(variant(of, "ll-full").blocks(of)).containsExactly(8, 1);
    assertThat(variant(of, "ll-full").indices(of)).startsWith(128).endsWith(136);
    assertThat(variant(of, "nograd-mixed-full").blocks(of)).containsExactly(12, 12, 8, 8, 1);
    assertThat(variant(of, "subnet-full").indices(of)).isEqualTo(of.indices("subnet_indices"));
  }

  @Test
  void givesEveryTensorOfAVariantToIt() throws IOException {
    ReferenceCase of = ReferenceCase.read(ReferenceCases.folder("reg-2out"));

    assertThat(variant(of, "all-gp").quantities())
        .contains("marglik", "optimized/scalar/marglik", "oracle/f_var");
    assertThat(variant(of, "all-gp").tensor("oracle/f_var")).isEqualTo("oracle/all-gp/f_var");
    assertThat(variant(of, "all-full").quantities()).doesNotContain("mean/H");
  }

  @Test
  void refusesATensorOfAnotherShapeThanStated() throws IOException {
    Path source = ReferenceCases.folder("reg-2out");
    Files.copy(source.resolve("case.safetensors"), folder.resolve("case.safetensors"));
    String json = Files.readString(source.resolve("case.json"));
    Files.writeString(
        folder.resolve("case.json"), json.replaceFirst("(\"2.bias\": \\[\\s*)2", "$13"));

    assertThatThrownBy(() -> ReferenceCase.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("param/2.bias")
        .hasMessageContaining("[3]")
        .hasMessageContaining("[2]");
  }

  private static ReferenceVariant variant(ReferenceCase of, String name) {
    return of.variants().stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
