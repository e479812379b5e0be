package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;

/**
 * Products of rows by multiplying them out, a chunk of examples at a time: what every form can do,
 * and what mixed forms fall back to.
 *
 * <p>At most two chunks and one product of their size exist at a time. How work is cut depends on
 * the shapes alone.
 *
 * @param chunkNumbers the most numbers that a chunk holds, unless one example alone is more
 */
record DenseProducts(int chunkNumbers) {

  /**
   * Chunks of 16 MiB: some hundreds of rows at Θ = 8,192, so that the products still run at full
   * speed.
   */
  static final DenseProducts CHUNKED = new DenseProducts(1 << 21);

  /**
   * Columns at a time when a transpose is written, so that the rows it goes to stay in the cache.
   */
  private static final int PATCH = 32;

  /**
   * J diag(d) Jᵀ, a panel of scaled rows against all rows up to them; the upper triangle is the
   * mirror of the lower.
   */
  Matrix weightedGram(Matrix j, double[] d) {
    int rows = j.rows();
    int size = j.cols();
    int step = Math.max(1, chunkNumbers / size);
    var gram = new double[Math.multiplyExact(rows, rows)];
    for (int from = 0; from < rows; from += step) {
      int to = Math.min(rows, from + step);
      Matrix panel = j.rows(from, to).scaleColumns(d);
      Arrays.multiplyAdd(
          false,
          true,
          to - from,
          to,
          size,
          panel.array(),
          0,
          size,
          j.array(),
          0,
          size,
          gram,
          from * rows,
          rows);
    }
    LowerTriangle.mirror(gram, 0, rows, rows);
    return Matrix.adopt(rows, rows, gram);
  }

  /** What is done with rows that are multiplied out, the first of which has the given number. */
  interface Chunk {
    void take(DenseRows rows, int firstRow);
  }

  /** The rows multiplied out, a chunk after the other. */
  void forEach(Rows j, Chunk chunk) {
    for (int from = 0, to; from < j.examples(); from = to) {
      to = chunkEnd(j, from);
      Matrix dense = j.examples(from, to).dense();
      chunk.take(new DenseRows(dense, to - from, j.columns()), from * j.columns());
    }
  }

  /** J diag(d) Jᵀ of rows in chunks, each against the chunks up to it. */
  Matrix weightedGram(Rows j, double[] d) {
    int rows = j.examples() * j.columns();
    var gram = new double[Math.multiplyExact(rows, rows)];
    forEach(j, (left, leftRow) -> {
      Matrix scaled = left.matrix().scaleColumns(d);
      int end = leftRow / j.columns() + left.examples();
      forEach(
          j.examples(0, end),
          (right, rightRow) ->
              addProduct(scaled, right.matrix(), gram, leftRow * rows + rightRow, rows));
    });
    LowerTriangle.mirror(gram, 0, rows, rows);
    return Matrix.adopt(rows, rows, gram);
  }

  /** J diag(d) Lᵀ. */
  Matrix crossGram(Rows j, Rows other, double[] d) {
    int rows = j.examples() * j.columns();
    int others = other.examples() * other.columns();
    var gram = new double[Math.multiplyExact(rows, others)];
    forEach(j, (left, leftRow) -> {
      Matrix scaled = left.matrix().scaleColumns(d);
      forEach(
          other,
          (right, rightRow) ->
              addProduct(scaled, right.matrix(), gram, leftRow * others + rightRow, others));
    });
    return Matrix.adopt(rows, others, gram);
  }

  /** Adds A Bᵀ to the block of C at the offset. */
  private static void addProduct(Matrix a, Matrix b, double[] c, int at, int stride) {
    int size = a.cols();
    Arrays.multiplyAdd(
        false, true, a.rows(), b.rows(), size, a.array(), 0, size, b.array(), 0, size, c, at,
        stride);
  }

  /** Adds JᵀJ to the square block at {@code at}. */
  void addGram(Rows j, MatrixSum sum, int at) {
    forEach(j, (chunk, row) -> sum.addUpperGram(chunk.matrix(), at));
    sum.mirror(at, j.size());
  }

  /** The multiply-adds of {@link #addGram}: one triangle, and writing the rows out. */
  static double gramOperations(Rows j) {
    double size = j.size();
    return j.examples() * (double) j.columns() * size * (size + 3) / 2;
  }

  /** The multiply-adds of {@link #addCross}, and writing the rows out. */
  static double crossOperations(Rows j, Rows l) {
    double rows = j.examples() * (double) j.columns();
    return rows * ((double) j.size() * l.size() + j.size() + l.size());
  }

  /** Adds JᵀL to the block at (jAt, lAt) and its transpose to the block at (lAt, jAt). */
  void addCross(Rows j, int jAt, Rows l, int lAt, MatrixSum sum) {
    int strip = Math.max(1, chunkNumbers / l.size());
    Rows wider = j.size() > l.size() ? j : l;
    for (int from = 0, to; from < j.examples(); from = to) {
      to = chunkEnd(wider, from);
      Matrix left = j.examples(from, to).dense();
      Matrix right = l.examples(from, to).dense();
      for (int first = 0; first < j.size(); first += strip) {
        int count = Math.min(strip, j.size() - first);
        var product = new double[count * l.size()];
        Arrays.multiplyAdd(
            true,
            false,
            count,
            l.size(),
            left.rows(),
            left.array(),
            first,
            j.size(),
            right.array(),
            0,
            l.size(),
            product,
            0,
            l.size());
        addTwice(product, count, l.size(), jAt + first, lAt, sum);
      }
    }
  }

  private static void addTwice(
      double[] product, int rows, int cols, int rowAt, int colAt, MatrixSum sum) {
    double[] total = sum.array();
    int stride = sum.cols();
    for (int first = 0; first < cols; first += PATCH) {
      int end = Math.min(cols, first + PATCH);
      for (int i = 0; i < rows; i++) {
        for (int j = first; j < end; j++) {
          double value = product[i * cols + j];
          total[(rowAt + i) * stride + colAt + j] += value;
          total[(colAt + j) * stride + rowAt + i] += value;
        }
      }
    }
  }

  /** The end of the chunk of examples that begins at the given one. */
  int chunkEnd(Rows j, int from) {
    long exampleNumbers = (long) j.columns() * j.size();
    long step = Math.max(1, chunkNumbers / exampleNumbers);
    return (int) Math.min(j.examples(), from + step);
  }
}
