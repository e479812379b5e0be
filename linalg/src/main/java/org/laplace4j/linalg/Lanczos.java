package org.laplace4j.linalg;

import java.util.function.UnaryOperator;

/**
 * The k largest eigenvalues of a symmetric matrix A, (n, n), known only by its products, with their
 * vectors: thick-restart Lanczos (Wu and Simon 2000) with full reorthogonalisation.
 *
 * <pre>
 *   A V = V T + β v eᵀ      T = Y diag(θ) Yᵀ      A (V y) ≈ θ (V y), residual β |y_last|
 * </pre>
 *
 * <p>When the basis is full it is cut back to the Ritz vectors worth keeping and grown again. It
 * holds k + max(20, k/2) vectors of length n; each of them costs one product with A. Deterministic:
 * the starting vector is fixed. A multiple eigenvalue is found with its multiplicity, since a
 * breakdown of the recurrence is followed by a fresh orthogonal vector.
 */
public final class Lanczos {
  private static final int EXTRA = 20;
  private static final int RESTARTS = 200;

  /** Below this part of the largest ‖A v‖, what is left of A v is rounding. */
  private static final double EXHAUSTED = 1e-13;

  private final UnaryOperator<double[]> a;
  private final int n;
  private final int wanted;
  private final int capacity;
  private final double[][] basis;
  private final double[] t;
  private double[] residual;
  private double beta;
  private double norm;
  private int products;

  private Lanczos(UnaryOperator<double[]> a, int n, int wanted) {
    this.a = a;
    this.n = n;
    this.wanted = wanted;
    this.capacity = Math.min(n, wanted + Math.max(EXTRA, wanted / 2));
    this.basis = new double[capacity][];
    this.t = new double[capacity * capacity];
  }

  /**
   * What was found.
   *
   * @param values the eigenvalues, descending, (k)
   * @param vectors the eigenvectors as rows, (k, n)
   * @param residuals ‖A v − λ v‖ of each, as the recurrence gives it, (k)
   * @param products the number of products with A
   * @param converged whether every residual is below the tolerance times the largest |λ|
   */
  public record Result(
      double[] values, Matrix vectors, double[] residuals, int products, boolean converged) {}

  /**
   * The {@code k} largest eigenpairs of A, to a residual of {@code tolerance} times the largest
   * |λ|.
   *
   * @param a v ↦ A v
   * @param n the size of A
   */
  public static Result largest(UnaryOperator<double[]> a, int n, int k, double tolerance) {
    if (k < 1 || k > n) {
      throw new IllegalArgumentException("Lanczos: " + k + " eigenpairs were asked of a matrix ("
          + n + ", " + n + "); ask for 1 to " + n + ".");
    }
    return new Lanczos(a, n, k).run(tolerance);
  }

  private Result run(double tolerance) {
    residual = fresh(0);
    beta = 0;
    int size = 0;
    for (int restart = 0; ; restart++) {
      grow(size);
      SymmetricEigen ritz = new SymmetricEigen(Matrix.of(capacity, capacity, t));
      double[] theta = ritz.values();
      double scale = Math.max(Math.abs(theta[0]), Math.abs(theta[capacity - 1]));
      double[] residuals = new double[wanted];
      boolean converged = true;
      for (int i = 0; i < wanted; i++) {
        residuals[i] = beta * Math.abs(ritz.vectors().get(capacity - 1, capacity - 1 - i));
        converged &= residuals[i] <= tolerance * scale;
      }
      if (converged || restart == RESTARTS) {
        rotate(ritz, wanted);
        double[] values = new double[wanted];
        java.util.Arrays.setAll(values, i -> theta[capacity - 1 - i]);
        return new Result(values, rows(wanted), residuals, products, converged);
      }
      // Half of what is beyond the wanted ones is kept, so that a restart loses little.
      size = Math.min(capacity - 1, wanted + (capacity - wanted) / 2);
      rotate(ritz, size);
      java.util.Arrays.fill(t, 0);
      for (int i = 0; i < size; i++) {
        t[i * capacity + i] = theta[capacity - 1 - i];
      }
    }
  }

  /** Extends the basis from {@code size} vectors to its capacity. */
  private void grow(int size) {
    for (int j = size; j < capacity; j++) {
      basis[j] = residual;
      double[] w = a.apply(basis[j]);
      products++;
      norm = Math.max(norm, Math.sqrt(Arrays.dot(w, w)));
      for (int i = 0; i <= j; i++) {
        double h = Arrays.dot(basis[i], w);
        t[i * capacity + j] = h;
        t[j * capacity + i] = h;
        Arrays.addScaled(-h, basis[i], w);
      }
      orthogonalise(w, j + 1);
      beta = Math.sqrt(Arrays.dot(w, w));
      if (beta <= EXHAUSTED * norm) {
        beta = 0;
        residual = j + 1 < n ? fresh(j + 1) : w;
      } else {
        residual = Arrays.scale(w, 1 / beta);
      }
    }
  }

  /** A unit vector orthogonal to the first {@code size} of the basis, the same in every run. */
  private double[] fresh(int size) {
    double[] v = new double[n];
    long state = 0x9E3779B97F4A7C15L * (size + 1);
    for (int i = 0; i < n; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      v[i] = (state >> 11) * 0x1p-53;
    }
    orthogonalise(v, size);
    orthogonalise(v, size);
    return Arrays.scale(v, 1 / Math.sqrt(Arrays.dot(v, v)));
  }

  /** Gram–Schmidt once more: twice is enough (Parlett 1998). */
  private void orthogonalise(double[] w, int size) {
    for (int i = 0; i < size; i++) {
      Arrays.addScaled(-Arrays.dot(basis[i], w), basis[i], w);
    }
  }

  /**
   * The first vectors of the basis become the Ritz vectors of the largest values, descending, in
   * place, some entries at a time.
   */
  private void rotate(SymmetricEigen ritz, int count) {
    int chunk = 4096;
    Matrix y = ritz.vectors();
    for (int from = 0; from < n; from += chunk) {
      int width = Math.min(chunk, n - from);
      double[] old = new double[capacity * width];
      for (int i = 0; i < capacity; i++) {
        System.arraycopy(basis[i], from, old, i * width, width);
      }
      Matrix rotated = y.transposeTimes(Matrix.adopt(capacity, width, old));
      for (int i = 0; i < count; i++) {
        System.arraycopy(rotated.array(), (capacity - 1 - i) * width, basis[i], from, width);
      }
    }
  }

  private Matrix rows(int count) {
    double[] rows = new double[Math.multiplyExact(count, n)];
    for (int i = 0; i < count; i++) {
      System.arraycopy(basis[i], 0, rows, i * n, n);
    }
    return Matrix.adopt(count, n, rows);
  }
}
