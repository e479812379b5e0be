package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

/**
 * The statistics below are within five standard errors for true normal numbers but for one seed in
 * 1.7 million each; the seeds are fixed, so a test that passes once passes always.
 */
class NormalStreamTest {
  private static final int N = 200_000;
  private static final double FIVE_SIGMA = 5 / Math.sqrt(N);

  /** Of 256 widths, each from the one before: a few ulps each. */
  private static final double OTHER_ROUNDING = 1e-13;

  /** A hash of the first numbers of one stream, as they were first made. */
  private static final int BITS = -86490580;

  /**
   * From an implementation of the papers in another language, whose exp and log round otherwise.
   */
  @Test
  void numbersAreThoseOfAnotherImplementation() {
    assertStream(
        stream(0, 0, 0, 4),
        -0.15294364415268194,
        -0.44911629838721306,
        0.6191352919330805,
        -1.7134407839324335);
    assertStream(
        stream(42, 0, 0, 4),
        -0.7828848761546581,
        -0.1496482417154037,
        0.5905969679428356,
        0.49331318752067005);
    assertStream(
        stream(42, 1, 0, 4),
        -0.4125855264877833,
        0.7588393728461823,
        0.5430232043690509,
        2.4212377670268332);
    assertStream(
        stream(42, 0, 1, 4),
        0.9298184531387472,
        0.43508826630372543,
        3.044786950038694,
        -0.37046916073839864);
    // The first number of a stream whose place in its strip is in doubt, and the first in the tail.
    double[] longer = stream(42, 0, 0, 8989);
    assertStream(new double[] {longer[66], longer[8988]}, 2.9873170489412444, -3.6918664959502245);
  }

  private static void assertStream(double[] actual, double... expected) {
    assertThat(actual).containsExactly(expected, within(OTHER_ROUNDING));
  }

  /** Streams never change silently: on no JVM, and in no version. */
  @Test
  void bitsAreTheSameForEver() {
    assertThat(java.util.Arrays.hashCode(stream(42, 0, 0, N))).isEqualTo(BITS);
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

  /** Bins that are as probable as each other, 64 and then the outermost cut in 64 again. */
  @Test
  void binsAreAsFullAsTheNormalDistributionHasThem() {
    int bins = 64;
    double[] z = stream(12, 0, 0, 20 * N);
    int[] counts = new int[bins];
    int[] ofTail = new int[bins];
    for (double v : z) {
      double p = Erf.erfc(Math.abs(v) / Math.sqrt(2)) / 2;
      int bin = (int) Math.min(bins / 2 - 1, p * bins);
      counts[v < 0 ? bin : bins - 1 - bin]++;
      ofTail[bin == 0 ? (int) Math.min(bins - 1, p * bins * bins) : 0] += bin == 0 ? 1 : 0;
    }
    double most = new ChiSquaredDistribution(bins - 1).inverseCumulativeProbability(1 - 1e-6);
    assertThat(chiSquare(counts, z.length / (double) bins)).isLessThan(most);
    assertThat(chiSquare(ofTail, 2 * z.length / (double) bins / bins)).isLessThan(most);
  }

  private static double chiSquare(int[] counts, double expected) {
    return java.util.Arrays.stream(counts)
        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
        .sum();
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
