package org.laplace4j.propertytests.invariants;

import java.util.List;

/**
 * The invariants of one Gaussian subject.
 *
 * <ul>
 *   <li>{@value #PRECISION}: P is symmetric, positive definite, at least the prior's, and the
 *       variances are the diagonal of P⁻¹
 *   <li>{@value #MAP}: M is linear and M Mᵀ = P⁻¹, to rounding
 *   <li>{@value #MEAN}, {@value #COVARIANCE}, {@value #INDEPENDENCE}: the draws against N(μ, P⁻¹),
 *       {@link DrawTests}; each raises a false alarm with probability at most {@link #FALSE_ALARM}
 *   <li>{@value #FROZEN}: entries that are not random keep their bits, the others are the draw
 *   <li>{@value #SEED}: the same seed and index give the same bits, any other another draw
 *   <li>{@value #BATCH}: draw k of n is draw k, for every n
 *   <li>{@value #THREADS}: the same bits from several threads, in any order
 *   <li>{@value #EVIDENCE}: the stated number is the Gaussian integral, {@link EvidenceCheck}
 *   <li>{@value #PREDICTIVE}: stated variances are diag(J P⁻¹ Jᵀ), to rounding
 * </ul>
 */
public final class Invariants implements Conformance {
  /** Name of an invariant. */
  public static final String PRECISION = "stated precision";
  /** Name of an invariant. */
  public static final String MAP = "linear map of the noise";
  /** Name of an invariant. */
  public static final String MEAN = "mean of the draws";
  /** Name of an invariant. */
  public static final String COVARIANCE = "covariance of the draws";
  /** Name of an invariant. */
  public static final String INDEPENDENCE = "independence of the draws";
  /** Name of an invariant. */
  public static final String FROZEN = "frozen entries";
  /** Name of an invariant. */
  public static final String SEED = "seeds and indices";
  /** Name of an invariant. */
  public static final String BATCH = "independence of batch";
  /** Name of an invariant. */
  public static final String THREADS = "independence of threads";
  /** Name of an invariant. */
  public static final String EVIDENCE = "evidence";
  /** Name of an invariant. */
  public static final String PREDICTIVE = "predictive variance";

  /** The most that a statistical invariant may fail where it holds: once in a million seeds. */
  public static final double FALSE_ALARM = 1e-6;

  private final GaussianSubject subject;
  private final long seed;
  private final int draws;
  private final double rounding;

  private Invariants(GaussianSubject subject, long seed, int draws, double rounding) {
    this.subject = subject;
    this.seed = seed;
    this.draws = draws;
    this.rounding = rounding;
  }

  /** The invariants of a subject, with 2,000 draws from seed 1. */
  public static Invariants of(GaussianSubject subject) {
    return new Invariants(subject, 1, 2000, 0);
  }

  /** The same from another seed, of which the draws and the random directions are a function. */
  public Invariants seed(long chosen) {
    return new Invariants(subject, chosen, draws, rounding);
  }

  /** The same with S draws, at least 8: a variance that is off by a factor 1 ± 8/√S is noticed. */
  public Invariants draws(int count) {
    if (count < 8) {
      throw new IllegalArgumentException(
          "Invariants.draws: at least 8 draws are needed to test with, got " + count + ".");
    }
    return new Invariants(subject, seed, count, rounding);
  }

  /**
   * The same where what is exact is so to a relative error only, as of a method that iterates: at
   * least this is allowed, and at least what double precision loses in any case.
   */
  public Invariants allowing(double relativeError) {
    return new Invariants(subject, seed, draws, relativeError);
  }

  @Override
  public List<Finding> check() {
    StatedPrecision stated = new StatedPrecision(subject, rounding);
    DrawTests sample = new DrawTests(subject, seed, draws);
    SameBits bits = new SameBits(subject, seed);
    return Check.all(
        new Check(PRECISION, stated::precision),
        new Check(MAP, stated::noiseMap),
        new Check(MEAN, sample::mean),
        new Check(COVARIANCE, sample::covariance),
        new Check(INDEPENDENCE, sample::independence),
        new Check(FROZEN, bits::frozenEntries),
        new Check(SEED, bits::seeds),
        new Check(BATCH, bits::batches),
        new Check(THREADS, bits::threads),
        new Check(EVIDENCE, new EvidenceCheck(subject, seed, rounding)::finding),
        new Check(PREDICTIVE, stated::predictive));
  }
}
