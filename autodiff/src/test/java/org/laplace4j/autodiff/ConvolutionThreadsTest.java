package org.laplace4j.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Convolutions have the same bits on any number of threads, with vectors or without. */
class ConvolutionThreadsTest {
  @Test
  void bitsDoNotDependOnTheNumberOfThreads() throws Exception {
    String expected = Long.toString(ConvolutionDigest.of());
    for (String threads : List.of("1", "2", "5")) {
      assertThat(run("-Dlaplace4j.threads=" + threads, "--add-modules=jdk.incubator.vector"))
          .isEqualTo(expected);
    }
    assertThat(run("-Dlaplace4j.threads=3", "-Dlaplace4j.kernels=scalar")).isEqualTo(expected);
  }

  private static String run(String threads, String kernels)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            threads,
            kernels,
            "-cp",
            System.getProperty("java.class.path"),
            ConvolutionDigest.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output.strip();
  }
}
