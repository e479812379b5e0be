package org.laplace4j.autodiff.op;

/** A matrix written the other way round. */
final class Transposed {
  private static final int TILE = 16;

  private Transposed() {}

  /**
   * Writes the transpose (cols, rows) of a matrix (rows, cols), each from its offset: in order, a
   * few columns at a time so that what is read of each row is not read again.
   */
  static void write(double[] from, int at, int rows, int cols, double[] into, int to) {
    for (int first = 0; first < rows; first += TILE) {
      int end = Math.min(rows, first + TILE);
      for (int j = 0; j < cols; j++) {
        for (int i = first; i < end; i++) {
          into[to + j * rows + i] = from[at + i * cols + j];
        }
      }
    }
  }
}
