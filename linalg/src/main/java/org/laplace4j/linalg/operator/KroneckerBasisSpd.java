package org.laplace4j.linalg.operator;

import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.rows.Rows;

/**
 * P = (U_B ⊗ U_A) diag(S) (U_B ⊗ U_A)ᵀ with orthogonal U_B (out, out) and U_A (in, in) and S (out,
 * in) > 0: the precision of one weight W (out, in), Θ = out·in, by its eigenvalues in a Kronecker
 * basis. KFAC with a prior precision δ has S = λ_B λ_Aᵀ + δ; EKFAC measures S.
 *
 * <p>With V the vector v seen as (out, in), row-major, (U_B ⊗ U_A) v is U_B V U_Aᵀ. So, dividing
 * entry by entry:
 *
 * <pre>
 *   log det P  = Σ log S
 *   P v        = U_B ((U_Bᵀ V U_A) ∘ S) U_Aᵀ
 *   P⁻¹ b      = U_B ((U_Bᵀ B U_A) / S) U_Aᵀ
 *   diag P     = (U_B ∘ U_B) S (U_A ∘ U_A)ᵀ
 *   diag P⁻¹   = (U_B ∘ U_B) (1 / S) (U_A ∘ U_A)ᵀ
 *   M ε        = U_B (E / √S) U_Aᵀ
 *   J P⁻¹ Jᵀ   = R diag(1/S) Rᵀ with the rotated rows R = J (U_B ⊗ U_A)
 * </pre>
 *
 * <p>A solve costs 2·Θ·(out + in) multiply-adds, and no matrix larger than (out, in) is formed.
 */
public final class KroneckerBasisSpd implements SpdOperator {

  /**
   * Eigenvectors of a matrix of thousands are orthogonal to about 1e-12; bases mixed up are off by
   * 1.
   */
  private static final double ORTHOGONALITY = 1e-8;

  /**
   * Eigenvalues of a matrix that is ⪰ 0 in theory come out below zero by about 1e-13 of the
   * largest.
   */
  private static final double NEGATIVE_BY_ROUNDING = 1e-8;

  /** Numbers of draws that are made together, 1 MB: so many stay in the cache. */
  private static final int TOGETHER = 1 << 17;

  private final Matrix uB;
  private final Matrix uA;
  private final Supplier<Matrix> s;
  private final DoubleSupplier logDet;

  private KroneckerBasisSpd(Matrix uB, Matrix uA, Supplier<Matrix> s, DoubleSupplier logDet) {
    this.uB = uB;
    this.uA = uA;
    this.s = s;
    this.logDet = logDet;
  }

  /**
   * The operator with these bases, whose columns are orthonormal, and eigenvalues S (out, in),
   * positive and finite.
   */
  public static KroneckerBasisSpd of(Matrix uB, Matrix uA, Matrix s) {
    requireBases("KroneckerBasisSpd", uB, uA, s);
    Arrays.requirePositive("KroneckerBasisSpd: the eigenvalues S", s.array());
    return new KroneckerBasisSpd(uB, uA, () -> s, () -> Arrays.sumLog(s.array()));
  }

  /** Orthogonal bases, and eigenvalues S of shape (out, in). */
  static void requireBases(String where, Matrix uB, Matrix uA, Matrix s) {
    requireOrthogonal(where, "U_B", uB);
    requireOrthogonal(where, "U_A", uA);
    if (s.rows() != uB.rows() || s.cols() != uA.rows()) {
      throw new IllegalArgumentException(String.format(
          "%s: eigenvalues (%d, %d) were given for U_B with"
              + " %d rows and U_A with %d; give S of shape (out, in)",
          where, s.rows(), s.cols(), uB.rows(), uA.rows()));
    }
  }

  /**
   * B ⊗ A + δ I, for B and A that are positive semidefinite in theory (sums of x xᵀ): S = λ_B λ_Aᵀ
   * + δ, where eigenvalues that are negative by rounding count as zero. S is written out when it is
   * needed; log det P does not need it.
   *
   * @throws NotPositiveDefiniteException if a factor has an eigenvalue below zero by more than
   *     rounding, or if a sum λ_B λ_A + δ is not positive and finite
   */
  public static KroneckerBasisSpd of(SymmetricEigen b, SymmetricEigen a, double delta) {
    double[] lambdaB = clipped("the factor B", b.values());
    double[] lambdaA = clipped("the factor A", a.values());
    requirePositive(lambdaB, lambdaA, delta);
    return new KroneckerBasisSpd(
        b.vectors(),
        a.vectors(),
        new Memo<>(() -> sums(lambdaB, lambdaA, delta)),
        () -> Arrays.sumLogOfSums(lambdaB, lambdaA, delta));
  }

  /** λ_B λ_Aᵀ + δ. */
  private static Matrix sums(double[] lambdaB, double[] lambdaA, double delta) {
    var s = new double[Math.multiplyExact(lambdaB.length, lambdaA.length)];
    for (int i = 0, at = 0; i < lambdaB.length; i++) {
      for (int j = 0; j < lambdaA.length; j++, at++) {
        s[at] = Math.fma(lambdaB[i], lambdaA[j], delta);
      }
    }
    return Matrix.adopt(lambdaB.length, lambdaA.length, s);
  }

  /** No sum is below δ, and none above that of the largest eigenvalues. */
  private static void requirePositive(double[] lambdaB, double[] lambdaA, double delta) {
    double most = Math.fma(Arrays.max(lambdaB), Arrays.max(lambdaA), delta);
    // Written so that NaN is looked at too.
    if (delta > 0 && most < Double.POSITIVE_INFINITY) return;
    double[] s = sums(lambdaB, lambdaA, delta).array();
    for (int at = 0; at < s.length; at++) {
      if (!(s[at] > 0 && s[at] < Double.POSITIVE_INFINITY)) {
        throw new NotPositiveDefiniteException(
            "KroneckerBasisSpd: B ⊗ A + δ I", s.length, at, s[at]);
      }
    }
  }

  private static void requireOrthogonal(String where, String name, Matrix u) {
    if (u.rows() != u.cols()) {
      throw new IllegalArgumentException(String.format(
          "%s: %s is (%d, %d); give a square, orthogonal" + " matrix",
          where, name, u.rows(), u.cols()));
    }
    double error = u.gram().minus(Matrix.identity(u.rows())).maxAbs();
    // Written so that NaN fails too.
    if (!(error <= ORTHOGONALITY)) {
      throw new IllegalArgumentException(String.format(
          "%s: an entry of %sᵀ%s differs from the identity by"
              + " %s, at most %s is rounding; give a matrix with orthonormal columns",
          where, name, name, error, ORTHOGONALITY));
    }
  }

  /** Eigenvalues of a factor, those that are negative by rounding set to zero. */
  static double[] clipped(String name, double[] values) {
    double allowed = -NEGATIVE_BY_ROUNDING * Math.max(0, Arrays.max(values));
    for (int i = 0; i < values.length; i++) {
      if (values[i] < allowed) {
        throw new NotPositiveDefiniteException(
            "Kronecker product: " + name, values.length, i, values[i]);
      }
    }
    return Arrays.map(values, value -> Math.max(0, value));
  }

  Matrix uB() {
    return uB;
  }

  Matrix uA() {
    return uA;
  }

  /** S, (out, in). */
  Matrix s() {
    return s.get();
  }

  /** Whether the other's weight has as many rows and columns. */
  boolean hasShapeOf(KroneckerBasisSpd other) {
    return uB.rows() == other.uB.rows() && uA.rows() == other.uA.rows();
  }

  /** Whether both are diagonal in the same basis, bit for bit: as under another prior, say. */
  boolean hasBasisOf(KroneckerBasisSpd other) {
    return uB.equals(other.uB) && uA.equals(other.uA);
  }

  @Override
  public int size() {
    return uB.rows() * uA.rows();
  }

  @Override
  public int noiseSize() {
    return size();
  }

  @Override
  public double logDet() {
    return logDet.getAsDouble();
  }

  @Override
  public double logDetStandardError() {
    return 0;
  }

  @Override
  public double[] times(double[] v) {
    Matrix rotated = rotated(Arrays.requireLength("KroneckerBasisSpd.times", size(), v));
    return rotatedBack(Arrays.times(rotated.array(), s().array()));
  }

  @Override
  public double[] solve(double[] b) {
    Matrix rotated = rotated(Arrays.requireLength("KroneckerBasisSpd.solve", size(), b));
    return rotatedBack(Arrays.dividedBy(rotated.array(), s().array()));
  }

  @Override
  public double[] diagonal() {
    return diagonalWith(s().array());
  }

  @Override
  public double[] inverseDiagonal() {
    return diagonalWith(inverse());
  }

  /** (U_B ∘ U_B) S (U_A ∘ U_A)ᵀ for some eigenvalues S. */
  private double[] diagonalWith(double[] eigenvalues) {
    return uB.hadamard(uB)
        .times(weight(eigenvalues))
        .timesTranspose(uA.hadamard(uA))
        .array();
  }

  @Override
  public double[] unwhiten(double[] noise) {
    Arrays.requireLength("KroneckerBasisSpd.unwhiten", size(), noise);
    return unwhiten(Matrix.adopt(1, size(), noise)).array();
  }

  /** Some draws at a time, all of their rows being multiplied by U_Aᵀ at once. */
  @Override
  public Matrix unwhiten(Matrix noise) {
    OperatorArguments.noiseOf("KroneckerBasisSpd.unwhiten", noise, this);
    int n = size();
    int count = noise.rows();
    int together = Math.max(1, Math.min(count, TOGETHER / n));
    int parts = (count + together - 1) / together;
    double[] root = Arrays.sqrt(s().array());
    double[] draws = new double[Math.multiplyExact(count, n)];
    Parallel.ranges(
        parts, 4L * together * n, Math.multiplyExact(2 * together, n), (from, to, scratch) -> {
          for (int part = from; part < to; part++) {
            int first = part * together;
            unwhiten(noise, root, first, Math.min(count, first + together), scratch, draws);
          }
        });
    return Matrix.adopt(count, n, draws);
  }

  /** U_B ((E / √S) U_Aᵀ) of the draws of a range; scratch holds E / √S and then its product. */
  private void unwhiten(
      Matrix noise, double[] root, int from, int to, double[] scratch, double[] draws) {
    int out = uB.rows();
    int in = uA.rows();
    int n = out * in;
    int half = (to - from) * n;
    double[] e = noise.array();
    for (int s = 0; s < to - from; s++) {
      for (int i = 0; i < n; i++) scratch[s * n + i] = e[(from + s) * n + i] / root[i];
    }
    java.util.Arrays.fill(scratch, half, 2 * half, 0);
    Arrays.multiplyAdd(
        false, true, half / in, in, in, scratch, 0, in, uA.array(), 0, in, scratch, half, in);
    if (in == 1) { // the same sums, for all draws at once
      Arrays.multiplyAdd(
          false,
          true,
          to - from,
          out,
          out,
          scratch,
          half,
          out,
          uB.array(),
          0,
          out,
          draws,
          from * n,
          out);
      return;
    }
    for (int s = 0; s < to - from; s++) {
      Arrays.multiplyAdd(
          false,
          false,
          out,
          in,
          out,
          uB.array(),
          0,
          out,
          scratch,
          half + s * n,
          in,
          draws,
          (from + s) * n,
          in);
    }
  }

  @Override
  public Matrix inverseQuadratic(Rows j) {
    OperatorArguments.sameSize("KroneckerBasisSpd.inverseQuadratic", j, this);
    return j.rotated(uB, uA).weightedGram(inverse());
  }

  @Override
  public Matrix inverseQuadraticBlocks(Rows j) {
    OperatorArguments.sameSize("KroneckerBasisSpd.inverseQuadraticBlocks", j, this);
    return j.rotated(uB, uA).weightedGramBlocks(inverse());
  }

  @Override
  public double[] inverseQuadraticDiagonal(Rows j) {
    OperatorArguments.sameSize("KroneckerBasisSpd.inverseQuadraticDiagonal", j, this);
    return j.rotated(uB, uA).weightedGramDiagonal(inverse());
  }

  /** By the definition, entry by entry. */
  @Override
  public Matrix toDense() {
    var basis = new double[Math.multiplyExact(size(), size())];
    int in = uA.rows();
    double[] root = Arrays.sqrt(s().array());
    for (int row = 0, at = 0; row < size(); row++) {
      for (int col = 0; col < size(); col++, at++) {
        basis[at] = uB.get(row / in, col / in) * uA.get(row % in, col % in) * root[col];
      }
    }
    return Matrix.adopt(size(), size(), basis).outerGram();
  }

  /** U_Bᵀ V U_A. */
  private Matrix rotated(double[] v) {
    return uB.transposeTimes(weight(v)).times(uA);
  }

  /** U_B V U_Aᵀ. */
  private double[] rotatedBack(double[] v) {
    return uB.times(weight(v)).timesTranspose(uA).array();
  }

  private Matrix weight(double[] v) {
    return Matrix.adopt(uB.rows(), uA.rows(), v);
  }

  /** 1/S, row-major. */
  double[] inverse() {
    return Arrays.reciprocal(s().array());
  }
}
