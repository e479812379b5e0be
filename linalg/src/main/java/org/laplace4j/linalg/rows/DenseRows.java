package org.laplace4j.linalg.rows;

import static org.laplace4j.linalg.rows.RowsArguments.require;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;

/**
 * Rows that are given: J itself, shape (N·K, Θ). Always available and always right; the other forms
 * are measured against it.
 *
 * <pre>
 *   JᵀJ               one symmetric rank-N·K update
 *   J diag(d) Lᵀ      (J diag(d)) Lᵀ, a bounded number of scaled rows at a time
 *   B = JᵀJ, A = [N]  seen as one weight (Θ, 1) with aₙ = 1: the Kronecker factors are then exact
 * </pre>
 *
 * @param matrix J, shape (N·K, Θ), row n·K + k for example n and column k
 * @param examples N
 * @param columns K
 */
public record DenseRows(Matrix matrix, int examples, int columns) implements Rows {

  public DenseRows {
    require(
        examples > 0
            && columns > 0
            && matrix.rows() == (long) examples * columns
            && matrix.cols() > 0,
        "DenseRows: a matrix (%,d, %,d) was given for %,d examples with %,d columns each; give N·K rows, all counts at"
            + " least 1",
        matrix.rows(),
        matrix.cols(),
        examples,
        columns);
  }

  @Override
  public int size() {
    return matrix.cols();
  }

  @Override
  public long storedNumbers() {
    return (long) matrix.rows() * matrix.cols();
  }

  @Override
  public double[] times(double[] v) {
    RowsArguments.oneForEachColumn("DenseRows.times", v, this);
    return matrix.times(v);
  }

  @Override
  public Matrix times(Matrix v) {
    RowsArguments.oneRowForEachColumn("DenseRows.times", v, this);
    return matrix.times(v);
  }

  @Override
  public double[] transposeTimes(double[] u) {
    RowsArguments.oneForEachRow("DenseRows.transposeTimes", u, this);
    return matrix.transposeTimes(u);
  }

  @Override
  public void addGramTo(MatrixSum sum, int at) {
    RowsArguments.blockFits("DenseRows.addGramTo", sum, at, size());
    sum.addUpperGram(matrix, at);
    sum.mirror(at, size());
  }

  @Override
  public double[] squares() {
    var squares = new double[size()];
    double[] j = matrix.array();
    for (int row = 0; row < matrix.rows(); row++) {
      for (int i = 0, at = row * size(); i < size(); i++, at++)
        squares[i] = Math.fma(j[at], j[at], squares[i]);
    }
    return squares;
  }

  @Override
  public KroneckerFactors kroneckerFactors() {
    return new KroneckerFactors(matrix.gram(), Matrix.diagonal(new double[] {examples}), examples);
  }

  @Override
  public Matrix weightedGram(double[] d) {
    RowsArguments.oneForEachColumn("DenseRows.weightedGram", d, this);
    return DenseProducts.CHUNKED.weightedGram(matrix, d);
  }

  @Override
  public Matrix weightedGramBlocks(double[] d) {
    RowsArguments.oneForEachColumn("DenseRows.weightedGramBlocks", d, this);
    int ofExample = Math.multiplyExact(columns, size());
    var blocks = new double[examples * columns * columns];
    Parallel.ranges(examples, 4L * ofExample, ofExample, (from, to, scaled) -> {
      for (int n = from; n < to; n++) {
        addBlock(n, d, scaled, blocks);
      }
    });
    return Matrix.adopt(examples * columns, columns, blocks);
  }

  private void addBlock(int n, double[] d, double[] scaled, double[] blocks) {
    double[] j = matrix.array();
    int first = n * columns * size();
    for (int at = 0; at < columns * size(); at += size()) {
      for (int i = 0; i < size(); i++) scaled[at + i] = j[first + at + i] * d[i];
    }
    Arrays.multiplyAdd(
        false,
        true,
        columns,
        columns,
        size(),
        scaled,
        0,
        size(),
        j,
        first,
        size(),
        blocks,
        n * columns * columns,
        columns);
    LowerTriangle.mirror(blocks, n * columns * columns, columns, columns);
  }

  @Override
  public double[] weightedGramDiagonal(double[] d) {
    RowsArguments.oneForEachColumn("DenseRows.weightedGramDiagonal", d, this);
    return matrix.hadamard(matrix).times(d);
  }

  @Override
  public Matrix crossGram(Rows other, double[] d) {
    RowsArguments.sameSize("DenseRows.crossGram", this, other);
    RowsArguments.oneForEachColumn("DenseRows.crossGram", d, this);
    return DenseProducts.CHUNKED.crossGram(this, other, d);
  }

  /**
   * Each row is seen as R (out, in), row-major, so all of J as (N·K·out, in): R U_A is one product,
   * U_Bᵀ(R U_A) one a row.
   */
  @Override
  public DenseRows rotated(Matrix uB, Matrix uA) {
    RowsArguments.bases("DenseRows.rotated", uB, uA, size());
    int out = uB.rows();
    Matrix half = Matrix.adopt(matrix.rows() * out, uA.rows(), matrix.array()).times(uA);
    int rotatedSize = uB.cols() * uA.cols();
    var rotated = new double[matrix.rows() * rotatedSize];
    for (int row = 0; row < matrix.rows(); row++) {
      Arrays.multiplyAdd(
          true,
          false,
          uB.cols(),
          uA.cols(),
          out,
          uB.array(),
          0,
          uB.cols(),
          half.array(),
          row * out * uA.cols(),
          uA.cols(),
          rotated,
          row * rotatedSize,
          uA.cols());
    }
    return new DenseRows(Matrix.adopt(matrix.rows(), rotatedSize, rotated), examples, columns);
  }

  @Override
  public DenseRows examples(int from, int to) {
    RowsArguments.examples("DenseRows.examples", from, to, examples);
    if (to - from == examples) return this;
    return new DenseRows(matrix.rows(from * columns, to * columns), to - from, columns);
  }

  @Override
  public DenseRows select(int[] entries) {
    RowsArguments.entries("DenseRows.select", entries, size());
    return entries.length == size()
        ? this
        : new DenseRows(matrix.selectColumns(entries), examples, columns);
  }

  @Override
  public DenseRows plus(Rows other) {
    RowsArguments.sameShape("DenseRows.plus", this, other);
    return new DenseRows(matrix.plus(other.dense()), examples, columns);
  }

  @Override
  public DenseRows scaled(double c) {
    return new DenseRows(matrix.times(c), examples, columns);
  }

  @Override
  public Matrix dense() {
    return matrix;
  }
}
