package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.laplace4j.nn.train.Progress;

class ProgressBarTest {

  /** What is written in the course of 10 epochs of 8 batches. */
  private static String written(boolean watched) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ProgressBar bar =
        new ProgressBar(new PrintStream(out, true, StandardCharsets.UTF_8), "training", watched);
    for (int epoch = 1; epoch <= 10; epoch++) {
      for (int batch = 1; batch <= 8; batch++) {
        bar.onProgress(new Progress(epoch, 10, batch, 8, -1.5, OptionalDouble.empty()));
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aFileReceivesFewWholeLines() {
    assertThat(written(false)).doesNotContain("\r").hasLineCount(2);
    assertThat(written(false).lines().reduce((a, b) -> b).orElseThrow())
        .isEqualTo("training 100 %, epoch 10 of 10, objective -1.500");
  }

  @Test
  void aTerminalReceivesOneLineThatEndsFull() {
    String written = written(true);
    assertThat(written.chars().filter(c -> c == '\n').count()).isEqualTo(1);
    String last = written.substring(written.lastIndexOf('\r'));
    assertThat(last).contains("[" + "#".repeat(30) + "] training 100 %");
  }
}
