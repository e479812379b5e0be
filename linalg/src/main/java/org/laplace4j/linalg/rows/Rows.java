package org.laplace4j.linalg.rows;

import java.util.List;
import org.laplace4j.linalg.Matrix;

/**
 * A Jacobian as a structured matrix J, shape (N·K, Θ): N examples with K columns each; row n·K + k
 * belongs to example n and column k. It answers what the library asks of a Jacobian without being
 * multiplied out.
 *
 * <p>The rows of one weight matrix W (out, in) of a dense layer are δₙₖ ⊗ aₙ, so a form such as
 * {@link KhatriRaoRows} keeps N·(K·out + in) numbers where the matrix has N·K·out·in. Every form
 * agrees with {@link #dense()}.
 *
 * <p>All forms are immutable; their arrays are shared, never written.
 */
public sealed interface Rows permits BlockRows, DenseRows, FactoredRows, SharedRows {

  /** N, the number of examples. */
  int examples();

  /** K, the number of rows that each example has. */
  int columns();

  /** Θ, the width of J. */
  int size();

  /** How many numbers this form keeps, which is what its memory grows with. */
  long storedNumbers();

  /** J v, shape (N·K). */
  double[] times(double[] v);

  /** J V for V (Θ, m), shape (N·K, m): a column at a time, where a form has no better way. */
  default Matrix times(Matrix v) {
    RowsArguments.oneRowForEachColumn("Rows.times", v, this);
    int rows = examples() * columns();
    double[] product = new double[Math.multiplyExact(rows, v.cols())];
    for (int i = 0; i < v.cols(); i++) {
      double[] column = times(v.column(i));
      for (int row = 0; row < rows; row++) {
        product[row * v.cols() + i] = column[row];
      }
    }
    return Matrix.adopt(rows, v.cols(), product);
  }

  /** Jᵀ u, shape (Θ). */
  double[] transposeTimes(double[] u);

  /**
   * Adds JᵀJ to the square block of {@code sum} whose first row and column are {@code at}, which
   * must be symmetric.
   */
  void addGramTo(MatrixSum sum, int at);

  /** Σ over rows of the squared entries of each column of J: the diagonal of JᵀJ, shape (Θ). */
  double[] squares();

  /** The factors of the Kronecker approximation of JᵀJ. */
  KroneckerFactors kroneckerFactors();

  /** J diag(d) Jᵀ between all pairs of rows, shape (N·K, N·K). */
  Matrix weightedGram(double[] d);

  /**
   * The N blocks of J diag(d) Jᵀ that join an example with itself, stacked: shape (N·K, K), block n
   * from row n·K.
   */
  Matrix weightedGramBlocks(double[] d);

  /** The diagonal of J diag(d) Jᵀ, shape (N·K). */
  double[] weightedGramDiagonal(double[] d);

  /** J diag(d) Lᵀ for the rows L of other examples over the same Θ, shape (N·K, N'·K'). */
  Matrix crossGram(Rows other, double[] d);

  /**
   * J (U_B ⊗ U_A) for any U_B with out rows and U_A with in: every row, seen as R (out, in),
   * becomes U_Bᵀ R U_A.
   */
  Rows rotated(Matrix uB, Matrix uA);

  /** The rows of the examples {@code from} (inclusive) to {@code to} (exclusive). */
  Rows examples(int from, int to);

  /**
   * The columns of J named by {@code entries}, which ascend; the work and memory of the result fall
   * with their number.
   */
  Rows select(int[] entries);

  /**
   * J + L, the sum with the rows L of the same examples, columns and Θ: one parameter that is used
   * twice.
   */
  Rows plus(Rows other);

  /** c J. */
  Rows scaled(double c);

  /**
   * J in the form that keeps the fewest numbers, for rows that are kept for long. Its Kronecker
   * factors may be others, since a form says what counts as one input.
   */
  default Rows compact() {
    return this;
  }

  /**
   * The examples of all the given rows, one after the other; they must agree in K and Θ. Rows of
   * one form keep it, others are multiplied out.
   */
  static Rows concat(List<? extends Rows> parts) {
    return ExampleConcat.of(parts);
  }

  /** J multiplied out, shape (N·K, Θ): for tests, and for structures that need every entry. */
  Matrix dense();
}
