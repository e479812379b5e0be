package org.laplace4j.linalg.rows;

/**
 * Makes a symmetric result symmetric to the last bit: J diag(d) Jᵀ computed as (J diag(d)) Jᵀ
 * rounds its two triangles differently, so only the lower one is kept.
 */
final class LowerTriangle {

  private LowerTriangle() {}

  /** Copies the lower triangle of the n × n block at the offset onto the upper one. */
  static void mirror(double[] values, int at, int n, int stride) {
    for (int i = 1; i < n; i++) {
      for (int j = 0; j < i; j++) values[at + j * stride + i] = values[at + i * stride + j];
    }
  }
}
