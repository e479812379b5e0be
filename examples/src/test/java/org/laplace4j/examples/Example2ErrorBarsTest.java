package org.laplace4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.laplace4j.examples.Example2ErrorBars.Results;
import org.laplace4j.laplace.metric.RegressionMetrics;

class Example2ErrorBarsTest {
  @TempDir
  private static Path folder;

  private static Results results;

  @BeforeAll
  static void run() throws IOException {
    results = Example2ErrorBars.run(new PrintStream(OutputStream.nullOutputStream()), folder);
  }

  @Test
  void theCurveIsUncertainWhereThereAreNoData() {
    double[] variance = results.bands().epistemicVariances().array();
    // The grid goes from −5 to 5 in steps of 0.05.
    double gap = variance[100];
    double beyond = variance[200];
    double among = variance[60];
    assertThat(gap).isGreaterThan(100 * among);
    assertThat(beyond).isGreaterThan(100 * among);
  }

  @Test
  void theNoiseThatIsFoundIsNearTheTrueOne() {
    double variance = results.bands().aleatoric().array()[0];
    // 100 points: a standard error of 7 % of σ, and a misfit of the network's own.
    assertThat(Math.sqrt(variance)).isBetween(0.8 * GappedCurve.NOISE, 1.2 * GappedCurve.NOISE);
  }

  @Test
  void theEpistemicPartImprovesThePredictionOfConcrete() {
    assertThat(RegressionMetrics.meanLogDensity(results.posterior(), results.measured()))
        .isGreaterThan(RegressionMetrics.meanLogDensity(results.noiseOnly(), results.measured()));
    assertThat(RegressionMetrics.coverage(results.posterior(), results.measured(), 0.9))
        .isGreaterThan(RegressionMetrics.coverage(results.noiseOnly(), results.measured(), 0.9));
  }

  @Test
  void theErrorIsWhatNetworksOfThisSizeReach() {
    assertThat(RegressionMetrics.rootMeanSquaredError(results.posterior(), results.measured()))
        .isLessThan(6);
  }

  @Test
  void thereIsAPicture() {
    assertThat(folder.resolve("error-bars.png")).isNotEmptyFile();
  }
}
