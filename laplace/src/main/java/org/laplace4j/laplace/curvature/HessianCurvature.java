package org.laplace4j.laplace.curvature;

import org.laplace4j.linalg.Lanczos;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.operator.DenseSpd;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * The true Hessian of the negative log-likelihood, by Θ Hessian-vector products: for small models,
 * and to see what the GGN leaves out. It need not be positive definite; then a prior that does not
 * make up for it is refused.
 *
 * <pre>  H = −Σₙ ∇² log p(yₙ | f(θ, xₙ)) = GGN − Σₙ Σ_c (∂ log p / ∂f_c) ∇² f_c  </pre>
 */
public final class HessianCurvature implements Curvature {
  /** The eigenvalue that a message names need not be known better. */
  private static final double NAMED = 1e-6;

  private final Matrix h;

  private HessianCurvature(Matrix h) {
    this.h = h;
  }

  static HessianCurvature of(GradientRows g) {
    int size = g.space().size();
    double[] rows = new double[size * size];
    for (int i = 0; i < size; i++) {
      double[] unit = new double[size];
      unit[i] = 1;
      System.arraycopy(g.hessianTimes(unit), 0, rows, i * size, size);
    }
    Matrix products = Matrix.adopt(size, size, rows);
    // Symmetric but for rounding; the mean of both triangles is exactly so.
    return new HessianCurvature(products.plus(products.transpose()).times(0.5));
  }

  /**
   * The eigenvalues of H, ascending: negative ones are directions in which θ* is no minimum of the
   * loss.
   */
  public double[] eigenvalues() {
    return new SymmetricEigen(h).values();
  }

  @Override
  public Curvature plus(Curvature other) {
    Matrix added = SameStructure.require(this, other).h;
    SameStructure.requireSize("elements", h.rows(), added.rows());
    return new HessianCurvature(h.plus(added));
  }

  @Override
  public Curvature times(double c) {
    return new HessianCurvature(h.times(c));
  }

  /**
   * H + diag(δ).
   *
   * @throws NotPositiveDefiniteException with the smallest eigenvalue, where that is not positive
   */
  @Override
  public SpdOperator plusPrior(double[] precisions) {
    Matrix p = h.plusDiagonal(precisions);
    try {
      return DenseSpd.of(p);
    } catch (NotPositiveDefiniteException indefinite) {
      double smallest = Lanczos.smallest(p::times, p.rows(), 1, NAMED).values()[0];
      throw NotPositiveDefiniteException.ofEigenvalue(
          "Structure.hessian", p.rows(), smallest, indefinite);
    }
  }

  @Override
  public Matrix toDense() {
    return h;
  }
}
