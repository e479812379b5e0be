package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The statistics below are within five standard errors for true normal numbers but for one seed in
 * 1.7 million each; the seeds are fixed, so a test that passes once passes always.
 */
class NormalStreamTest {
  private static final int N = 200_000;
  private static final double FIVE_SIGMA = 5 / Math.sqrt(N);

  /**
   * From an implementation of the two papers in another language: streams never change silently.
   */
  @Test
  void streamsAreTheSameForEver() {
    assertThat(stream(0, 0, 0, 4))
        .containsExactly(
            -0.26942468244118456, -1.3284629236063379, 0.5350292930943371, -0.42826023663801976);
    assertThat(stream(42, 0, 0, 4))
        .containsExactly(
            -1.8661212126937146, -0.2796585126496486, 0.7187807792147617, 0.6217893122944671);
    assertThat(stream(42, 1, 0, 4))
        .containsExactly(
            -0.8471418575971463, 1.7953334224100446, 1.0181684240739928, 1.05929949902286);
    assertThat(stream(42, 0, 1, 4))
        .containsExactly(
            1.1240952692957762, 0.769262028301716, 0.5907368141797424, -0.15130135993090255);
  }

  @Test
  void aShorterStreamIsTheBeginningOfALongerOne() {
    double[] longer = stream(1, 2, 3, 10);
    for (int n = 0; n < 10; n++) {
      assertThat(stream(1, 2, 3, n)).isEqualTo(java.util.Arrays.copyOf(longer, n));
    }
  }

  @Test
  void onlyTheGivenPlacesAreFilled() {
    double[] into = new double[6];
    NormalStream.of(1, 2, 3).fill(into, 1, 4);
    assertThat(java.util.Arrays.copyOfRange(into, 1, 4)).isEqualTo(stream(1, 2, 3, 3));
    assertThat(new double[] {into[0], into[4], into[5]}).containsOnly(0);
  }

  /** E z = 0, E z² = 1 (variance 2), E z³ = 0 (variance 15), E z⁴ = 3 (variance 96). */
  @Test
  void momentsAreThoseOfTheNormalDistribution() {
    double[] z = stream(7, 0, 0, N);
    assertThat(moment(z, 1)).isBetween(-FIVE_SIGMA, FIVE_SIGMA);
    assertThat(moment(z, 2) - 1).isBetween(-Math.sqrt(2) * FIVE_SIGMA, Math.sqrt(2) * FIVE_SIGMA);
    assertThat(moment(z, 3)).isBetween(-Math.sqrt(15) * FIVE_SIGMA, Math.sqrt(15) * FIVE_SIGMA);
    assertThat(moment(z, 4) - 3).isBetween(-Math.sqrt(96) * FIVE_SIGMA, Math.sqrt(96) * FIVE_SIGMA);
  }

  /** P(|z| > 1.959963985) = 0.05, P(|z| > 3.290526731) = 0.001. */
  @Test
  void tailsAreThoseOfTheNormalDistribution() {
    double[] z = stream(8, 0, 0, N);
    assertBeyond(z, 1.959963984540054, 0.05);
    assertBeyond(z, 3.290526731491926, 0.001);
  }

  private static void assertBeyond(double[] z, double limit, double probability) {
    long beyond = java.util.Arrays.stream(z).filter(v -> Math.abs(v) > limit).count();
    double error = Math.sqrt(probability * (1 - probability)) * FIVE_SIGMA;
    assertThat(beyond / (double) N - probability).isBetween(-error, error);
  }

  /** Neighbours in the stream, and streams that differ in one of the three integers by one. */
  @Test
  void neighboursAreUncorrelated() {
    double[] z = stream(9, 4, 5, N + 1);
    double[] next = java.util.Arrays.copyOfRange(z, 1, N + 1);
    assertUncorrelated(z, next);
    assertUncorrelated(z, stream(10, 4, 5, N));
    assertUncorrelated(z, stream(9, 5, 5, N));
    assertUncorrelated(z, stream(9, 4, 6, N));
  }

  /** The first numbers of many streams are as good as the many numbers of one. */
  @Test
  void streamsOfAllDrawsTogetherAreNormal() {
    double[] first = new double[N];
    for (int s = 0; s < N; s++) {
      first[s] = stream(11, s, 0, 1)[0];
    }
    assertThat(moment(first, 1)).isBetween(-FIVE_SIGMA, FIVE_SIGMA);
    assertThat(moment(first, 2) - 1)
        .isBetween(-Math.sqrt(2) * FIVE_SIGMA, Math.sqrt(2) * FIVE_SIGMA);
    assertUncorrelated(first, java.util.Arrays.copyOfRange(stream(11, 0, 0, N + 1), 1, N + 1));
  }

  private static void assertUncorrelated(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += x[i] * y[i];
    }
    assertThat(sum / N).isBetween(-FIVE_SIGMA, FIVE_SIGMA);
  }

  private static double moment(double[] z, int power) {
    return java.util.Arrays.stream(z).map(v -> Math.pow(v, power)).sum() / z.length;
  }

  private static double[] stream(long key, long sample, long parameter, int n) {
    double[] z = new double[n];
    NormalStream.of(key, sample, parameter).fill(z, 0, n);
    return z;
  }
}
