package org.laplace4j.laplace.curvature;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.operator.DenseSpd;
import org.laplace4j.linalg.operator.KroneckerBasisSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.KroneckerFactors;

/**
 * The part of a Kronecker curvature that belongs to one parameter: the principal submatrix of B ⊗ A
 * / count at the entries in the space.
 *
 * <pre>
 *   entries = rows × columns    B ⊗ A / count + δ I = (U_B ⊗ U_A)(λ_B λ_Aᵀ + δ)(U_B ⊗ U_A)ᵀ, from two small eigendecompositions
 *   other entries (i, j)        the dense matrix B_ii′ A_jj′ / count + diag(δ), of at most 8,192 rows
 * </pre>
 *
 * <p>B and A are over the rows and columns that the mask touches. A precision for each element also
 * needs the dense form. No mask is widened.
 */
final class KroneckerBlock {
  private static final int DENSE_LIMIT = 8192;

  private final String name;
  private final KroneckerFactors factors;
  private final int[] rowOf;
  private final int[] columnOf;
  private final Supplier<SymmetricEigen> eigenB;
  private final Supplier<SymmetricEigen> eigenA;

  private KroneckerBlock(
      String name,
      KroneckerFactors factors,
      int[] rowOf,
      int[] columnOf,
      Supplier<SymmetricEigen> eigenB,
      Supplier<SymmetricEigen> eigenA) {
    this.name = name;
    this.factors = factors;
    this.rowOf = rowOf;
    this.columnOf = columnOf;
    this.eigenB = eigenB;
    this.eigenA = eigenA;
  }

  static KroneckerBlock of(ParameterSpace.Block block, KroneckerFactors factors) {
    int in = factors.a().rows();
    boolean rectangle = factors.b().rows() * in == block.size();
    int[] rowOf = new int[block.size()];
    int[] columnOf = new int[block.size()];
    if (rectangle) {
      Arrays.setAll(rowOf, i -> i / in);
      Arrays.setAll(columnOf, i -> i % in);
    } else {
      locate(block.mask(), rowOf, columnOf);
    }
    return withFactors(block.name(), factors, rowOf, columnOf);
  }

  private static KroneckerBlock withFactors(
      String name, KroneckerFactors factors, int[] rowOf, int[] columnOf) {
    return new KroneckerBlock(
        name,
        factors,
        rowOf,
        columnOf,
        new Memo<>(() -> new SymmetricEigen(factors.b())),
        new Memo<>(() -> new SymmetricEigen(factors.a())));
  }

  /** The place of each selected entry among the rows and columns that the mask touches. */
  private static void locate(ElementMask mask, int[] rowOf, int[] columnOf) {
    int width = mask.shape().drop(1).size();
    int[] indices = mask.indices();
    int[] rows = Arrays.stream(indices).map(i -> i / width).distinct().sorted().toArray();
    int[] columns =
        Arrays.stream(indices).map(i -> i % width).distinct().sorted().toArray();
    for (int i = 0; i < indices.length; i++) {
      rowOf[i] = Arrays.binarySearch(rows, indices[i] / width);
      columnOf[i] = Arrays.binarySearch(columns, indices[i] % width);
    }
  }

  int size() {
    return rowOf.length;
  }

  KroneckerFactors factors() {
    return factors;
  }

  KroneckerBlock plus(KroneckerBlock other) {
    return withFactors(name, factors.plus(other.factors), rowOf, columnOf);
  }

  /** c B ⊗ A: the eigenvectors stay, only the eigenvalues of B change. */
  KroneckerBlock times(double c) {
    return new KroneckerBlock(
        name, factors.times(c), rowOf, columnOf, new Memo<>(() -> eigenB.get().times(c)), eigenA);
  }

  SpdOperator plusPrior(double[] precisions) {
    boolean rectangle = factors.b().rows() * factors.a().rows() == size();
    boolean oneDelta = Arrays.stream(precisions).allMatch(delta -> delta == precisions[0]);
    if (rectangle && oneDelta) {
      SymmetricEigen meanA = eigenA.get().times(1.0 / factors.count());
      return KroneckerBasisSpd.of(eigenB.get(), meanA, precisions[0]);
    }
    checkDense();
    return DenseSpd.of(toDense().plusDiagonal(precisions));
  }

  private void checkDense() {
    double bytes = 3 * 8.0 * size() * size();
    double quarter = Runtime.getRuntime().maxMemory() / 4.0;
    if (size() > DENSE_LIMIT || bytes > quarter) {
      throw new IllegalArgumentException(String.format(
          Locale.ROOT,
          "Structure.kronecker: the %,d selected elements of '%s' are not rows × columns with one prior precision,"
              + " so they need a dense block of %.2f GB; at most %,d elements and a quarter of the heap (%.2f GB)"
              + " are allowed: select whole rows and columns, fewer elements, or Structure.diagonal().",
          size(),
          name,
          bytes / 1e9,
          DENSE_LIMIT,
          quarter / 1e9));
    }
  }

  Matrix toDense() {
    int n = size();
    double[] b = factors.b().array();
    double[] a = factors.a().array();
    int out = factors.b().rows();
    int in = factors.a().rows();
    double[] h = new double[n * n];
    for (int s = 0; s < n; s++) {
      for (int t = 0; t < n; t++) {
        h[s * n + t] =
            b[rowOf[s] * out + rowOf[t]] * a[columnOf[s] * in + columnOf[t]] / factors.count();
      }
    }
    return Matrix.adopt(n, n, h);
  }
}
