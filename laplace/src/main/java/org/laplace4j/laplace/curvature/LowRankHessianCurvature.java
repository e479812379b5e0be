package org.laplace4j.laplace.curvature;

import java.util.Arrays;
import org.laplace4j.linalg.Lanczos;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * The k largest positive eigenpairs of the true Hessian of the negative log-likelihood, by Lanczos
 * on Hessian-vector products, and its negative eigenvalues from the other end. These are directions
 * in which θ* is no minimum of the loss; they are reported and left out of P, which then is too
 * large in them.
 *
 * <pre>  H ≈ U diag(λ) Uᵀ over the k largest λ &gt; 0          P = diag(δ) + U diag(λ) Uᵀ  </pre>
 *
 * <p>The k smallest eigenvalues are looked for, so where k negative ones are reported there may be
 * more.
 */
public final class LowRankHessianCurvature implements Curvature {
  private final LowRankCurvature positive;
  private final double[] negative;
  private final boolean converged;

  private LowRankHessianCurvature(LowRankCurvature positive, double[] negative, boolean converged) {
    this.positive = positive;
    this.negative = negative;
    this.converged = converged;
  }

  static LowRankHessianCurvature of(GradientRows g, int rank) {
    int size = g.space().size();
    Lanczos.Result smallest =
        Lanczos.smallest(g::hessianTimes, size, Math.min(rank, size), LowRankCurvature.TOLERANCE);
    LowRankCurvature positive = LowRankCurvature.of(g::hessianTimes, size, rank);
    double largest = Math.max(
        -smallest.values()[0], Arrays.stream(positive.eigenvalues()).max().orElse(0));
    double[] negative = Arrays.stream(smallest.values())
        .filter(v -> v < -LowRankCurvature.TOLERANCE * largest)
        .toArray();
    return new LowRankHessianCurvature(
        positive, negative, smallest.converged() && positive.converged());
  }

  /** The positive λ that were kept, descending. */
  public double[] eigenvalues() {
    return positive.eigenvalues();
  }

  /**
   * The negative eigenvalues that were found and left out, ascending; of a sum those of every part.
   */
  public double[] negativeEigenvalues() {
    return negative.clone();
  }

  /** Whether Lanczos reached its tolerance at both ends. */
  public boolean converged() {
    return converged;
  }

  /** Adds what was kept; nothing is known of the eigenvalues of the sum of what was not. */
  @Override
  public Curvature plus(Curvature other) {
    LowRankHessianCurvature o = SameStructure.require(this, other);
    double[] both = Arrays.copyOf(negative, negative.length + o.negative.length);
    System.arraycopy(o.negative, 0, both, negative.length, o.negative.length);
    Arrays.sort(both);
    return new LowRankHessianCurvature(positive.plus(o.positive), both, converged && o.converged);
  }

  @Override
  public Curvature times(double c) {
    return new LowRankHessianCurvature(
        positive.times(c), org.laplace4j.linalg.Arrays.scale(negative, c), converged);
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    return positive.plusPrior(precisions);
  }

  @Override
  public Matrix toDense() {
    return positive.toDense();
  }
}
