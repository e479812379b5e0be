package org.laplace4j.linalg.kernel;

/**
 * The part of a matrix that a product is added to, tile by tile. A tile across the diagonal is
 * whole in an upper triangle, and cut off after the diagonal in a lower one.
 */
enum Part {
  ALL,
  UPPER,
  LOWER;

  private static final int ROWS = SimdTile.ROWS;
  private static final int COLS = SimdTile.COLS;

  /** Whether something of the tile that begins at (i, j) belongs to it. */
  boolean has(int i, int j) {
    return switch (this) {
      case ALL -> true;
      case UPPER -> j + COLS > i;
      case LOWER -> i + ROWS > j;
    };
  }

  /**
   * How many columns the first row of that tile has; in a lower triangle each next has one more.
   */
  int columns(int i, int j) {
    return this == LOWER ? Math.min(COLS, i - j + 1) : COLS;
  }
}
