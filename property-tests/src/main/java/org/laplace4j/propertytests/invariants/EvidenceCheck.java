package org.laplace4j.propertytests.invariants;

import java.util.Optional;
import java.util.SplittableRandom;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;

/**
 * The stated log evidence against the integral of exp ψ.
 *
 * <pre>
 *   Θ ≤ 3    log Σ_grid exp ψ(μ + L⁻ᵀ z) h^Θ / det L,  z on the grid h Z^Θ within ±9, h = ½, P = L Lᵀ
 *   any Θ    ψ(μ + L⁻ᵀ z) = ψ(μ) − ½ ‖z‖² along 8 random z, so the integral is
 *            ψ(μ) + ½ Θ log 2π − ½ log det P
 * </pre>
 *
 * <p>The trapezoidal rule is exact for a Gaussian but for 2 exp(−2π²/h²) = 1e-34 a dimension; its
 * tails beyond 9 hold less than 1e-18.
 */
final class EvidenceCheck {
  private static final double STEP = 0.5;
  private static final int STEPS = 18;

  /** Sums of many terms that may cancel. */
  private static final double ROUNDING = 1e-8;

  private final GaussianSubject subject;
  private final long seed;
  private final double limit;

  EvidenceCheck(GaussianSubject subject, long seed, double allowed) {
    this.subject = subject;
    this.seed = seed;
    this.limit = Math.max(ROUNDING, allowed);
  }

  Finding finding() {
    Optional<EvidenceClaim> stated = subject.evidence();
    if (stated.isEmpty()) return Finding.notGiven(Invariants.EVIDENCE, "evidence");
    Optional<Matrix> p = subject.precision();
    if (p.isEmpty()) return Finding.notGiven(Invariants.EVIDENCE, "precision or covariance");
    EvidenceClaim claim = stated.get();
    Cholesky l = new Cholesky(p.get());
    double top = claim.logJoint().applyAsDouble(subject.mean());
    double scale = Math.max(1, Math.max(Math.abs(top), Math.abs(l.logDet())));
    double notGaussian = notGaussian(claim, l, top) / scale;
    if (!(notGaussian <= limit)) {
      return Finding.of(
          Invariants.EVIDENCE,
          false,
          "log p(D, θ) is off the Gaussian with precision P by " + notGaussian);
    }
    boolean small = l.size() <= 3;
    double integral = top
        - l.logDet() / 2
        + (small ? quadrature(claim, l, top) : l.size() * Math.log(2 * Math.PI) / 2);
    return Finding.atMost(
        Invariants.EVIDENCE,
        "the difference of " + claim.logEvidence() + " from the "
            + (small ? "quadrature " : "integral ") + integral + ", relative,",
        Math.abs(claim.logEvidence() - integral) / scale,
        limit);
  }

  private double[] at(Cholesky l, double[] z) {
    return Arrays.plus(subject.mean(), l.solveUpper(z));
  }

  private double notGaussian(EvidenceClaim claim, Cholesky l, double top) {
    SplittableRandom rng = new SplittableRandom(seed);
    double worst = 0;
    for (int i = 0; i < 8; i++) {
      double[] z = rng.doubles(l.size(), -2, 2).toArray();
      double off = claim.logJoint().applyAsDouble(at(l, z)) - top + Arrays.dot(z, z) / 2;
      worst = Math.abs(off) <= worst ? worst : Math.abs(off);
    }
    return worst;
  }

  /** log Σ exp(ψ − ψ(μ)) h^Θ over the grid. */
  private double quadrature(EvidenceClaim claim, Cholesky l, double top) {
    int side = 2 * STEPS + 1;
    double sum = 0;
    for (int cell = 0; cell < Math.pow(side, l.size()); cell++) {
      double[] z = new double[l.size()];
      int rest = cell;
      for (int i = 0; i < z.length; i++) {
        z[i] = STEP * (rest % side - STEPS);
        rest /= side;
      }
      sum += Math.exp(claim.logJoint().applyAsDouble(at(l, z)) - top);
    }
    return Math.log(sum) + l.size() * Math.log(STEP);
  }
}
