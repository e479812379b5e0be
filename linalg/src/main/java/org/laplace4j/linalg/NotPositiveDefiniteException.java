package org.laplace4j.linalg;

/**
 * A Cholesky decomposition met a pivot that is not positive: the matrix is not positive definite to
 * working precision.
 */
public final class NotPositiveDefiniteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int pivot;
  private final double value;

  NotPositiveDefiniteException(int size, int pivot, double value) {
    super(String.format(
        "Cholesky: the matrix (%d, %d) must be positive definite, but pivot %d is %s; %s",
        size, size, pivot, value, remedy(value)));
    this.pivot = pivot;
    this.value = value;
  }

  /** The row at which the decomposition stopped, from 0. */
  public int pivot() {
    return pivot;
  }

  /** What stood there: negative, zero or NaN. */
  public double value() {
    return value;
  }

  private static String remedy(double value) {
    return Double.isFinite(value)
        ? "add to the diagonal (a larger prior precision), or check that the matrix is symmetric."
        : "find the NaN or infinity in the numbers that it was built from.";
  }
}
