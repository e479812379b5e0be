package org.laplace4j.linalg;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * F with F Fᵀ near to a symmetric positive semidefinite A, (n, n), that is known only by its
 * products: the Nyström approximation from k random directions (Halko, Martinsson and Tropp 2011;
 * as a preconditioner Frangella, Tropp and Udell 2023).
 *
 * <pre>
 *   Y = A Ω + ν Ω,  Ω (n, k) random with orthonormal columns
 *   Ωᵀ Y = L Lᵀ
 *   F = Y L⁻ᵀ, (n, k),   F Fᵀ = Y (Ωᵀ Y)⁻¹ Yᵀ ⪯ A + ν I
 * </pre>
 *
 * <p>It is A where A has rank k at most, and misses little where the eigenvalues of A fall off
 * beyond the first k. One product with A a direction, O(n k²) operations beside them. The shift ν,
 * 1e-11 of the longest A ω, keeps ΩᵀY positive definite where A has less rank than k.
 */
public final class NystromSketch {
  private static final double SHIFT = 1e-11;

  private NystromSketch() {}

  /**
   * F, (n, k).
   *
   * @param a v ↦ A v, a new array
   * @param n the size of A
   * @param rank k, from 1 to n
   * @param seed what Ω is drawn from
   * @throws NotPositiveDefiniteException if A turns out not to be positive semidefinite
   */
  public static Matrix root(UnaryOperator<double[]> a, int n, int rank, long seed) {
    if (rank < 1 || rank > n) {
      throw new IllegalArgumentException("NystromSketch: " + rank
          + " directions were asked of a matrix (" + n + ", " + n + "); ask for 1 to " + n + ".");
    }
    Matrix omega = orthonormal(n, rank, new SplittableRandom(seed)); // Ωᵀ
    double[] y = new double[rank * n]; // Yᵀ
    double longest = 0;
    for (int i = 0; i < rank; i++) {
      double[] image = a.apply(omega.row(i));
      longest = Math.max(longest, length(image));
      System.arraycopy(image, 0, y, i * n, n);
    }
    // Of A = 0 too there is a root.
    Arrays.addScaled(Math.max(SHIFT * longest, Double.MIN_NORMAL), omega.array(), y);
    Matrix rows = Matrix.adopt(rank, n, y);
    return new Cholesky(omega.timesTranspose(rows)).solveLower(rows).transpose();
  }

  /** As rows. */
  private static Matrix orthonormal(int n, int rank, SplittableRandom rng) {
    double[][] omega = new double[rank][];
    for (int i = 0; i < rank; i++) {
      double[] v = rng.doubles(n, -1, 1).toArray();
      GramSchmidt.subtract(omega, i, v);
      GramSchmidt.subtract(omega, i, v);
      omega[i] = Arrays.scale(v, 1 / length(v));
    }
    double[] rows = new double[Math.multiplyExact(rank, n)];
    for (int i = 0; i < rank; i++) System.arraycopy(omega[i], 0, rows, i * n, n);
    return Matrix.adopt(rank, n, rows);
  }

  private static double length(double[] v) {
    return Math.sqrt(Arrays.dot(v, v));
  }
}
