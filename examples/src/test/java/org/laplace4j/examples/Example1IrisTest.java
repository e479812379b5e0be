package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class Example1IrisTest {

  @Test
  void thePosteriorIsLessSureThanTheNetworkAboutFlowersUnlikeTheData() {
    Example1Iris.Answers answers =
        Example1Iris.run(new PrintStream(OutputStream.nullOutputStream()));
    double[] network = answers.network().entropies();
    double[] posterior = answers.posterior().entropies();
    assertThat(posterior[2]).isGreaterThan(2 * network[2]);
    assertThat(posterior[3]).isGreaterThan(network[3]);
  }

  @Test
  void bothKnowASetosa() {
    Example1Iris.Answers answers =
        Example1Iris.run(new PrintStream(OutputStream.nullOutputStream()));
    assertThat(answers.network().labels()[0]).isZero();
    assertThat(answers.posterior().labels()[0]).isZero();
  }
}
