package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class Example3SingleWeightsTest {

  @Test
  void namingAndFreezingGiveTheSamePosteriorAndFrozenWeightsStay() {
    Example3SingleWeights.Results results =
        Example3SingleWeights.run(new PrintStream(OutputStream.nullOutputStream()));
    // 64·32 + 32 + 32·32 + 32 + 32·10 + 10 weights, less the 300.
    assertThat(results.frozen()).isEqualTo(3466 - 300);
    assertThat(results.same()).isTrue();
    assertThat(results.movedInDraws()).isZero();
    assertThat(results.movedInTraining()).isZero();
  }
}
