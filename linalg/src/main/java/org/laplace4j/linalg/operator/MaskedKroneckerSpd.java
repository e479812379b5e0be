package org.laplace4j.linalg.operator;

import java.util.SplittableRandom;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.ConjugateGradient;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.StochasticLanczosQuadrature;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.rows.Rows;

/**
 * P = H + diag(δ), H = S (U_B ⊗ U_A) diag(s) (U_B ⊗ U_A)ᵀ Sᵀ: KFAC or EKFAC of any elements of a
 * weight (out, in) under any prior precisions δ (Θ), for more elements than a dense matrix can
 * hold. P is never formed; a product costs two or four matrix products of the weight's shape.
 *
 * <pre>
 *   M ≈ P      = F Fᵀ + diag(δ + diag(H − F Fᵀ)), F from the leading eigenvalues of H    ({@link LowRankPlusDiagonal}),
 *              or, of a whole weight, H + δ̄ I with the geometric mean δ̄                   ({@link KroneckerBasisSpd}):
 *              the one that takes fewer products to solve for one right-hand side
 *   P⁻¹ b      by conjugate gradients, preconditioned by M
 *   M ε        = P⁻¹ (S (U_B ⊗ U_A) diag(√s) ε₁ + √δ ε₂), whose right-hand side has covariance P
 *   log det P  = log det M + tr log (M^(-1/2) P M^(-1/2)), the trace estimated, with its standard error
 *   diag P⁻¹   column by column up to 1,024 elements, beyond
 *              = diag M⁻¹ + E[v ∘ (P⁻¹ v − M⁻¹ v)] over signs v (Bekas, Kokiopoulou and Saad 2007), between 1/Pᵢᵢ and 1/δᵢ
 *   J P⁻¹ Jᵀ   one solve for each row of J
 * </pre>
 *
 * <p>Solves reach a residual of 1e-10 of the right-hand side, or it is said that they do not. The
 * estimates draw on the seed alone, so they are the same whenever they are asked for; they are made
 * once.
 */
public final class MaskedKroneckerSpd implements SpdOperator {
  private static final double TOLERANCE = 1e-10;
  private static final double QUADRATURE_TOLERANCE = 1e-6;
  private static final int LIMIT = 2_000;
  private static final int PROBES = 16;
  private static final int DIAGONAL_PROBES = 32;
  private static final int EXACT_DIAGONAL = 1_024;

  /** The rank of M is at most the first, and F at most the second: 128 MiB. */
  private static final int RANK = 256;

  private static final int ROOT_NUMBERS = 1 << 24;

  private final KroneckerPart h;
  private final double[] delta;
  private final long seed;
  private final SpdOperator near;
  private final ConjugateGradient solver;
  private final Memo<StochasticLanczosQuadrature.Estimate> logDet;
  private final Memo<Means> variances;

  /** Estimates with their standard errors, one for each element. */
  private record Means(double[] values, double[] standardErrors) {}

  private MaskedKroneckerSpd(KroneckerPart h, double[] delta, long seed) {
    this.h = h;
    this.delta = delta;
    this.seed = seed;
    this.near = nearest();
    this.solver = preconditionedBy(near);
    this.logDet = new Memo<>(this::estimateLogDet);
    this.variances = new Memo<>(this::estimateVariances);
  }

  /**
   * S (B ⊗ A) Sᵀ + diag(δ), for B and A that are positive semidefinite in theory (sums of x xᵀ):
   * eigenvalues that are negative by rounding count as zero.
   *
   * @param b B, (out, out)
   * @param a A, (in, in)
   * @param places the elements' places in the weight, row-major, ascending, (Θ)
   * @param delta δ, (Θ), each positive and finite
   * @param seed what the estimates are drawn from
   * @throws org.laplace4j.linalg.NotPositiveDefiniteException if a factor has an eigenvalue below
   *     zero by more than rounding
   */
  public static MaskedKroneckerSpd of(
      SymmetricEigen b, SymmetricEigen a, int[] places, double[] delta, long seed) {
    checkPlaces(places, b.size(), a.size());
    return new MaskedKroneckerSpd(
        KroneckerPart.of(b, a, places.clone()), checked(delta, places), seed);
  }

  /**
   * S (U_B ⊗ U_A) diag(s) (U_B ⊗ U_A)ᵀ Sᵀ + diag(δ).
   *
   * @param uB U_B, (out, out), with orthonormal columns
   * @param uA U_A, (in, in), with orthonormal columns
   * @param s the eigenvalues, (out, in), none negative
   * @param places the elements' places in the weight, row-major, ascending, (Θ)
   * @param delta δ, (Θ), each positive and finite
   * @param seed what the estimates are drawn from
   */
  public static MaskedKroneckerSpd of(
      Matrix uB, Matrix uA, Matrix s, int[] places, double[] delta, long seed) {
    KroneckerBasisSpd.requireBases("MaskedKroneckerSpd", uB, uA, s);
    for (double eigenvalue : s.array()) {
      if (!(eigenvalue >= 0 && eigenvalue < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("MaskedKroneckerSpd: the eigenvalue " + eigenvalue
            + " was given; give none below 0, and finite ones.");
      }
    }
    checkPlaces(places, uB.rows(), uA.rows());
    return new MaskedKroneckerSpd(
        KroneckerPart.of(uB, uA, s, places.clone()), checked(delta, places), seed);
  }

  private static void checkPlaces(int[] places, int out, int in) {
    for (int e = 0; e < places.length; e++) {
      int before = e == 0 ? -1 : places[e - 1];
      if (places[e] <= before || places[e] >= (long) out * in) {
        throw new IllegalArgumentException("MaskedKroneckerSpd: place " + places[e] + " after "
            + before + " was given for a weight (" + out + ", " + in
            + "); give places from 0 to " + ((long) out * in - 1) + ", ascending.");
      }
    }
  }

  private static double[] checked(double[] delta, int[] places) {
    Arrays.requireLength("MaskedKroneckerSpd: the prior precisions", places.length, delta);
    return Arrays.requirePositive("MaskedKroneckerSpd: the prior precisions", delta.clone());
  }

  private SpdOperator nearest() {
    SpdOperator lowRank = lowRankPlusDiagonal();
    if (size() < h.touched()) return lowRank;
    double[] signs = signs(new SplittableRandom(seed));
    SpdOperator whole = h.plus(Math.exp(Arrays.sumLog(delta) / size()));
    int withLowRank = preconditionedBy(lowRank).solve(signs).products();
    return preconditionedBy(whole).solve(signs).products() < withLowRank ? whole : lowRank;
  }

  private SpdOperator lowRankPlusDiagonal() {
    int rank = Math.min(RANK, Math.min(size(), ROOT_NUMBERS / Math.max(1, size())));
    Matrix f = h.leadingRoot(Math.min(rank, h.touched()));
    double[] rest = Arrays.minus(h.diagonal(), ExampleBlocks.rowSquares(f));
    // Not negative but for rounding.
    return LowRankPlusDiagonal.of(Arrays.plus(delta, Arrays.map(rest, v -> Math.max(v, 0))), f);
  }

  private ConjugateGradient preconditionedBy(SpdOperator m) {
    return new ConjugateGradient(this::product, m::solve, TOLERANCE, LIMIT);
  }

  private double[] signs(SplittableRandom rng) {
    double[] signs = new double[size()];
    for (int i = 0; i < size(); i++) signs[i] = rng.nextBoolean() ? 1 : -1;
    return signs;
  }

  @Override
  public int size() {
    return h.size();
  }

  @Override
  public int noiseSize() {
    return h.touched() + size();
  }

  /** An estimate: see {@link #logDetStandardError()}. */
  @Override
  public double logDet() {
    return logDet.get().logDet();
  }

  @Override
  public double logDetStandardError() {
    return logDet.get().standardError();
  }

  private StochasticLanczosQuadrature.Estimate estimateLogDet() {
    var estimate = StochasticLanczosQuadrature.logDet(
        this::product, near.preconditioner(), PROBES, QUADRATURE_TOLERANCE, LIMIT, seed);
    if (!estimate.converged()) {
      throw new ArithmeticException("MaskedKroneckerSpd.logDet: a probe did not converge in "
          + LIMIT + " steps; " + "raise the prior precisions or select fewer elements.");
    }
    return estimate;
  }

  @Override
  public double[] diagonal() {
    return Arrays.plus(h.diagonal(), delta);
  }

  @Override
  public double[] times(double[] v) {
    return product(Arrays.requireLength("MaskedKroneckerSpd.times", size(), v));
  }

  private double[] product(double[] v) {
    return Arrays.plus(h.times(v), Arrays.times(delta, v));
  }

  /**
   * {@inheritDoc}
   *
   * @throws ArithmeticException if conjugate gradients do not converge
   */
  @Override
  public double[] solve(double[] b) {
    Arrays.requireLength("MaskedKroneckerSpd.solve", size(), b);
    ConjugateGradient.Result result = solver.solve(b);
    if (!result.converged()) {
      throw new ArithmeticException("MaskedKroneckerSpd.solve: a residual of " + result.residual()
          + " was reached in " + result.products() + " products, " + TOLERANCE
          + " is required; raise the prior precisions or select fewer elements.");
    }
    return result.x();
  }

  /**
   * Exact up to 1,024 elements, beyond an estimate: see {@link #inverseDiagonalStandardErrors()}.
   */
  @Override
  public double[] inverseDiagonal() {
    return variances.get().values().clone();
  }

  /** The standard error of each entry of {@link #inverseDiagonal()}, zeros where it is exact. */
  public double[] inverseDiagonalStandardErrors() {
    return variances.get().standardErrors().clone();
  }

  private Means estimateVariances() {
    return size() <= EXACT_DIAGONAL ? exactVariances() : sampledVariances();
  }

  private Means exactVariances() {
    double[] exact = new double[size()];
    for (int i = 0; i < size(); i++) {
      double[] unit = new double[size()];
      unit[i] = 1;
      exact[i] = solve(unit)[i];
    }
    return new Means(exact, new double[size()]);
  }

  private Means sampledVariances() {
    SplittableRandom rng = new SplittableRandom(seed);
    double[] sum = new double[size()];
    double[] squares = new double[size()];
    for (int probe = 0; probe < DIAGONAL_PROBES; probe++) {
      double[] signs = signs(rng);
      double[] term = Arrays.times(signs, Arrays.minus(solve(signs), near.solve(signs)));
      Arrays.addScaled(1, term, sum);
      Arrays.addScaled(1, Arrays.squares(term), squares);
    }
    double[] values = near.inverseDiagonal();
    double[] precisions = diagonal();
    double[] errors = new double[size()];
    for (int i = 0; i < size(); i++) {
      double mean = sum[i] / DIAGONAL_PROBES;
      double variance = (squares[i] / DIAGONAL_PROBES - mean * mean) / (DIAGONAL_PROBES - 1);
      errors[i] = Math.sqrt(Math.max(0, variance));
      values[i] = Math.min(1 / delta[i], Math.max(1 / precisions[i], values[i] + mean));
    }
    return new Means(values, errors);
  }

  @Override
  public double[] unwhiten(double[] noise) {
    Arrays.requireLength("MaskedKroneckerSpd.unwhiten", noiseSize(), noise);
    double[] e1 = java.util.Arrays.copyOf(noise, h.touched());
    double[] e2 = java.util.Arrays.copyOfRange(noise, h.touched(), noise.length);
    return solve(Arrays.plus(h.root(e1), Arrays.times(Arrays.sqrt(delta), e2)));
  }

  @Override
  public Matrix inverseQuadratic(Rows j) {
    OperatorArguments.sameSize("MaskedKroneckerSpd.inverseQuadratic", j, this);
    return symmetric(j.times(solvedRows(j.dense()).transpose()));
  }

  @Override
  public Matrix inverseQuadraticBlocks(Rows j) {
    OperatorArguments.sameSize("MaskedKroneckerSpd.inverseQuadraticBlocks", j, this);
    int k = j.columns();
    double[] blocks = new double[j.examples() * k * k];
    for (int n = 0; n < j.examples(); n++) {
      System.arraycopy(ownBlock(j, n).array(), 0, blocks, n * k * k, k * k);
    }
    return Matrix.adopt(j.examples() * k, k, blocks);
  }

  @Override
  public double[] inverseQuadraticDiagonal(Rows j) {
    OperatorArguments.sameSize("MaskedKroneckerSpd.inverseQuadraticDiagonal", j, this);
    int k = j.columns();
    double[] diagonal = new double[j.examples() * k];
    for (int n = 0; n < j.examples(); n++) {
      System.arraycopy(ownBlock(j, n).diagonal(), 0, diagonal, n * k, k);
    }
    return diagonal;
  }

  private Matrix ownBlock(Rows j, int n) {
    Matrix rows = j.examples(n, n + 1).dense();
    return symmetric(rows.timesTranspose(solvedRows(rows)));
  }

  /** Rows of J P⁻¹. */
  private Matrix solvedRows(Matrix rows) {
    double[] solved = new double[rows.array().length];
    for (int row = 0; row < rows.rows(); row++) {
      System.arraycopy(solve(rows.row(row)), 0, solved, row * size(), size());
    }
    return Matrix.adopt(rows.rows(), size(), solved);
  }

  /** Symmetric but for the residuals of the solves; the mean of both triangles is exactly so. */
  private static Matrix symmetric(Matrix q) {
    return q.plus(q.transpose()).times(0.5);
  }

  /** By the definition. */
  @Override
  public Matrix toDense() {
    return h.leadingRoot(h.touched()).outerGram().plusDiagonal(delta);
  }
}
