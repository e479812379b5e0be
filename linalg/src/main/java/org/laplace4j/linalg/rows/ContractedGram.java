package org.laplace4j.linalg.rows;

import java.util.List;
import org.laplace4j.linalg.Arrays;

/**
 * JᵀL between Khatri–Rao rows of the same examples and columns, by contracting the columns first:
 *
 * <pre>
 *   JᵀL = Σₙ (Σₖ δₙₖ δ'ₙₖᵀ) ⊗ (aₙ a'ₙᵀ)
 *
 *   entry (i,j), (p,q) = Σₙ H(n; i,p) V(n; j,q)      H = Σₖ δₙₖᵢ δ'ₙₖₚ      V = aₙⱼ a'ₙ𝓆
 * </pre>
 *
 * <p>so it is one product HᵀV over the N examples. For J = L both are symmetric in their pairs, and
 * only p ≤ i and q ≤ j are kept (half-vectorised): N·out²·in²/4 multiply-adds where the rows
 * multiplied out take N·K·out²·in²/2. Exact.
 *
 * <p>The product is made for a tile of pairs at a time and added to its places at once; at most
 * 2·256·1,024 + 1,024² numbers, 12 MiB, are held beside the sum, whatever the sizes. Examples go in
 * blocks of 256, the blocks of the kernel's sums, so the cutting does not show in the bits.
 */
final class ContractedGram {

  private static final int EXAMPLES_AT_ONCE = 256;

  /**
   * Forming one product of H or V takes as long as this many multiply-adds of a SIMD product of
   * matrices: measured, 1 ns.
   */
  private static final double FORMING = 16;

  /** Adding one entry to the sum, likewise: measured, 1 to 3 ns, most of it waiting for memory. */
  private static final double WRITING = 32;

  private ContractedGram() {}

  /** The time of {@link #addGram} in multiply-adds of a product of matrices. */
  static double operations(KhatriRaoRows j) {
    double outPairs = j.out() * (j.out() + 1.0) / 2;
    double inPairs = j.in() * (j.in() + 1.0) / 2;
    return operations(j, outPairs, inPairs, (double) j.size() * j.size());
  }

  /** The time of {@link #addCross}, likewise. */
  static double crossOperations(KhatriRaoRows j, KhatriRaoRows l) {
    double outPairs = (double) j.out() * l.out();
    double inPairs = (double) j.in() * l.in();
    return operations(j, outPairs, inPairs, 2 * outPairs * inPairs);
  }

  private static double operations(
      KhatriRaoRows j, double outPairs, double inPairs, double written) {
    double outTiles = Math.ceil(outPairs / PairTile.MOST_PAIRS);
    double inTiles = Math.ceil(inPairs / PairTile.MOST_PAIRS);
    double formed = j.examples() * (j.columns() * outPairs * inTiles + inPairs * outTiles);
    return j.examples() * outPairs * inPairs + FORMING * formed + WRITING * written;
  }

  /** Adds JᵀJ to the square block at {@code at}. */
  static void addGram(KhatriRaoRows j, MatrixSum sum, int at) {
    List<PairTile> inTiles = PairTile.lowerTriangle(j.in());
    for (PairTile outTile : PairTile.lowerTriangle(j.out())) {
      for (PairTile inTile : inTiles)
        writeGram(product(j, j, outTile, inTile), outTile, inTile, j.in(), sum, at);
    }
  }

  /** Adds JᵀL to the block at (jAt, lAt) and its transpose to the block at (lAt, jAt). */
  static void addCross(KhatriRaoRows j, int jAt, KhatriRaoRows l, int lAt, MatrixSum sum) {
    List<PairTile> inTiles = PairTile.rectangle(j.in(), l.in());
    for (PairTile outTile : PairTile.rectangle(j.out(), l.out())) {
      for (PairTile inTile : inTiles) {
        double[] table = product(j, l, outTile, inTile);
        int from = 0;
        for (int i = outTile.firstFrom(); i < outTile.firstTo(); i++) {
          for (int p = outTile.secondFrom(); p < outTile.runEnd(i); p++, from += inTile.length()) {
            int row = jAt + i * j.in();
            int col = lAt + p * l.in();
            inTile.addTo(table, from, sum.array(), row * sum.cols() + col, sum.cols());
            inTile.addTransposedTo(table, from, sum.array(), col * sum.cols() + row, sum.cols());
          }
        }
      }
    }
  }

  /** HᵀV for the pairs of the two tiles, shape (pairs of outputs, pairs of inputs). */
  private static double[] product(
      KhatriRaoRows j, KhatriRaoRows l, PairTile outTile, PairTile inTile) {
    int rows = outTile.length();
    int cols = inTile.length();
    int columns = j.columns();
    var table = new double[rows * cols];
    int most = Math.min(EXAMPLES_AT_ONCE, j.examples());
    var h = new double[most * rows];
    var v = new double[most * cols];
    for (int from = 0; from < j.examples(); from += EXAMPLES_AT_ONCE) {
      int count = Math.min(EXAMPLES_AT_ONCE, j.examples() - from);
      java.util.Arrays.fill(h, 0);
      java.util.Arrays.fill(v, 0);
      for (int n = 0; n < count; n++) {
        for (int k = (from + n) * columns; k < (from + n + 1) * columns; k++) {
          outTile.addProducts(
              j.delta().array(), k * j.out(), l.delta().array(), k * l.out(), h, n * rows);
        }
        inTile.addProducts(
            j.a().array(), (from + n) * j.in(), l.a().array(), (from + n) * l.in(), v, n * cols);
      }
      Arrays.multiplyAdd(true, false, rows, cols, count, h, 0, rows, v, 0, cols, table, 0, cols);
    }
    return table;
  }

  /** The block of JᵀJ that joins output i with p is symmetric, and that of p with i is the same. */
  private static void writeGram(
      double[] table, PairTile outTile, PairTile inTile, int in, MatrixSum sum, int at) {
    int from = 0;
    for (int i = outTile.firstFrom(); i < outTile.firstTo(); i++) {
      for (int p = outTile.secondFrom(); p < outTile.runEnd(i); p++, from += inTile.length()) {
        addSymmetric(table, from, inTile, sum, at + i * in, at + p * in);
        if (i != p) addSymmetric(table, from, inTile, sum, at + p * in, at + i * in);
      }
    }
  }

  private static void addSymmetric(
      double[] table, int from, PairTile inTile, MatrixSum sum, int row, int col) {
    int at = row * sum.cols() + col;
    inTile.addTo(table, from, sum.array(), at, sum.cols());
    inTile.addTransposedTo(table, from, sum.array(), at, sum.cols());
  }
}
