package org.laplace4j.propertytests.invariants;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;

/**
 * A posterior under priors of one precision δ, from next to none to nothing but the prior.
 *
 * <pre>
 *   P(δ) = H + δ I, with one H for every δ
 *   γ(δ) = Θ − δ Σᵢ Cᵢᵢ(δ) = Σᵢ λᵢ / (λᵢ + δ), λ the eigenvalues of H
 *   δ → 0    γ → rank H, the data alone decide: taken at δ = 1e-6 λ_max
 *   δ → ∞    γ → 0, δ C → I, every draw goes to μ: taken at δ = 1e6 λ_max
 * </pre>
 */
public final class PriorLimits implements Conformance {
  /** Name of an invariant. */
  public static final String ADDS = "the prior adds to the precision";
  /** Name of an invariant. */
  public static final String WEAK = "weak prior";
  /** Name of an invariant. */
  public static final String STRONG = "strong prior";

  private final DoubleFunction<GaussianSubject> underPrecision;

  private PriorLimits(DoubleFunction<GaussianSubject> underPrecision) {
    this.underPrecision = underPrecision;
  }

  /** The limits of the posterior under an isotropic prior of the given precision. */
  public static PriorLimits of(DoubleFunction<GaussianSubject> underPrecision) {
    return new PriorLimits(underPrecision);
  }

  @Override
  public List<Finding> check() {
    return Check.all(
        new Check(ADDS, this::adds), new Check(WEAK, this::weak), new Check(STRONG, this::strong));
  }

  /** H = P(1) − I, if there is a P. */
  private Optional<Matrix> curvature() {
    return underPrecision.apply(1).precision().map(p -> p.minus(Matrix.identity(p.rows())));
  }

  /** About λ_max; not zero, for there may be no data. */
  private static double largest(Matrix h) {
    return Math.max(h.maxAbs(), 1e-3);
  }

  private Finding adds() {
    return curvature().map(this::adds).orElseGet(() -> nothingGiven(ADDS));
  }

  private Finding adds(Matrix h) {
    double worst = 0;
    for (double delta : new double[] {1e-6 * largest(h), largest(h), 100 * largest(h)}) {
      Matrix p = underPrecision.apply(delta).precision().orElseThrow();
      Matrix off = p.minus(h).minus(Matrix.identity(h.rows()).times(delta));
      worst = Math.max(worst, off.maxAbs() / Math.max(1, p.maxAbs())); // H is P(1) − I
    }
    return Finding.atMost(ADDS, "the largest difference of P(δ) from H + δ I", worst, 1e-12);
  }

  private Finding weak() {
    return curvature()
        .map(h -> effective(WEAK, h, 1e-6 * largest(h)))
        .orElseGet(() -> nothingGiven(WEAK));
  }

  private Finding strong() {
    return curvature().map(this::strong).orElseGet(() -> nothingGiven(STRONG));
  }

  private Finding strong(Matrix h) {
    double delta = 1e6 * largest(h);
    GaussianSubject subject = underPrecision.apply(delta);
    double furthest = 0;
    for (int s = 0; s < 8; s++) {
      double[] r = Arrays.minus(subject.draw(1, s), subject.mean());
      furthest = Math.max(furthest, Arrays.max(Arrays.map(r, Math::abs)) * Math.sqrt(delta));
    }
    // A normal number is further out than 10 with probability 1e-23.
    if (!(furthest <= 10)) {
      return Finding.of(STRONG, false, "a draw is " + furthest + " prior deviations off the mean");
    }
    return effective(STRONG, h, delta);
  }

  /** γ(δ) from the stated variances against that of the eigenvalues. */
  private Finding effective(String name, Matrix h, double delta) {
    Optional<double[]> variances = underPrecision.apply(delta).variances();
    if (variances.isEmpty()) return Finding.notGiven(name, "variances");
    double stated = h.rows() - delta * Arrays.sum(variances.get());
    double[] lambda = Arrays.map(SymmetricEigen.valuesOf(h), v -> Math.max(v, 0));
    double expected = Arrays.sum(Arrays.map(lambda, v -> v / (v + delta)));
    // 1e-16 κ an entry with κ = 1e6, and what was lost in H = P(1) − I.
    return Finding.atMost(
        name,
        "the difference of γ = " + stated + " from " + expected,
        Math.abs(stated - expected),
        1e-6 * h.rows());
  }

  private static Finding nothingGiven(String name) {
    return Finding.notGiven(name, "precision or covariance");
  }
}
