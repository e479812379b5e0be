package org.laplace4j.linalg.kernel;

import java.util.function.IntConsumer;

/**
 * Loops over {@code double[]}, row-major, unchecked. The scalar form is the definition, and every
 * other form has its bits: on any number of threads, with vectors of any width, interpreted or
 * compiled.
 *
 * <p>NaN results are NaN everywhere, but which of the many bit patterns of NaN is not defined.
 */
public interface Kernels {

  /** What was chosen, for logs and benchmarks: {@code "scalar"} or {@code "simd-512"}. */
  String name();

  /**
   * C += op(A) op(B), shapes (m, k) · (k, n) → (m, n), op transposing or not; each matrix from its
   * offset with its row stride. C must not overlap A or B.
   *
   * <p>Entry (i, j) is defined as: for each block of 256 of the k terms, in order, a chain of fused
   * multiply-adds from zero, then added to C. Every route through every implementation keeps that
   * order, so its bits depend on neither m, n, threads nor lanes.
   */
  void multiplyAdd(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      double[] a,
      int aAt,
      int lda,
      double[] b,
      int bAt,
      int ldb,
      double[] c,
      int cAt,
      int ldc);

  /**
   * C += Aᵀ A (transposed) or A Aᵀ, C (n, n) with both triangles written, A (k, n) or (n, k); same
   * order as multiplyAdd. C must be symmetric before, and must not overlap A.
   */
  default void symmetricRankAdd(
      boolean transpose, int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc) {
    upperRankAdd(transpose, n, k, a, aAt, lda, c, cAt, ldc);
    mirror(n, c, cAt, ldc);
  }

  /**
   * The same on and above the diagonal of C; what lies below is undefined then, until
   * {@link #mirror}, and need not have been symmetric.
   */
  void upperRankAdd(
      boolean transpose, int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc);

  /**
   * C += A Aᵀ on and below the diagonal of C (n, n), A (n, k), each entry as in multiplyAdd; what
   * lies above is left as it is. C must not overlap A.
   */
  void lowerRankAdd(int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc);

  /** c_ji = c_ij for j &gt; i: copies what is above the diagonal of C (n, n) to below it. */
  void mirror(int n, double[] c, int cAt, int ldc);

  /**
   * xᵀy = Σᵢ xᵢyᵢ over n elements from the two offsets. Defined as 16 chains of fused multiply-adds
   * from zero, chain j over the i that leave the remainder j, which are then added in order.
   */
  double dot(double[] x, int xAt, double[] y, int yAt, int n);

  /** Σᵢ xᵢ over n elements from the offset, in 16 chains like those of {@link #dot}. */
  double sum(double[] x, int xAt, int n);

  /** yᵢ += c xᵢ, fused. */
  void addScaled(double c, double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = exp(xᵢ), within 1 ulp; y may be x at the same offset, here and below. */
  void exp(double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = log(xᵢ), natural, within 1 ulp. */
  void log(double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = tanh(xᵢ), within 3 ulp. */
  void tanh(double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = erf(xᵢ), within 1.5 ulp. */
  void erf(double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = max(xᵢ, 0). */
  void relu(double[] x, int xAt, double[] y, int yAt, int n);

  /**
   * y += A x for a symmetric A (n, n) of which the upper triangle is used, once; what is below it
   * must be finite.
   *
   * <p>In strips of 256 rows, each summed apart from zero and then added to y in order. In a strip,
   * row by row, i ascending: pⱼ += xᵢ aᵢⱼ, fused, for j &gt; i; then pᵢ += Σ_{j ≥ i} aᵢⱼ xⱼ, in 16
   * chains of fused multiply-adds from zero, chain c over the j that leave the remainder c, which
   * are added in order.
   */
  void symmetricMultiplyAdd(
      int n, double[] a, int aAt, int lda, double[] x, int xAt, double[] y, int yAt);

  /**
   * Runs tasks 0 to n − 1 in any order, on several threads where there are. They must write to
   * places of their own, and how work is cut into them must depend on its size alone.
   */
  void forEach(int n, IntConsumer task);
}
