package org.laplace4j.linalg.kernel;

/**
 * Loops over {@code double[]}, row-major, unchecked. The scalar form is the definition; the SIMD
 * form must agree with it: bit for bit where the order of operations is the same, and to a stated
 * number of ulps where sums are taken in lanes.
 */
public interface Kernels {

  /** What was chosen, for logs and benchmarks: {@code "scalar"} or {@code "simd-512"}. */
  String name();

  /**
   * C += op(A) op(B), shapes (m, k) · (k, n) → (m, n), op transposing or not; each matrix from its
   * offset with its row stride.
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
   * order as multiplyAdd.
   */
  void symmetricRankAdd(
      boolean transpose, int n, int k, double[] a, int aAt, int lda, double[] c, int cAt, int ldc);

  /** xᵀy = Σᵢ xᵢyᵢ over n elements from the two offsets. */
  double dot(double[] x, int xAt, double[] y, int yAt, int n);

  /** Σᵢ xᵢ over n elements from the offset. */
  double sum(double[] x, int xAt, int n);

  /** yᵢ += c xᵢ. */
  void addScaled(double c, double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = exp(xᵢ); x and y may be the same. */
  void exp(double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = log(xᵢ), natural. */
  void log(double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = tanh(xᵢ). */
  void tanh(double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = erf(xᵢ). */
  void erf(double[] x, int xAt, double[] y, int yAt, int n);

  /** yᵢ = max(xᵢ, 0). */
  void relu(double[] x, int xAt, double[] y, int yAt, int n);
}
