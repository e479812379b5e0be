package org.laplace4j.linalg.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("scalar")
class ElementaryFunctionsTest {

  private static final int DRAWS = 200_000;

  /** Against exact values 0.95 and 0.80 ulp were seen; StrictMath may err by 1 itself. */
  private static final double EXP_LOG_ULPS = 2;

  /** Against exact values 2.3 ulp were seen: two quotients and a sum. */
  private static final double TANH_ULPS = 3;

  /** Against exact values 1.02 ulp were seen. */
  private static final double ERF_ULPS = 1.5;

  /**
   * The relative error of the incomplete gamma function of Commons Math, by which it computes erf.
   */
  private static final double ORACLE_ERROR = 2e-14;

  @Test
  void expIsWithinTwoUlpsOverItsWholeRange() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < DRAWS; i++) {
      double x = i % 2 == 0 ? random.nextDouble(-746, 710) : random.nextDouble(-2, 2);
      assertUlps(ScalarMath.exp(x), StrictMath.exp(x), EXP_LOG_ULPS, x);
    }
  }

  @Test
  void logIsWithinTwoUlpsOverItsWholeRange() {
    var random = new SplittableRandom(2);
    for (int i = 0; i < DRAWS; i++) {
      double x = i % 2 == 0
          ? Double.longBitsToDouble(random.nextLong(1, 0x7ff0000000000000L))
          : random.nextDouble(0.5, 2);
      assertUlps(ScalarMath.log(x), StrictMath.log(x), EXP_LOG_ULPS, x);
    }
  }

  @Test
  void tanhIsWithinThreeUlpsFromTinyToSaturated() {
    var random = new SplittableRandom(3);
    for (int i = 0; i < DRAWS; i++) {
      double x = i % 2 == 0 ? random.nextDouble(-25, 25) : Math.pow(10, random.nextDouble(-320, 1));
      assertUlps(ScalarMath.tanh(x), StrictMath.tanh(x), TANH_ULPS, x);
    }
  }

  @Test
  void erfAgreesWithTheIncompleteGammaFunction() {
    var random = new SplittableRandom(4);
    for (int i = 0; i < DRAWS / 20; i++) {
      double x = i % 2 == 0 ? random.nextDouble(-7, 7) : Math.pow(10, random.nextDouble(-8, 0));
      double expected = Erf.erf(x);
      assertThat(Math.abs(ScalarMath.erf(x) - expected))
          .as("erf(%s)", x)
          .isLessThanOrEqualTo(ORACLE_ERROR * Math.abs(expected));
    }
  }

  /** Digits from arbitrary-precision arithmetic. */
  @ParameterizedTest
  @CsvSource({
    "1e-300, 1.1283791670955126022e-300",
    "0.001, 0.0011283787909692364034",
    "0.3, 0.32862675945912741619",
    "0.5, 0.52049987781304653768",
    "0.99999, 0.84269664183322979418",
    "1, 0.84270079294971486934",
    "1.01145213723623, 0.84740042803086430478",
    "2, 0.99532226501895273416",
    "3.5, 0.99999925690162765859",
    "5.5, 0.99999999999999264215",
    "5.9, 0.9999999999999999281",
  })
  void erfHasTheDigitsOfTables(double x, double expected) {
    assertUlps(ScalarMath.erf(x), expected, ERF_ULPS, x);
  }

  @Test
  void expOfSpecialNumbers() {
    assertThat(ScalarMath.exp(0.0)).isEqualTo(1);
    assertThat(ScalarMath.exp(-0.0)).isEqualTo(1);
    assertThat(ScalarMath.exp(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(ScalarMath.exp(Double.NEGATIVE_INFINITY)).isEqualTo(0);
    assertThat(ScalarMath.exp(Double.NaN)).isNaN();
    assertThat(ScalarMath.exp(709.782712893384)).isFinite();
    assertThat(ScalarMath.exp(709.7827128933841)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(ScalarMath.exp(-745.13)).isEqualTo(Double.MIN_VALUE);
    assertThat(ScalarMath.exp(-745.14)).isEqualTo(0);
  }

  @Test
  void logOfSpecialNumbers() {
    assertThat(ScalarMath.log(1)).isEqualTo(0);
    assertThat(ScalarMath.log(0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ScalarMath.log(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(ScalarMath.log(Double.POSITIVE_INFINITY)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(ScalarMath.log(-1)).isNaN();
    assertThat(ScalarMath.log(Double.NEGATIVE_INFINITY)).isNaN();
    assertThat(ScalarMath.log(Double.NaN)).isNaN();
    assertThat(ScalarMath.log(Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
  }

  @Test
  void tanhAndErfAreOddSaturateAndKeepTinyNumbersAndNaN() {
    for (DoubleUnaryOperator f : new DoubleUnaryOperator[] {ScalarMath::tanh, ScalarMath::erf}) {
      assertThat(f.applyAsDouble(Double.POSITIVE_INFINITY)).isEqualTo(1);
      assertThat(f.applyAsDouble(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
      assertThat(f.applyAsDouble(25)).isEqualTo(1);
      assertThat(f.applyAsDouble(Double.NaN)).isNaN();
      assertThat(1 / f.applyAsDouble(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
      assertThat(f.applyAsDouble(Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
      assertThat(f.applyAsDouble(-0.7)).isEqualTo(-f.applyAsDouble(0.7));
      assertThat(f.applyAsDouble(-1.7)).isEqualTo(-f.applyAsDouble(1.7));
    }
  }

  private static void assertUlps(double actual, double expected, double ulps, double x) {
    if (actual != expected) {
      assertThat(Math.abs(actual - expected))
          .as("%s for %s at %s", actual, expected, x)
          .isLessThanOrEqualTo(ulps * Math.ulp(expected));
    }
  }
}
