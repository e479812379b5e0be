package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;

/**
 * J V for Khatri–Rao rows J and V (Θ, m), Θ = out·in, whose row i·in + j belongs to element (i, j).
 *
 * <pre>
 *   Pₙ = V aₙ, shape (out, m):   (Pₙ)ᵢ = aₙᵀ Vᵢ     with the in rows Vᵢ of V
 *   rows (n, ·) of J V are Δₙ Pₙ
 * </pre>
 *
 * <p>The aₙ of many examples meet each Vᵢ in one product, so it takes N·(in + K)·out·m
 * multiply-adds, against N·K·in·out·m for rows that are multiplied out. How examples are cut does
 * not show in the bits.
 */
final class KhatriRaoProduct {

  /** The most numbers of P at a time, unless those of one example are more: 16 MiB. */
  private static final int CHUNK_NUMBERS = 1 << 21;

  private KhatriRaoProduct() {}

  static Matrix of(KhatriRaoRows j, Matrix v) {
    int rows = j.examples() * j.columns();
    var product = new double[Math.multiplyExact(rows, v.cols())];
    int width = Math.multiplyExact(j.out(), v.cols());
    int step = Math.max(1, CHUNK_NUMBERS / Math.max(1, width));
    for (int from = 0; from < j.examples(); from += step) {
      int count = Math.min(step, j.examples() - from);
      addExamples(j, from, inputsTimes(j, from, count, v), v.cols(), product);
    }
    return Matrix.adopt(rows, v.cols(), product);
  }

  /** P of some examples, (count, out, m). */
  private static Matrix inputsTimes(KhatriRaoRows j, int from, int count, Matrix v) {
    int in = j.in();
    int m = v.cols();
    int width = j.out() * m;
    var p = new double[count * width];
    for (int i = 0; i < j.out(); i++) {
      Arrays.multiplyAdd(
          false,
          false,
          count,
          m,
          in,
          j.a().array(),
          from * in,
          in,
          v.array(),
          i * in * m,
          m,
          p,
          i * m,
          width);
    }
    return Matrix.adopt(count, width, p);
  }

  private static void addExamples(KhatriRaoRows j, int from, Matrix p, int m, double[] product) {
    int k = j.columns();
    int out = j.out();
    for (int n = 0; n < p.rows(); n++) {
      int row = (from + n) * k;
      Arrays.multiplyAdd(
          false,
          false,
          k,
          m,
          out,
          j.delta().array(),
          row * out,
          out,
          p.array(),
          n * p.cols(),
          m,
          product,
          row * m,
          m);
    }
  }
}
