package org.laplace4j.linalg.rows;

import java.util.List;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Parallel;

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
 * <p>The product is made for a tile of pairs at a time and added to its places at once. H of a tile
 * is made once for up to 2,048 examples and meets V of every tile; at most 2,304·1,024 + 1,024²
 * numbers, 26 MiB, are held beside the sum, whatever the sizes.
 */
final class ContractedGram {

  /**
   * The block of the kernel's sums, so that cutting examples into them does not show in the bits.
   */
  private static final int EXAMPLES_AT_ONCE = 256;

  /** Enough for writing their sum to weigh little beside making it. */
  private static final int EXAMPLES_TOGETHER = 8 * EXAMPLES_AT_ONCE;

  /**
   * Forming one product of H or V takes as long as this many multiply-adds of a SIMD product of
   * matrices: measured, 1 ns.
   */
  private static final double FORMING = 16;

  /** Adding one entry to the sum, likewise: measured, 1 to 3 ns, most of it waiting for memory. */
  private static final double WRITING = 32;

  private ContractedGram() {}

  /** Whether this is quicker than multiplying the rows out. */
  static boolean savesWork(KhatriRaoRows j) {
    return operations(j) < DenseProducts.gramOperations(j);
  }

  /** The same of {@link #addCross}. */
  static boolean savesWork(KhatriRaoRows j, KhatriRaoRows l) {
    return crossOperations(j, l) < DenseProducts.crossOperations(j, l);
  }

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
    double formed = j.examples() * (j.columns() * outPairs + inPairs * outTiles);
    double times = Math.ceil((double) j.examples() / EXAMPLES_TOGETHER);
    return j.examples() * outPairs * inPairs + FORMING * formed + WRITING * times * written;
  }

  /** Adds JᵀJ to the square block at {@code at}. */
  static void addGram(KhatriRaoRows j, MatrixSum sum, int at) {
    forEachTable(
        j,
        j,
        PairTile.lowerTriangle(j.out()),
        PairTile.lowerTriangle(j.in()),
        (table, outTile, inTile) -> writeGram(table, outTile, inTile, j.in(), sum, at));
  }

  /** Adds JᵀL to the block at (jAt, lAt) and its transpose to the block at (lAt, jAt). */
  static void addCross(KhatriRaoRows j, int jAt, KhatriRaoRows l, int lAt, MatrixSum sum) {
    forEachTable(
        j,
        l,
        PairTile.rectangle(j.out(), l.out()),
        PairTile.rectangle(j.in(), l.in()),
        (table, outTile, inTile) -> {
          int from = 0;
          for (int i = outTile.firstFrom(); i < outTile.firstTo(); i++) {
            for (int p = outTile.secondFrom();
                p < outTile.runEnd(i);
                p++, from += inTile.length()) {
              int row = jAt + i * j.in();
              int col = lAt + p * l.in();
              inTile.addTo(table, from, sum.array(), row * sum.cols() + col, sum.cols());
              inTile.addTransposedTo(table, from, sum.array(), col * sum.cols() + row, sum.cols());
            }
          }
        });
  }

  /** Takes HᵀV of some examples for the pairs of two tiles, (pairs of outputs, pairs of inputs). */
  private interface Table {
    void take(double[] table, PairTile outTile, PairTile inTile);
  }

  private static void forEachTable(
      KhatriRaoRows j,
      KhatriRaoRows l,
      List<PairTile> outTiles,
      List<PairTile> inTiles,
      Table taker) {
    var v = new double[Math.min(EXAMPLES_AT_ONCE, j.examples()) * PairTile.MOST_PAIRS];
    for (int from = 0; from < j.examples(); from += EXAMPLES_TOGETHER) {
      int to = Math.min(j.examples(), from + EXAMPLES_TOGETHER);
      for (PairTile outTile : outTiles) {
        double[] h = outputPairs(j, l, outTile, from, to);
        for (PairTile inTile : inTiles) {
          var table = new double[outTile.length() * inTile.length()];
          addProduct(j, l, h, outTile.length(), inTile, from, to, v, table);
          taker.take(table, outTile, inTile);
        }
      }
    }
  }

  /** H, (examples, pairs of outputs). */
  private static double[] outputPairs(
      KhatriRaoRows j, KhatriRaoRows l, PairTile tile, int from, int to) {
    int pairs = tile.length();
    int columns = j.columns();
    var h = new double[(to - from) * pairs];
    Parallel.ranges(to - from, 2L * columns * pairs, (first, end) -> {
      for (int k = (from + first) * columns; k < (from + end) * columns; k++) {
        int at = (k / columns - from) * pairs;
        tile.addProducts(j.delta().array(), k * j.out(), l.delta().array(), k * l.out(), h, at);
      }
    });
    return h;
  }

  /** Adds HᵀV, a block of examples at a time; what was in {@code v} is lost. */
  private static void addProduct(
      KhatriRaoRows j,
      KhatriRaoRows l,
      double[] h,
      int rows,
      PairTile tile,
      int from,
      int to,
      double[] v,
      double[] table) {
    int cols = tile.length();
    for (int first = from; first < to; first += EXAMPLES_AT_ONCE) {
      int start = first;
      int count = Math.min(EXAMPLES_AT_ONCE, to - first);
      Parallel.ranges(count, cols, (some, end) -> {
        for (int n = some; n < end; n++) {
          int example = start + n;
          tile.products(
              j.a().array(), example * j.in(), l.a().array(), example * l.in(), v, n * cols);
        }
      });
      int at = (first - from) * rows;
      Arrays.multiplyAdd(true, false, rows, cols, count, h, at, rows, v, 0, cols, table, 0, cols);
    }
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
