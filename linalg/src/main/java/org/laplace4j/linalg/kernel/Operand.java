package org.laplace4j.linalg.kernel;

/**
 * A matrix within an array, read through two strides, so that a transposed one or a block of one is
 * the same thing: entry (i, j) is {@code values[at + i·rowStride + j·colStride]}.
 */
record Operand(double[] values, int at, int rowStride, int colStride) {

  static Operand of(boolean transpose, double[] values, int at, int ld) {
    return transpose ? new Operand(values, at, 1, ld) : new Operand(values, at, ld, 1);
  }

  Operand transpose() {
    return new Operand(values, at, colStride, rowStride);
  }

  /** Where entry (i, j) is. */
  int at(int i, int j) {
    return at + i * rowStride + j * colStride;
  }

  /** The block whose first entry is (i, j). */
  Operand from(int i, int j) {
    return new Operand(values, at(i, j), rowStride, colStride);
  }
}
