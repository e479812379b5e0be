package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.online.OnlineReport;
import org.laplace4j.nn.likelihood.Categorical;

class Example5LearntPriorTest {

  @Test
  void mostWeightsArePrunedAndTheEvidenceRises() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    OnlineReport<Categorical> report =
        Example5LearntPrior.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
    assertThat(report.posterior().space().size()).isBetween(300, 1_500);
    assertThat(report.best().logEvidence()).isGreaterThan(report.path().get(0).logEvidence());
    String text = printed.toString(StandardCharsets.UTF_8);
    // The first pixel of every line is empty in all digits.
    assertThat(text).contains("\n . ").doesNotContain("\n # ");
  }
}
