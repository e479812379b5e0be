package org.laplace4j.linalg;

/**
 * A decomposition met a pivot or an eigenvalue that is not positive: the matrix is not positive
 * definite to working precision.
 */
public final class NotPositiveDefiniteException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int pivot;
  private final double value;

  /**
   * Where it was met, the size of the matrix, the number of the pivot or eigenvalue, and its value.
   */
  public NotPositiveDefiniteException(String where, int size, int pivot, double value) {
    super(String.format(
        "%s: the matrix (%d, %d) must be positive definite, but pivot %d is %s; %s",
        where, size, size, pivot, value, remedy(value)));
    this.pivot = pivot;
    this.value = value;
  }

  /** The row or the eigenvalue at which the decomposition stopped, from 0. */
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
