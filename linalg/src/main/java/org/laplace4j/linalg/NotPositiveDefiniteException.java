package org.laplace4j.linalg;

import java.util.Locale;

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

  private NotPositiveDefiniteException(String message, int pivot, double value, Throwable cause) {
    super(message, cause);
    this.pivot = pivot;
    this.value = value;
  }

  /** The smallest eigenvalue of a matrix whose decomposition failed at some pivot. */
  public static NotPositiveDefiniteException ofEigenvalue(
      String where, int size, double smallest, NotPositiveDefiniteException cause) {
    String message = String.format(
        Locale.ROOT,
        "%s: the matrix (%d, %d) must be positive definite to working precision, but its smallest eigenvalue is %.6g; %s",
        where,
        size,
        size,
        smallest,
        remedy(smallest));
    return new NotPositiveDefiniteException(message, 0, smallest, cause);
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
