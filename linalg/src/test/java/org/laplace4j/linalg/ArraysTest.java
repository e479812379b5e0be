package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("scalar")
class ArraysTest {

  private static final double[] X = {1, -2, 4};
  private static final double[] Y = {2, 5, -8};

  @Test
  void arithmeticIsEntryByEntry() {
    assertThat(Arrays.plus(X, Y)).containsExactly(3, 3, -4);
    assertThat(Arrays.minus(X, Y)).containsExactly(-1, -7, 12);
    assertThat(Arrays.times(X, Y)).containsExactly(2, -10, -32);
    assertThat(Arrays.dividedBy(X, Y)).containsExactly(0.5, -0.4, -0.5);
    assertThat(Arrays.scale(X, 3)).containsExactly(3, -6, 12);
    assertThat(Arrays.negate(X)).containsExactly(-1, 2, -4);
    assertThat(Arrays.squares(X)).containsExactly(1, 4, 16);
    assertThat(Arrays.sqrt(new double[] {4, 9})).containsExactly(2, 3);
    assertThat(Arrays.reciprocal(X)).containsExactly(1, -0.5, 0.25);
    assertThat(Arrays.relu(X)).containsExactly(1, 0, 4);
    assertThat(Arrays.map(X, Math::abs)).containsExactly(1, 2, 4);
  }

  @Test
  void sumsOnPaper() {
    assertThat(Arrays.dot(X, Y)).isEqualTo(-40);
    assertThat(Arrays.dot(X, 1, Y, 0, 2)).isEqualTo(-2 * 2 + 4 * 5);
    assertThatThrownBy(() -> Arrays.dot(X, 2, Y, 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Arrays.sum(X)).isEqualTo(3);
    assertThat(Arrays.max(X)).isEqualTo(4);
    assertThat(Arrays.max(new double[] {1, Double.NaN})).isNaN();
    // log 2 + log 8 = 4 log 2, two roundings
    assertThat(Arrays.sumLog(new double[] {2, 8})).isCloseTo(4 * Math.log(2), within(1e-15));
  }

  /**
   * Far beyond the range of a product, through subnormal numbers, and as log says of the others.
   */
  @Test
  void sumOfLogsIsThatOfEachLog() {
    Random random = new Random(4);
    for (int n : new int[] {0, 1, 2, 511, 512, 513, 2000}) {
      double[] x = random.doubles(n, -300, 300).map(e -> Math.pow(10, e)).toArray();
      double expected = java.util.Arrays.stream(x).map(Math::log).sum();
      assertThat(Arrays.sumLog(x)).isCloseTo(expected, within(1e-12 * Math.max(1, n)));
    }
    double tiny = Double.MIN_VALUE;
    double huge = Double.MAX_VALUE;
    assertThat(Arrays.sumLog(new double[] {tiny, huge, 3}))
        .isCloseTo(Math.log(tiny) + Math.log(huge) + Math.log(3), within(1e-12));
    for (int n : new int[] {3, 600}) {
      assertThat(sumLogOfTwosAnd(0, n)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(sumLogOfTwosAnd(Double.POSITIVE_INFINITY, n)).isEqualTo(Double.POSITIVE_INFINITY);
      assertThat(sumLogOfTwosAnd(-1, n)).isNaN();
      assertThat(sumLogOfTwosAnd(Double.NaN, n)).isNaN();
    }
  }

  private static double sumLogOfTwosAnd(double other, int n) {
    double[] x = new double[n];
    java.util.Arrays.fill(x, 2);
    x[1] = other;
    return Arrays.sumLog(x);
  }

  /** Of numbers near to each other and far apart, of none, and of sums that leave the range. */
  @Test
  void sumOfLogsOfSumsIsThatOfEachLog() {
    Random random = new Random(5);
    for (double decades : new double[] {0.1, 10, 150}) {
      double[] x = powers(random, 40, decades);
      double[] y = powers(random, 70, decades);
      x[3] = 0;
      assertSumLogOfSums(x, y, 1e-3);
      assertSumLogOfSums(y, x, 1e-150);
    }
    assertSumLogOfSums(new double[] {0, 1}, new double[] {2}, Double.MIN_VALUE);
    assertSumLogOfSums(new double[] {2, 3}, new double[] {4, 5, 6}, 0);
    assertThat(Arrays.sumLogOfSums(new double[0], new double[] {1}, 1)).isZero();
    assertThat(Arrays.sumLogOfSums(new double[] {1e200}, new double[] {1e200}, 1))
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  private static double[] powers(Random random, int n, double decades) {
    return random.doubles(n, -decades, decades).map(e -> Math.pow(10, e)).toArray();
  }

  private static void assertSumLogOfSums(double[] x, double[] y, double c) {
    double expected = 0;
    for (double left : x) {
      for (double right : y) expected += Math.log(left * right + c);
    }
    assertThat(Arrays.sumLogOfSums(x, y, c))
        .isCloseTo(expected, within(1e-12 * Math.max(1, x.length * y.length)));
  }

  @Test
  void elementaryFunctionsAreThoseOfTheirNames() {
    assertThat(Arrays.exp(new double[] {0, 1})[1]).isCloseTo(Math.E, within(1e-15));
    assertThat(Arrays.log(new double[] {1, Math.E})[1]).isCloseTo(1, within(1e-15));
    assertThat(Arrays.tanh(new double[] {0, 0.5})[1]).isCloseTo(Math.tanh(0.5), within(1e-15));
    assertThat(Arrays.erf(new double[] {0, 1})[1]).isCloseTo(0.8427007929497149, within(1e-15));
  }

  @Test
  void addScaledWritesIntoItsTarget() {
    double[] into = Y.clone();
    Arrays.addScaled(-2, X, into);
    assertThat(into).containsExactly(0, 9, -16);
  }

  @Test
  void multiplyAddTakesTransposesAsFlags() {
    double[] c = {1, 1};
    // (1, 3) = Aᵀ with A (3, 1); B is the transpose of (2, 3).
    Arrays.multiplyAdd(
        true, true, 1, 2, 3, X, 0, 1, new double[] {1, 1, 1, 0, 1, 0}, 0, 3, c, 0, 2);
    assertThat(c).containsExactly(4, -1);
  }

  @Test
  void differentLengthsAreNamedInTheError() {
    assertThatThrownBy(() -> Arrays.plus(X, new double[7]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3")
        .hasMessageContaining("7");
  }

  @Test
  void aProductBeyondItsArraysIsRefused() {
    assertThatThrownBy(() -> Arrays.multiplyAdd(
            false, false, 2, 2, 2, X, 0, 2, new double[4], 0, 2, new double[4], 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A of shape (2, 2)")
        .hasMessageContaining("3 numbers");
    assertThatThrownBy(() -> Arrays.symmetricRankAdd(true, 2, 1, X, 2, 2, new double[4], 0, 2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Arrays.symmetricRankAdd(true, 2, 1, X, 0, 2, new double[4], 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void notANumberIsFoundAndNamed() {
    double[] bad = {0, 1, Double.NaN, Double.POSITIVE_INFINITY};
    assertThat(Arrays.firstNonFinite(bad)).isEqualTo(2);
    assertThat(Arrays.firstNonFinite(X)).isEqualTo(-1);
    assertThat(Arrays.requireFinite("here", X)).isSameAs(X);
    assertThatThrownBy(() -> Arrays.requireFinite("Batch.x", bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Batch.x")
        .hasMessageContaining("number 2 is NaN");
  }

  @Test
  void checksOfSignAndLengthNameTheOffender() {
    assertThat(Arrays.requirePositive("here", Arrays.squares(X))).containsExactly(1, 4, 16);
    assertThatThrownBy(() -> Arrays.requirePositive("Prior", X))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("number 1 is -2.0");
    assertThat(Arrays.requireLength("here", 3, X)).isSameAs(X);
    assertThatThrownBy(() -> Arrays.requireLength("Prior", 4, X))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 numbers")
        .hasMessageContaining("3 were given");
  }

  @Test
  void scatterUndoesGather() {
    double[] x = {1, 2, 3, 4};
    int[] places = {3, 1};
    assertThat(Arrays.gather(x, places)).containsExactly(4, 2);
    assertThat(Arrays.scatter(Arrays.gather(x, places), places, 4)).containsExactly(0, 2, 0, 4);
  }
}
