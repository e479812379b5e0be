package org.laplace4j.laplace;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.laplace4j.laplace.curvature.GradientRows;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.Evidence;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.NystromSketch;
import org.laplace4j.linalg.Preconditioner;
import org.laplace4j.linalg.StochasticLanczosQuadrature;
import org.laplace4j.linalg.operator.LowRankPlusDiagonal;
import org.laplace4j.nn.Dataset;

/**
 * The log evidence under the whole curvature, of which a structure keeps a part, beside that of the
 * posterior's own: an estimate with its standard error, from products H v alone.
 *
 * <pre>
 *   P = H/T + P₀, H = Σ g gᵀ (Θ, Θ) of the posterior's source, at its θ*, prior and temperature
 *
 *   M = P₀ + F Fᵀ, F (Θ, K) of H/T in the metric of P₀           ({@link NystromSketch})
 *   log (det P/det P₀) = log (det M/det P₀) + tr log (M^(-1/2) P M^(-1/2))
 *                        exact                estimated           ({@link StochasticLanczosQuadrature})
 * </pre>
 *
 * <p>It answers whether the evidence of a structure may be used to compare models:
 *
 * <pre>{@code
 * LaplacePosterior<Categorical> posterior = Laplace.of(network, new Categorical()).fit(data);
 * WholeEvidence evidence = WholeEvidence.of(posterior, data, new SplittableRandom(1));
 * System.out.println(evidence);
 * double whole = evidence.whole().logMarginalLikelihood();  // ± evidence.whole().standardError()
 * double missed = evidence.gap();                           // ± evidence.gapStandardError()
 * }</pre>
 *
 * <p>The gap of a diagonal or block-diagonal structure is never below zero, since their
 * determinants are too large (Hadamard, Fischer), and that of a low rank never above it; that of
 * Kronecker factors may be either.
 *
 * <p>All eigenvalues of P in the metric of M are 1 or more. The K directions of a sketch take away
 * most of what is above 1, and with it most of the variance and of the steps; each costs a pass
 * over the data. Probes take some passes each, and the error falls with the root of their number
 * (Hutchinson 1990; Ubaru, Chen and Saad 2017). The estimate does not depend on the structure: with
 * the same seed it is the same number for all of them.
 *
 * @param structure what the posterior keeps of the curvature
 * @param kept the evidence of the posterior itself
 * @param whole the evidence under the whole curvature, an estimate
 * @param passes over the data that it took
 */
public record WholeEvidence(String structure, Evidence kept, Evidence whole, int passes) {
  private static final String HERE = "WholeEvidence.of";
  private static final int RANK = 256;
  private static final int PROBES = 32;

  /** The most numbers of F by default: 128 MiB. */
  private static final int SKETCH_NUMBERS = 1 << 24;

  /** Numbers of the heap for each of F, at the most. */
  private static final int COPIES = 5;

  /** Those that an array holds. */
  private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

  /** A quadrature's error of 1e-8 Θ at most, as the smallest eigenvalue is 1. */
  private static final double TOLERANCE = 1e-4;

  private static final int LIMIT = 2_000;

  /** By 256 directions, or as many as take 128 MiB, and 32 probes. */
  public static WholeEvidence of(LaplacePosterior<?> posterior, Dataset data, RandomGenerator rng) {
    int n = posterior.space().size();
    return of(posterior, data, Math.min(RANK, Math.min(n, SKETCH_NUMBERS / n)), PROBES, rng);
  }

  /**
   * By K directions and some probes.
   *
   * @param data what the posterior was fitted to
   * @param rank K, from 0 to Θ; in a heap of some five times Θ K numbers
   * @param probes at least 2
   * @throws IllegalArgumentException if those are other data, or if the structure is not made of
   *     the rows of a source: the true Hessian need not be positive definite
   */
  public static WholeEvidence of(
      LaplacePosterior<?> posterior, Dataset data, int rank, int probes, RandomGenerator rng) {
    posterior.dataFit().requireDataOfFit(HERE, data);
    requireSource(posterior.approximation().structure());
    requireNumbers(rank, probes, posterior.space().size());
    GradientRows g = posterior.passes(data);
    double[] delta = posterior.prior().precisions(posterior.space());
    UnaryOperator<double[]> h = v -> Arrays.scale(g.times(v), 1 / posterior.temperature());
    StochasticLanczosQuadrature.Estimate estimate = StochasticLanczosQuadrature.logDet(
        v -> Arrays.plus(h.apply(v), Arrays.times(delta, v)),
        near(h, delta, rank, rng.nextLong()),
        probes,
        TOLERANCE,
        LIMIT,
        rng.nextLong());
    requireConverged(estimate, rank);
    Evidence kept = posterior.evidence();
    Evidence whole = new Evidence(
        kept.logLikelihood(),
        kept.priorQuadratic(),
        estimate.logDet() - Arrays.sumLog(delta),
        estimate.standardError());
    return new WholeEvidence(
        posterior.approximation().structure().toString(), kept, whole, rank + estimate.products());
  }

  /** M = P₀ + F Fᵀ, F = P₀^(1/2) times the root of a sketch of P₀^(-1/2) H P₀^(-1/2). */
  private static Preconditioner near(
      UnaryOperator<double[]> h, double[] delta, int rank, long seed) {
    if (rank == 0) return Preconditioner.diagonal(delta);
    double[] root = Arrays.sqrt(delta);
    Matrix f = NystromSketch.root(
        v -> Arrays.dividedBy(h.apply(Arrays.dividedBy(v, root)), root), delta.length, rank, seed);
    return LowRankPlusDiagonal.of(delta, f.scaleRows(root)).preconditioner();
  }

  private static void requireSource(Structure structure) {
    if (!structure.isOfSource()) {
      throw new IllegalArgumentException(HERE + ": Structure." + structure
          + " is made of the true Hessian, which need not be positive definite; fit with a"
          + " structure that is made of the rows of a source, such as Structure.kronecker().");
    }
  }

  private static void requireNumbers(int rank, int probes, int size) {
    int most = Math.min(size, MOST_NUMBERS / size);
    if (rank < 0 || rank > most || probes < 2) {
      throw new IllegalArgumentException(HERE + ": " + rank + " directions and " + probes
          + " probes were asked for; give 0 to " + most + " directions over " + size
          + " elements, and at least 2 probes.");
    }
    double bytes = (double) COPIES * Double.BYTES * size * rank;
    double heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw new IllegalArgumentException(HERE + ": " + rank + " directions over " + size
          + " elements need about " + Plan.bytes(bytes) + " of heap; there are " + Plan.bytes(heap)
          + ". Give at most " + (int) (rank * heap / bytes) + ", and more probes.");
    }
  }

  private static void requireConverged(StochasticLanczosQuadrature.Estimate estimate, int rank) {
    if (!estimate.converged()) {
      throw new ArithmeticException(HERE + ": a probe did not converge in " + LIMIT
          + " steps; give more than " + rank + " directions, or a larger prior precision.");
    }
  }

  /** How much the log evidence under the whole curvature is above that of the structure. */
  public double gap() {
    return whole.logMarginalLikelihood() - kept.logMarginalLikelihood();
  }

  /** The standard error of {@link #gap()}. */
  public double gapStandardError() {
    return Math.hypot(whole.standardError(), kept.standardError());
  }

  /** Both numbers, and what their gap means for comparing models. */
  @Override
  public String toString() {
    double error = gapStandardError();
    String meaning = Math.abs(gap()) <= 2 * error
        ? "No gap is seen beyond its error."
        : "The structure alone tells models apart only where their evidences differ by more than"
            + " their gaps do.";
    return String.format(
        Locale.ROOT,
        "log evidence of Structure.%s: %.2f, of the whole curvature: %.2f ± %.2f; gap %.2f ± %.2f."
            + " %s",
        structure,
        kept.logMarginalLikelihood(),
        whole.logMarginalLikelihood(),
        whole.standardError(),
        gap(),
        error,
        meaning);
  }
}
