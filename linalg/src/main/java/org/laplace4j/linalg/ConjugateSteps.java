package org.laplace4j.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The steps of conjugate gradients for P x = b from x = 0, and the Lanczos matrix that their
 * coefficients make: that of M^(-1/2) P M^(-1/2) from the start M^(-1/2) b.
 *
 * <pre>
 *   Tⱼⱼ = 1/αⱼ + βⱼ₋₁/αⱼ₋₁      Tⱼ,ⱼ₊₁ = √βⱼ / αⱼ
 * </pre>
 */
final class ConjugateSteps {
  private final UnaryOperator<double[]> product;
  private final UnaryOperator<double[]> preconditioner;
  private final double[] x;
  private final double[] r;
  private final List<Double> alphas = new ArrayList<>();
  private final List<Double> betas = new ArrayList<>();
  private final double weight;
  private double[] p;
  private double rz;
  private double norm;

  ConjugateSteps(
      UnaryOperator<double[]> product, UnaryOperator<double[]> preconditioner, double[] b) {
    this.product = product;
    this.preconditioner = preconditioner;
    this.x = new double[b.length];
    this.r = b.clone();
    this.p = preconditioner.apply(r);
    this.rz = Arrays.dot(r, p);
    this.weight = rz;
  }

  /**
   * One step, one product with P; false, without one, where the residual is zero already.
   *
   * @throws NotPositiveDefiniteException if pᵀP p is not positive
   */
  boolean next() {
    if (rz == 0) return false;
    double[] pp = product.apply(p);
    double curvature = Arrays.dot(p, pp);
    // Written so that NaN fails too.
    if (!(curvature > 0 && rz > 0 && curvature < Double.POSITIVE_INFINITY)) {
      throw new NotPositiveDefiniteException(
          "ConjugateGradient", x.length, alphas.size(), rz > 0 ? curvature : rz);
    }
    norm = Math.max(norm, Math.sqrt(Arrays.dot(pp, pp) / Arrays.dot(p, p)));
    double alpha = rz / curvature;
    Arrays.addScaled(alpha, p, x);
    Arrays.addScaled(-alpha, pp, r);
    double[] z = preconditioner.apply(r);
    double before = rz;
    rz = Arrays.dot(r, z);
    double beta = rz / before;
    Arrays.addScaled(beta, p, z);
    p = z;
    alphas.add(alpha);
    betas.add(beta);
    return true;
  }

  /** x, shared. */
  double[] solution() {
    return x;
  }

  /** ‖r‖, as updated. */
  double residual() {
    return Math.sqrt(Arrays.dot(r, r));
  }

  /** A lower bound of ‖P‖. */
  double norm() {
    return norm;
  }

  /** ‖M^(-1/2) b‖². */
  double weight() {
    return weight;
  }

  /** √(rᵀM⁻¹r / bᵀM⁻¹b). */
  double relativeResidual() {
    return weight == 0 ? 0 : Math.sqrt(Math.max(rz, 0) / weight);
  }

  /** T of the steps so far, (steps, steps). */
  Matrix lanczos() {
    int steps = alphas.size();
    double[] t = new double[steps * steps];
    for (int j = 0; j < steps; j++) {
      t[j * steps + j] = 1 / alphas.get(j) + (j > 0 ? betas.get(j - 1) / alphas.get(j - 1) : 0);
      if (j + 1 < steps) {
        double beside = Math.sqrt(betas.get(j)) / alphas.get(j);
        t[j * steps + j + 1] = beside;
        t[(j + 1) * steps + j] = beside;
      }
    }
    return Matrix.adopt(steps, steps, t);
  }
}
