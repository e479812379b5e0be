package org.laplace4j.linalg;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * The k largest, or smallest, eigenvalues of a symmetric matrix A, (n, n), known only by its
 * products, with their vectors: thick-restart Lanczos (Wu and Simon 2000) with full
 * reorthogonalisation.
 *
 * <pre>
 *   A V = V T + β v eᵀ      T = Y diag(θ) Yᵀ      A (V y) ≈ θ (V y), residual β |y_last|
 * </pre>
 *
 * <p>When the basis is full it is cut back to the Ritz vectors worth keeping and grown again. It
 * holds k + max(20, k/2) vectors of length n; each of them costs one product with A.
 *
 * <p>One starting vector meets one direction of each eigenspace only, whatever its dimension. So
 * when all k pairs have converged, the search begins again from a fresh vector orthogonal to them,
 * until nothing is found there that belongs among the k: a multiple eigenvalue comes with its
 * multiplicity, at the price of max(20, k/2) products more.
 *
 * <p>Deterministic: every starting vector is fixed.
 */
public final class Lanczos {
  private static final int EXTRA = 20;
  private static final int RESTARTS = 300;

  /** Below this part of the largest ‖A v‖, what is left of A v is rounding. */
  private static final double EXHAUSTED = 1e-13;

  /** The part of the tolerance that one search may use, since each leaves its residual behind. */
  private static final double SHARE = 0.1;

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
  private int starts;

  /** What earlier searches left over: A Y = Y diag(θ) + R with ‖R‖ at most this. */
  private double leftOver;

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
   * @param values the eigenvalues, (k): descending if the largest were asked for, ascending if the
   *     smallest
   * @param vectors the eigenvectors as rows, (k, n)
   * @param residuals a bound of ‖A v − λ v‖ for each, (k)
   * @param products the number of products with A
   * @param converged whether every residual is below the tolerance times the largest |λ| seen, and
   *     nothing else was found that belongs among them
   */
  public record Result(
      double[] values, Matrix vectors, double[] residuals, int products, boolean converged) {}

  /**
   * The {@code k} largest eigenpairs of A, to a residual of {@code tolerance} times the largest
   * |λ|.
   *
   * @param a v ↦ A v, a new array
   * @param n the size of A
   */
  public static Result largest(UnaryOperator<double[]> a, int n, int k, double tolerance) {
    if (k < 1 || k > n) {
      throw new IllegalArgumentException("Lanczos: " + k + " eigenpairs were asked of a matrix ("
          + n + ", " + n + "); ask for 1 to " + n + ".");
    }
    return new Lanczos(a, n, k).run(tolerance);
  }

  /** The {@code k} smallest eigenpairs of A, negative ones first: the largest of −A. */
  public static Result smallest(UnaryOperator<double[]> a, int n, int k, double tolerance) {
    Result found = largest(v -> Arrays.negate(a.apply(v)), n, k, tolerance);
    return new Result(
        Arrays.negate(found.values()),
        found.vectors(),
        found.residuals(),
        found.products(),
        found.converged());
  }

  private Result run(double tolerance) {
    startAfresh(0);
    // The values that a search from a fresh vector has to leave as they are.
    double[] confirmed = {};
    int size = 0;
    for (int restart = 0; ; restart++) {
      grow(size);
      RitzPairs ritz = new RitzPairs(new SymmetricEigen(Matrix.of(capacity, capacity, t)), beta);
      double allowed = tolerance * ritz.scale();
      boolean found = ritz.largestResidual(wanted) <= SHARE * allowed;
      boolean unchanged = confirmed.length > 0 && ritz.changeSince(confirmed) <= allowed;
      boolean complete = found && (capacity == n || unchanged && ritz.isSettled(wanted, allowed));
      if (complete || restart == RESTARTS) {
        return result(ritz, complete, allowed);
      }
      if (found && !unchanged) {
        leftOver += ritz.residualNorm(wanted);
        confirmed = ritz.values(wanted);
        size = cutBack(ritz, wanted);
        startAfresh(size);
      } else {
        // Half of what is beyond the wanted ones is kept, so that a restart loses little.
        size = cutBack(ritz, Math.min(capacity - 1, wanted + (capacity - wanted) / 2));
      }
    }
  }

  private Result result(RitzPairs ritz, boolean complete, double allowed) {
    double[] residuals = new double[wanted];
    java.util.Arrays.setAll(residuals, i -> ritz.residual(i) + leftOver);
    cutBack(ritz, wanted);
    return new Result(
        ritz.values(wanted),
        rows(wanted),
        residuals,
        products,
        complete && Arrays.max(residuals) <= allowed);
  }

  /** Extends the basis from {@code size} vectors to its capacity. */
  private void grow(int size) {
    for (int j = size; j < capacity; j++) {
      basis[j] = residual;
      double[] w = a.apply(basis[j]);
      products++;
      norm = Math.max(norm, length(w));
      double[] h = GramSchmidt.subtract(basis, j + 1, w);
      for (int i = 0; i <= j; i++) {
        t[i * capacity + j] = h[i];
        t[j * capacity + i] = h[i];
      }
      GramSchmidt.subtract(basis, j + 1, w);
      beta = length(w);
      if (beta > EXHAUSTED * norm) {
        residual = Arrays.scale(w, 1 / beta);
      } else if (j + 1 < n) {
        startAfresh(j + 1);
      } else {
        beta = 0;
      }
    }
  }

  /** What comes next is a unit vector orthogonal to the basis, another at each start. */
  private void startAfresh(int size) {
    double[] v = new SplittableRandom(starts++).doubles(n, -1, 1).toArray();
    GramSchmidt.subtract(basis, size, v);
    GramSchmidt.subtract(basis, size, v);
    residual = Arrays.scale(v, 1 / length(v));
    beta = 0;
  }

  /** The basis becomes the Ritz vectors of the {@code count} largest values, descending. */
  private int cutBack(RitzPairs ritz, int count) {
    rotate(ritz.eigen().vectors(), count);
    double[] values = ritz.values(count);
    java.util.Arrays.fill(t, 0);
    for (int i = 0; i < count; i++) {
      t[i * capacity + i] = values[i];
    }
    return count;
  }

  /** In place, some entries at a time. */
  private void rotate(Matrix y, int count) {
    int chunk = 4096;
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

  private static double length(double[] v) {
    return Math.sqrt(Arrays.dot(v, v));
  }
}
