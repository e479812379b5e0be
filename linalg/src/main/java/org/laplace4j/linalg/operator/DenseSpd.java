package org.laplace4j.linalg.operator;

import java.util.Optional;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.linalg.rows.TriangularProduct;

/**
 * P given in full, shape (Θ, Θ), kept as its Cholesky factor: P = L Lᵀ.
 *
 * <pre>
 *   log det P = 2 Σᵢ log Lᵢᵢ      P⁻¹ b = L⁻ᵀ (L⁻¹ b)      M = L⁻ᵀ, since L⁻ᵀ L⁻¹ = P⁻¹
 *   J P⁻¹ Jᵀ  = Z Zᵀ with Z = J L⁻ᵀ, one triangular solve of all rows of J
 * </pre>
 *
 * <p>Where L is small, or the rows of an example share the inputs of their layers, Z is a product
 * with L⁻¹, which does what is shared once ({@link TriangularProduct}); so is a draw of up to 2,048
 * elements. L⁻¹ is then made once and kept.
 *
 * <p>Building costs O(Θ³), a solve O(Θ²). Rows are multiplied out: all of them for all pairs, else
 * a chunk of at most {@link #CHUNK_NUMBERS} numbers (or one example) at a time, which does not show
 * in the bits.
 */
public final class DenseSpd implements SpdOperator {

  /** 16 MiB. */
  private static final int CHUNK_NUMBERS = 1 << 21;

  /** Two triangles of one matrix, summed in different orders, agree far better than this. */
  private static final double ASYMMETRY = 1e-8;

  /** Side of the squares that are compared at a time, so that both stay in the cache. */
  private static final int SQUARE = 32;

  /** The most rows of an L⁻¹ that is kept, 512 MB, … */
  private static final int MOST_INVERTED = 8192;

  /** … and of one that is made in tens of milliseconds, less than many solves take longer. */
  private static final int SURELY_INVERTED = 2048;

  /** Columns of a product with L⁻¹ that are made together. */
  private static final int BAND = 128;

  private final Cholesky factor;
  private final Memo<Matrix> inverseFactor;

  private DenseSpd(Cholesky factor) {
    this.factor = factor;
    this.inverseFactor = new Memo<>(factor::lowerInverse);
  }

  /**
   * P itself, which must be symmetric up to rounding; its lower triangle is read.
   *
   * @throws org.laplace4j.linalg.NotPositiveDefiniteException if a pivot is not positive
   */
  public static DenseSpd of(Matrix p) {
    requireSymmetric(p);
    return new DenseSpd(new Cholesky(p));
  }

  private static void requireSymmetric(Matrix p) {
    if (p.rows() != p.cols()) {
      throw new IllegalArgumentException(String.format(
          "DenseSpd: a matrix (%d, %d) was given; give a square one", p.rows(), p.cols()));
    }
    // The largest entry is on the diagonal where p is positive definite.
    double largest = Arrays.max(Arrays.map(p.diagonal(), Math::abs));
    Optional<int[]> place =
        asymmetry(p, ASYMMETRY * largest).flatMap(unused -> asymmetry(p, ASYMMETRY * p.maxAbs()));
    place.ifPresent(at -> {
      int i = at[0];
      int j = at[1];
      throw new IllegalArgumentException(String.format(
          "DenseSpd: entry (%d, %d) is %s and entry (%d, %d) is %s; give a symmetric matrix",
          i, j, p.get(i, j), j, i, p.get(j, i)));
    });
  }

  /** The first place found whose entry differs from that across the diagonal. */
  private static Optional<int[]> asymmetry(Matrix p, double tolerance) {
    Optional<int[]> place = Optional.empty();
    for (int row = 0; row < p.rows() && place.isEmpty(); row += SQUARE) {
      for (int col = 0; col <= row && place.isEmpty(); col += SQUARE) {
        place = asymmetry(p, row, col, tolerance);
      }
    }
    return place;
  }

  /** In the square from (row, col) on. */
  private static Optional<int[]> asymmetry(Matrix p, int row, int col, double tolerance) {
    double[] entries = p.array();
    int n = p.rows();
    for (int i = row; i < Math.min(n, row + SQUARE); i++) {
      for (int j = col; j < Math.min(i, col + SQUARE); j++) {
        // Written so that it lets NaN pass: that is for the Cholesky decomposition to name.
        if (Math.abs(entries[i * n + j] - entries[j * n + i]) > tolerance) {
          return Optional.of(new int[] {i, j});
        }
      }
    }
    return Optional.empty();
  }

  /** L. */
  Cholesky factor() {
    return factor;
  }

  @Override
  public int size() {
    return factor.size();
  }

  @Override
  public int noiseSize() {
    return size();
  }

  @Override
  public double logDet() {
    return factor.logDet();
  }

  @Override
  public double logDetStandardError() {
    return 0;
  }

  @Override
  public double[] times(double[] v) {
    Arrays.requireLength("DenseSpd.times", size(), v);
    return factor.lower().times(factor.lower().transposeTimes(v));
  }

  @Override
  public double[] solve(double[] b) {
    return factor.solve(Arrays.requireLength("DenseSpd.solve", size(), b));
  }

  /** Pᵢᵢ = ‖row i of L‖². */
  @Override
  public double[] diagonal() {
    return ExampleBlocks.rowSquares(factor.lower());
  }

  @Override
  public double[] inverseDiagonal() {
    return factor.inverseDiagonal();
  }

  @Override
  public double[] unwhiten(double[] noise) {
    Arrays.requireLength("DenseSpd.unwhiten", size(), noise);
    return unwhiten(Matrix.adopt(1, size(), noise)).array();
  }

  /** E L⁻¹: a product where L⁻¹ is kept, else one triangular solve of all rows of E. */
  @Override
  public Matrix unwhiten(Matrix noise) {
    OperatorArguments.noiseOf("DenseSpd.unwhiten", noise, this);
    return size() <= SURELY_INVERTED
        ? timesLower(noise, inverseFactor.get())
        : factor.solveUpper(noise.transpose()).transpose();
  }

  /** E M for a lower triangular M: a band of columns needs the rows from its first on alone. */
  private static Matrix timesLower(Matrix e, Matrix m) {
    int n = m.rows();
    double[] product = new double[Math.multiplyExact(e.rows(), n)];
    for (int from = 0; from < n; from += BAND) {
      int width = Math.min(BAND, n - from);
      Arrays.multiplyAdd(
          false,
          false,
          e.rows(),
          width,
          n - from,
          e.array(),
          from,
          n,
          m.array(),
          from * n + from,
          n,
          product,
          from,
          n);
    }
    return Matrix.adopt(e.rows(), n, product);
  }

  @Override
  public Matrix inverseQuadratic(Rows j) {
    OperatorArguments.sameSize("DenseSpd.inverseQuadratic", j, this);
    return whitened(j).outerGram();
  }

  @Override
  public Matrix inverseQuadraticBlocks(Rows j) {
    OperatorArguments.sameSize("DenseSpd.inverseQuadraticBlocks", j, this);
    int columns = j.columns();
    var blocks = new double[j.examples() * columns * columns];
    for (int from = 0, to; from < j.examples(); from = to) {
      to = chunkEnd(j, from);
      Matrix own = ExampleBlocks.outerGram(whitened(j.examples(from, to)), columns);
      System.arraycopy(own.array(), 0, blocks, from * columns * columns, own.array().length);
    }
    return Matrix.adopt(j.examples() * columns, columns, blocks);
  }

  @Override
  public double[] inverseQuadraticDiagonal(Rows j) {
    OperatorArguments.sameSize("DenseSpd.inverseQuadraticDiagonal", j, this);
    var diagonal = new double[j.examples() * j.columns()];
    for (int from = 0, to; from < j.examples(); from = to) {
      to = chunkEnd(j, from);
      double[] own = ExampleBlocks.rowSquares(whitened(j.examples(from, to)));
      System.arraycopy(own, 0, diagonal, from * j.columns(), own.length);
    }
    return diagonal;
  }

  /** Z = J L⁻ᵀ, shape (N·K, Θ). */
  private Matrix whitened(Rows j) {
    boolean inverted =
        size() <= SURELY_INVERTED || size() <= MOST_INVERTED && TriangularProduct.pays(j);
    return inverted
        ? TriangularProduct.of(j, inverseFactor.get())
        : factor.solveLower(j.dense().transpose()).transpose();
  }

  private static int chunkEnd(Rows j, int from) {
    long step = Math.max(1, CHUNK_NUMBERS / ((long) j.columns() * j.size()));
    return (int) Math.min(j.examples(), from + step);
  }

  @Override
  public Matrix toDense() {
    return factor.lower().outerGram();
  }
}
