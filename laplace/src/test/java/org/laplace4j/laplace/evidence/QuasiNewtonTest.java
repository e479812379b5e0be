package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.evidence.QuasiNewton.Evaluation;
import org.laplace4j.laplace.evidence.QuasiNewton.Optimum;

class QuasiNewtonTest {
  private static final double TOLERANCE = 1e-8;

  /** −½ ((x − 1)² + 100 (y + 2)²). */
  private static Evaluation bowl(double[] z) {
    double x = z[0] - 1;
    double y = z[1] + 2;
    return new Evaluation(-0.5 * (x * x + 100 * y * y), new double[] {-x, -100 * y});
  }

  /** Rosenbrock's valley, upside down: −(1 − x)² − 100 (y − x²)², with its top at (1, 1). */
  private static Evaluation valley(double[] z) {
    double x = z[0];
    double step = z[1] - x * x;
    return new Evaluation(
        -(1 - x) * (1 - x) - 100 * step * step,
        new double[] {2 * (1 - x) + 400 * x * step, -200 * step});
  }

  @Test
  void findsTheTopOfABowl() {
    Optimum optimum = maximise(QuasiNewtonTest::bowl, 5, 5);
    assertThat(optimum.at()).containsExactly(new double[] {1, -2}, within(1e-7));
    assertThat(optimum.value()).isCloseTo(0, within(1e-14));
    assertThat(optimum.converged()).isTrue();
    assertThat(optimum.edges()).isZero();
    assertThat(optimum.path()).isSorted();
  }

  @Test
  void followsACurvedValley() {
    Optimum optimum = maximise(QuasiNewtonTest::valley, -1.2, 1);
    assertThat(optimum.at()).containsExactly(new double[] {1, 1}, within(1e-6));
    assertThat(optimum.converged()).isTrue();
    assertThat(optimum.evaluations()).isLessThan(120);
  }

  @Test
  void aSlopeEndsOnTheEdgeAndIsCounted() {
    // x grows for ever; y has its top at −2.
    Optimum optimum = maximise(
        z -> new Evaluation(z[0] - 0.5 * (z[1] + 2) * (z[1] + 2), new double[] {1, -(z[1] + 2)}),
        0,
        0);
    assertThat(optimum.at()).containsExactly(new double[] {10, -2}, within(1e-7));
    assertThat(optimum.edges()).isEqualTo(1);
    assertThat(optimum.converged()).isTrue();
    assertThat(optimum.gradientNorm()).isLessThanOrEqualTo(TOLERANCE);
  }

  @Test
  void anOptimumBeyondTheEdgeIsHeldThereAndLeftWhereTheSlopeTurns() {
    // The top is at (1, 30), outside of the box; on the edge y = 10, x is free.
    Optimum optimum = maximise(
        z -> new Evaluation(
            -0.5 * ((z[0] - 1) * (z[0] - 1) + (z[1] - 30) * (z[1] - 30)),
            new double[] {1 - z[0], 30 - z[1]}),
        -10,
        10);
    assertThat(optimum.at()).containsExactly(new double[] {1, 10}, within(1e-7));
    assertThat(optimum.edges()).isEqualTo(1);
    // And from an edge from which the slope leads inwards.
    assertThat(maximise(QuasiNewtonTest::bowl, 10, -10).at())
        .containsExactly(new double[] {1, -2}, within(1e-7));
  }

  @Test
  void aStartOutsideTheBoxIsMovedIntoIt() {
    Optimum optimum = maximise(QuasiNewtonTest::bowl, 1000, -1000);
    assertThat(optimum.at()).containsExactly(new double[] {1, -2}, within(1e-7));
  }

  @Test
  void whatIsNotFiniteIsWorseThanAnything() {
    // log(1 − x²) is a number inside (−1, 1) only; NaN outside.
    Optimum optimum = maximise(
        z -> new Evaluation(Math.log(1 - z[0] * z[0]) + z[0], new double[] {
          1 - 2 * z[0] / (1 - z[0] * z[0])
        }),
        -0.9);
    // 1 − x² = 2x
    assertThat(optimum.at()[0]).isCloseTo(Math.sqrt(2) - 1, within(1e-7));
    assertThat(optimum.value()).isFinite();
  }

  @Test
  void aGradientThatIsNotFiniteIsNeverFollowed() {
    Optimum optimum = maximise(
        z -> z[0] > 2
            ? new Evaluation(z[0], new double[] {Double.NaN})
            : new Evaluation(z[0], new double[] {1}),
        0);
    assertThat(optimum.at()[0]).isBetween(1.0, 2.0);
    assertThat(optimum.converged()).isFalse();
  }

  @Test
  void aFlatFunctionIsAtItsTopEverywhere() {
    Optimum optimum = maximise(z -> new Evaluation(3, new double[] {0, 0}), 4, -4);
    assertThat(optimum.at()).containsExactly(4, -4);
    assertThat(optimum.evaluations()).isEqualTo(1);
    assertThat(optimum.converged()).isTrue();
  }

  private static Optimum maximise(Function<double[], Evaluation> f, double... start) {
    return new QuasiNewton(f, -10, 10, TOLERANCE, Ascent.TO_THE_TOP).maximise(start);
  }
}
