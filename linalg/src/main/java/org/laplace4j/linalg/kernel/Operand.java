package org.laplace4j.linalg.kernel;

/**
 * A matrix within an array, read through two strides, so that a transposed one or a block of one is
 * the same thing: entry (i, j) is {@code values[at + i·rowStride + j·colStride]}.
 */
record Operand(double[] values, int at, int rowStride, int colStride) {

  static Operand of(boolean transpose, double[] values, int at, int ld) {
    return new Operand(values, at, transpose ? 1 : ld, transpose ? ld : 1);
  }

  /**
   * The one or the other, component by component: where one of two new records is chosen, compiled
   * code of JDK 25 may see neither (docs/decisions/0007).
   */
  static Operand either(boolean first, Operand one, Operand other) {
    return new Operand(
        first ? one.values : other.values,
        first ? one.at : other.at,
        first ? one.rowStride : other.rowStride,
        first ? one.colStride : other.colStride);
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
