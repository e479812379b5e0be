package org.laplace4j.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * P x = b for a symmetric positive definite P, (n, n), known only by its products: conjugate
 * gradients (Hestenes and Stiefel 1952), preconditioned by the inverse of an M ≈ P.
 *
 * <pre>
 *   x += α p   r −= α P p   z = M⁻¹ r   p ← z + β p      α = rᵀz / pᵀP p      β = rᵀz / (rᵀz before)
 * </pre>
 *
 * <p>The residual is updated, not computed, so it drifts from the true one. When it is below the
 * tolerance the true one is computed, and the steps begin again from there until that is below it
 * too, or does not fall any more. What was reached is always said.
 *
 * @param product v ↦ P v, a new array
 * @param preconditioner r ↦ M⁻¹ r, a new array, M symmetric positive definite
 * @param tolerance the ‖b − P x‖ / ‖b‖ that is asked for
 * @param limit the most products to be spent on one right-hand side
 */
public record ConjugateGradient(
    UnaryOperator<double[]> product,
    UnaryOperator<double[]> preconditioner,
    double tolerance,
    int limit) {

  /**
   * No method does better than this part of ‖P‖ ‖x‖: a solution is as good as it gets when its
   * residual is below.
   */
  private static final double ROUNDING = 1e-15;

  public ConjugateGradient {
    if (!(tolerance > 0) || limit < 1) {
      throw new IllegalArgumentException("ConjugateGradient: a tolerance of " + tolerance + " and "
          + limit + " products were given; give a positive tolerance and at least 1 product.");
    }
  }

  /** Without a preconditioner. */
  public static ConjugateGradient of(UnaryOperator<double[]> product, double tolerance, int limit) {
    return new ConjugateGradient(product, double[]::clone, tolerance, limit);
  }

  /**
   * What was reached.
   *
   * @param x the solution, (n)
   * @param products the number of products with P
   * @param residual ‖b − P x‖ / ‖b‖, computed from x
   * @param converged whether that is within the tolerance, or within rounding of ‖P‖ ‖x‖ / ‖b‖
   */
  public record Result(double[] x, int products, double residual, boolean converged) {}

  /**
   * P⁻¹ b.
   *
   * @throws NotPositiveDefiniteException if a pᵀP p is not positive
   */
  public Result solve(double[] b) {
    Arrays.requireFinite("ConjugateGradient: the right-hand side", b);
    double size = length(b);
    double[] x = new double[b.length];
    double[] r = b.clone();
    double reached = size;
    double norm = 0;
    int products = 0;
    while (true) {
      if (reached <= tolerance * size)
        return new Result(x, products, relative(reached, size), true);
      ConjugateSteps steps = new ConjugateSteps(product, preconditioner, r);
      while (steps.residual() > tolerance * size && products + 1 < limit && steps.next()) {
        products++;
      }
      norm = Math.max(norm, steps.norm());
      double[] refined = Arrays.plus(x, steps.solution());
      double[] rest = Arrays.minus(b, product.apply(refined));
      products++;
      double now = length(rest);
      boolean falls = now < 0.5 * reached;
      if (now < reached) {
        x = refined;
        r = rest;
        reached = now;
      }
      if (!falls || products + 1 >= limit) {
        boolean good = reached <= tolerance * size || reached <= ROUNDING * norm * length(x);
        return new Result(x, products, relative(reached, size), good);
      }
    }
  }

  /**
   * P⁻¹ b for every row b of a matrix (k, n), each by itself: none depends on what is beside it.
   */
  public List<Result> solveRows(Matrix b) {
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < b.rows(); i++) results.add(solve(b.row(i)));
    return results;
  }

  private static double relative(double residual, double size) {
    return size == 0 ? 0 : residual / size;
  }

  private static double length(double[] v) {
    return Math.sqrt(Arrays.dot(v, v));
  }
}
