package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The same bits in every JVM: interpreted or compiled, with vectors of any width or none. */
class FreshJvmTest {

  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final long EXPECTED = KernelDigest.of(new ScalarKernels());

  @Test
  void warmVectorsAgreeWithColdOnes() throws Exception {
    Kernels simd = new SimdKernels(new WorkerPool(1));
    for (int i = 0; i < 2000; i++) {
      assertThat(KernelDigest.of(simd)).isEqualTo(EXPECTED);
    }
    assertThat(run(VECTORS, "-Xint")).startsWith("simd-").endsWith(" " + EXPECTED);
  }

  @Test
  void vectorsOfAnyWidthAgree() throws Exception {
    assertThat(run(VECTORS, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:UseAVX=2"))
        .startsWith("simd-")
        .endsWith(" " + EXPECTED);
    assertThat(run(VECTORS, "-XX:+IgnoreUnrecognizedVMOptions", "-XX:MaxVectorSize=16"))
        .isEqualTo("simd-128 " + EXPECTED);
  }

  @Test
  void scalarIsChosenWithoutTheModuleOrByProperty() throws Exception {
    assertThat(run("-Dlaplace4j.threads=1")).isEqualTo("scalar " + EXPECTED);
    assertThat(run(VECTORS, "-Dlaplace4j.kernels=scalar")).isEqualTo("scalar " + EXPECTED);
  }

  /** What {@link KernelDigest} prints in a JVM with these options. */
  private static String run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Collections.addAll(command, options);
    Collections.addAll(
        command, "-cp", System.getProperty("java.class.path"), KernelDigest.class.getName());
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output.strip();
  }
}
