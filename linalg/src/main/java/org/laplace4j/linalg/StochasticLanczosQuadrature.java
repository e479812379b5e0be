package org.laplace4j.linalg;

import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * log det P for a symmetric positive definite P, (n, n), known only by its products: an estimate
 * with its standard error (Ubaru, Chen and Saad 2017), better the nearer M is to P (Gardner et al.
 * 2018).
 *
 * <pre>
 *   log det P = log det M + tr L,   L = log (M^(-1/2) P M^(-1/2))
 *
 *   tr L = E[uᵀ L u] for u = M^(-1/2) W ε, W Wᵀ = M, with independent signs ε
 *   uᵀ L u ≈ ‖u‖² Σⱼ (y₁ⱼ)² log θⱼ      with the eigenpairs (θⱼ, yⱼ) of the Lanczos matrix that starts from u
 * </pre>
 *
 * <p>The Lanczos matrix is that of conjugate gradients for P x = W ε, so M^(1/2) is never needed.
 * The standard error is that of the mean over the probes; the quadrature's own error is far below
 * it once its steps have converged. The signs are a function of the seed and the number of the
 * probe.
 */
public final class StochasticLanczosQuadrature {
  private StochasticLanczosQuadrature() {}

  /**
   * An estimate of log det P.
   *
   * @param logDet the mean over the probes, and log det M
   * @param standardError the standard deviation of the probes over the root of their number
   * @param products the number of products with P
   * @param converged whether the steps of every probe converged before their limit
   */
  public record Estimate(double logDet, double standardError, int products, boolean converged) {}

  /**
   * Estimates log det P.
   *
   * @param product v ↦ P v, a new array
   * @param m the preconditioner M
   * @param probes how many probes, at least 2
   * @param tolerance τ, the relative residual at which a probe stops, for a quadrature's error of
   *     about n τ²: a small part of the standard error is enough
   * @param limit the most steps of one probe
   * @param seed what the probes are drawn from
   * @throws NotPositiveDefiniteException if P turns out not to be
   */
  public static Estimate logDet(
      UnaryOperator<double[]> product,
      Preconditioner m,
      int probes,
      double tolerance,
      int limit,
      long seed) {
    if (probes < 2 || limit < 1) {
      throw new IllegalArgumentException("StochasticLanczosQuadrature: " + probes
          + " probes of at most " + limit
          + " steps were asked for; at least 2 probes of 1 step are needed.");
    }
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException("StochasticLanczosQuadrature: a tolerance of " + tolerance
          + " was given; it is a relative residual, above 0 and below 1.");
    }
    SplittableRandom probe = new SplittableRandom(seed);
    double[] values = new double[probes];
    int products = 0;
    boolean converged = true;
    for (int i = 0; i < probes; i++) {
      double[] start = m.colour().apply(signs(m.noiseSize(), probe.split()));
      ConjugateSteps steps = new ConjugateSteps(product, m.solve(), start);
      int taken = 0;
      while (taken < limit && steps.relativeResidual() > tolerance && steps.next()) taken++;
      values[i] = steps.weight() * logMoment(steps.lanczos());
      products += taken;
      converged &= steps.relativeResidual() <= tolerance;
    }
    double mean = Arrays.sum(values) / probes;
    double squares = Arrays.sum(Arrays.squares(Arrays.map(values, v -> v - mean)));
    return new Estimate(
        m.logDet() + mean, Math.sqrt(squares / (probes - 1) / probes), products, converged);
  }

  /** Σⱼ (y₁ⱼ)² log θⱼ, 0 of no steps. */
  private static double logMoment(Matrix t) {
    if (t.rows() == 0) return 0;
    SymmetricEigen eigen = new SymmetricEigen(t);
    double[] first = eigen.vectors().row(0);
    return Arrays.dot(Arrays.squares(first), Arrays.log(eigen.values()));
  }

  private static double[] signs(int n, SplittableRandom rng) {
    double[] signs = new double[n];
    for (int i = 0; i < n; i++) signs[i] = rng.nextBoolean() ? 1 : -1;
    return signs;
  }
}
