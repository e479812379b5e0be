package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class KernelProviderTest {

  @Test
  void theChoiceFollowsTheVectorModuleAndIsMadeOnce() {
    boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertThat(KernelProvider.kernels().name()).startsWith(vectors ? "simd-" : "scalar");
    assertThat(KernelProvider.kernels()).isSameAs(KernelProvider.kernels());
  }

  @Test
  void kernelsAreFoundByName() {
    assertThat(KernelProvider.named("scalar").name()).isEqualTo("scalar");
    assertThatThrownBy(() -> KernelProvider.named("fast"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fast");
  }
}
