package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.operator.DenseSpd;
import org.laplace4j.linalg.operator.KroneckerBasisSpd;
import org.laplace4j.linalg.operator.MaskedKroneckerSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.KroneckerFactors;

/**
 * The part of a Kronecker curvature that belongs to one parameter: the principal submatrix of B ⊗ A
 * / count at the entries in the space.
 *
 * <pre>
 *   entries = rows × columns    B ⊗ A / count + δ I = (U_B ⊗ U_A)(λ_B λ_Aᵀ + δ)(U_B ⊗ U_A)ᵀ, from two small eigendecompositions
 *   other entries (i, j)        the dense matrix B_ii′ A_jj′ / count + diag(δ), of at most 8,192 rows
 *   more of them                the same by its products: {@link MaskedKroneckerSpd}, whose log det is an estimate
 * </pre>
 *
 * <p>B and A are over the rows and columns that the mask touches. A precision for each element
 * takes the dense form or the last. No mask is refused or widened.
 */
final class KroneckerBlock implements CurvatureBlock<KroneckerBlock> {
  private final Places places;
  private final KroneckerFactors factors;
  private final Supplier<SymmetricEigen> eigenB;
  private final Supplier<SymmetricEigen> eigenA;

  private KroneckerBlock(
      Places places,
      KroneckerFactors factors,
      Supplier<SymmetricEigen> eigenB,
      Supplier<SymmetricEigen> eigenA) {
    this.places = places;
    this.factors = factors;
    this.eigenB = eigenB;
    this.eigenA = eigenA;
  }

  static KroneckerBlock of(Places places, KroneckerFactors factors) {
    return new KroneckerBlock(
        places,
        factors,
        new Memo<>(() -> new SymmetricEigen(factors.b())),
        new Memo<>(() -> new SymmetricEigen(factors.a())));
  }

  /** The blocks of several parameters; those with the same factor decompose it once. */
  static List<KroneckerBlock> of(List<Places> places, List<KroneckerFactors> factors) {
    Map<Matrix, Supplier<SymmetricEigen>> eigen = new HashMap<>();
    Function<Matrix, Supplier<SymmetricEigen>> once =
        factor -> eigen.computeIfAbsent(factor, m -> new Memo<>(() -> new SymmetricEigen(m)));
    List<KroneckerBlock> blocks = new ArrayList<>();
    for (int b = 0; b < places.size(); b++) {
      KroneckerFactors own = factors.get(b);
      blocks.add(new KroneckerBlock(places.get(b), own, once.apply(own.b()), once.apply(own.a())));
    }
    return blocks;
  }

  @Override
  public int size() {
    return places.size();
  }

  Places places() {
    return places;
  }

  KroneckerFactors factors() {
    return factors;
  }

  SymmetricEigen eigenB() {
    return eigenB.get();
  }

  SymmetricEigen eigenA() {
    return eigenA.get();
  }

  @Override
  public KroneckerBlock plus(KroneckerBlock other) {
    places.requireSame(other.places);
    return of(places, factors.plus(other.factors));
  }

  /** c B ⊗ A: the eigenvectors stay, only the eigenvalues of B change. */
  @Override
  public KroneckerBlock times(double c) {
    return new KroneckerBlock(
        places, factors.times(c), new Memo<>(() -> eigenB().times(c)), eigenA);
  }

  /** Whether the posterior under a range of precisions is diagonal in the basis of the factors. */
  private boolean hasBasisUnder(double[] precisions, int from, int to) {
    return places.isRectangle() && isOne(precisions, from, to);
  }

  /** Whether all numbers of a range are the same. */
  static boolean isOne(double[] precisions, int from, int to) {
    return to - from < 2 || Arrays.equals(precisions, from, to - 1, precisions, from + 1, to);
  }

  /** Makes the eigendecompositions that the posterior under this prior needs, side by side. */
  static void decompose(List<KroneckerBlock> blocks, double[] precisions) {
    Set<Supplier<SymmetricEigen>> distinct = new LinkedHashSet<>();
    long work = 0;
    int at = 0;
    for (KroneckerBlock block : blocks) {
      int from = at;
      at += block.size();
      if (block.hasBasisUnder(precisions, from, at)) {
        distinct.addAll(List.of(block.eigenB, block.eigenA));
        long n = Math.max(block.factors.b().rows(), block.factors.a().rows());
        work = Math.max(work, n * n * n);
      }
    }
    List<Supplier<SymmetricEigen>> all = List.copyOf(distinct);
    SymmetricEigen[] made = new SymmetricEigen[all.size()];
    Parallel.ranges(made.length, work, (from, to) -> {
      for (int i = from; i < to; i++) {
        made[i] = all.get(i).get();
      }
    });
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    if (hasBasisUnder(precisions, 0, precisions.length)) {
      return KroneckerBasisSpd.of(eigenB(), eigenA().times(1.0 / factors.count()), precisions[0]);
    }
    if (places.isDenseAffordable()) return DenseSpd.of(toDense().plusDiagonal(precisions));
    return MaskedKroneckerSpd.of(
        eigenB(),
        eigenA().times(1.0 / factors.count()),
        places.places(),
        precisions,
        places.seed());
  }

  /** Where the entries are rows × columns: λ_B λ_Aᵀ / count, clipped at zero. */
  @Override
  public Optional<double[]> eigenvalues() {
    if (!places.isRectangle()) {
      return Optional.empty();
    }
    double[] b = eigenB().values();
    double[] a = eigenA().values();
    double[] products = new double[b.length * a.length];
    for (int i = 0; i < b.length; i++) {
      for (int j = 0; j < a.length; j++) {
        products[i * a.length + j] = Math.max(b[i], 0) * Math.max(a[j], 0) / factors.count();
      }
    }
    return Optional.of(products);
  }

  @Override
  public Matrix toDense() {
    int n = size();
    Matrix b = factors.b();
    Matrix a = factors.a();
    double[] h = new double[n * n];
    for (int s = 0; s < n; s++) {
      for (int t = 0; t < n; t++) {
        h[s * n + t] = b.get(places.row(s), places.row(t))
            * a.get(places.column(s), places.column(t))
            / factors.count();
      }
    }
    return Matrix.adopt(n, n, h);
  }
}
