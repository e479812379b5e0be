package org.laplace4j.propertytests.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import org.laplace4j.linalg.Matrix;

/** Numbers that must agree but for rounding. */
public final class Closeness {

  private Closeness() {}

  /** Same shape, and no entry further off than the tolerance times the largest entry (or one). */
  public static void assertClose(Matrix actual, Matrix expected, double tolerance) {
    assertThat(actual.rows()).as("rows").isEqualTo(expected.rows());
    assertThat(actual.cols()).as("columns").isEqualTo(expected.cols());
    assertThat(actual.minus(expected).maxAbs())
        .as("largest difference")
        .isLessThanOrEqualTo(tolerance * Math.max(1, expected.maxAbs()));
  }

  public static void assertClose(double[] actual, double[] expected, double tolerance) {
    assertClose(
        Matrix.of(1, actual.length, actual), Matrix.of(1, expected.length, expected), tolerance);
  }

  public static void assertSameBits(Matrix actual, Matrix expected) {
    assertThat(actual).isEqualTo(expected);
  }
}
