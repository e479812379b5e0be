package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;

/**
 * J diag(d) Lᵀ between the Khatri–Rao rows J (δₙₖ ⊗ aₙ) and L (δ'ₘₗ ⊗ a'ₘ) of one weight, D being d
 * seen as (out, in):
 *
 * <pre>
 *   entry (n,k), (m,l)  =  δₙₖᵀ diag(sₙₘ) δ'ₘₗ       sₙₘ = D (aₙ ∘ a'ₘ)
 *                       =  c (δₙₖᵀ δ'ₘₗ) (aₙᵀ a'ₘ)    where every entry of D is c
 * </pre>
 *
 * <p>One example n of J at a time: S_n (N', out) has the rows sₙₘ, and K rows of the result are Δₙ
 * (S_n ∘ Δ')ᵀ. That is N·N'·out·(in + K·K') multiply-adds, where rows multiplied out take
 * N·K·N'·K'·out·in. No row of length Θ is formed.
 */
final class KhatriRaoPairs {

  private KhatriRaoPairs() {}

  /** The rows sₙₘ of the first {@code count} examples m, shape (count, out). */
  interface JointInputs {
    double[] of(int n, int count);
  }

  /** J diag(d) Jᵀ: the lower triangle, mirrored. */
  static Matrix gram(KhatriRaoRows j, JointInputs inputs) {
    int rows = j.delta().rows();
    var gram = new double[Math.multiplyExact(rows, rows)];
    for (int n = 0; n < j.examples(); n++) addExample(j, n, j, n + 1, inputs, gram);
    LowerTriangle.mirror(gram, 0, rows, rows);
    return Matrix.adopt(rows, rows, gram);
  }

  /** J diag(d) Lᵀ. */
  static Matrix crossGram(KhatriRaoRows j, KhatriRaoRows l, JointInputs inputs) {
    var gram = new double[Math.multiplyExact(j.delta().rows(), l.delta().rows())];
    for (int n = 0; n < j.examples(); n++) addExample(j, n, l, l.examples(), inputs, gram);
    return Matrix.adopt(j.delta().rows(), l.delta().rows(), gram);
  }

  /** The K rows of example n against the first {@code count} examples of L. */
  private static void addExample(
      KhatriRaoRows j, int n, KhatriRaoRows l, int count, JointInputs inputs, double[] gram) {
    int out = j.out();
    double[] joint = inputs.of(n, count);
    var scaled = new double[count * l.columns() * out];
    for (int row = 0, at = 0; row < count * l.columns(); row++) {
      int from = row / l.columns() * out;
      for (int i = 0; i < out; i++, at++)
        scaled[at] = joint[from + i] * l.delta().array()[at];
    }
    int stride = l.delta().rows();
    Arrays.multiplyAdd(
        false,
        true,
        j.columns(),
        count * l.columns(),
        out,
        j.delta().array(),
        n * j.columns() * out,
        out,
        scaled,
        0,
        out,
        gram,
        n * j.columns() * stride,
        stride);
  }

  /** c (Δ Δ'ᵀ) ∘ (A A'ᵀ), each entry of the second repeated over a K × K' block. */
  static Matrix constantGram(KhatriRaoRows j, KhatriRaoRows l, double c) {
    Matrix pulledBack = product(j.delta(), l.delta());
    Matrix inputs = product(j.a(), l.a());
    var gram = new double[pulledBack.array().length];
    for (int row = 0, at = 0; row < pulledBack.rows(); row++) {
      int n = row / j.columns();
      for (int col = 0; col < pulledBack.cols(); col++, at++) {
        gram[at] = c * inputs.get(n, col / l.columns()) * pulledBack.array()[at];
      }
    }
    return Matrix.adopt(pulledBack.rows(), pulledBack.cols(), gram);
  }

  private static Matrix product(Matrix left, Matrix right) {
    return left == right ? left.outerGram() : left.timesTranspose(right);
  }
}
