package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.laplace4j.laplace.curvature.Cost;
import org.laplace4j.nn.likelihood.Categorical;

/** What a plan says of the heap, against JVMs with more and with less of it. */
class PlanMemoryTest {
  /** A garbage collector cannot use every byte, and the estimate is one. */
  private static final double ENOUGH = 1.3;

  private static final double TOO_LITTLE = 0.5;

  /** Classes, and the example data. */
  private static final double BASE = 28e6;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "full",
        "kronecker",
        "kronecker of a convolution",
        "kronecker of many features",
        "diagonal",
        "functional"
      })
  void aFitNeedsAboutTheHeapThatThePlanSays(String name, @TempDir Path folder) throws Exception {
    FitInHeap.Trial trial = FitInHeap.TRIALS.get(name);
    Cost cost = Laplace.of(trial.model(), new Categorical())
        .structure(trial.structure())
        .plan(trial.data())
        .chosen()
        .cost()
        .orElseThrow();
    Path log = folder.resolve("log");
    assertThat(exitCode(name, ENOUGH * cost.bytes() + BASE, log))
        .as(() -> "with enough: " + text(log))
        .isZero();
    assertThat(exitCode(name, TOO_LITTLE * cost.bytes(), log))
        .as("with too little")
        .isNotZero();
    assertThat(text(log)).containsAnyOf("OutOfMemoryError", "Structure.functional");
  }

  private static int exitCode(String name, double heap, Path log) throws Exception {
    Process fit = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx" + Math.round(heap / 1024) + "k",
            "-cp",
            System.getProperty("java.class.path"),
            FitInHeap.class.getName(),
            name)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    try {
      assertThat(fit.waitFor(5, TimeUnit.MINUTES)).as("ends").isTrue();
      return fit.exitValue();
    } finally {
      fit.destroyForcibly();
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
