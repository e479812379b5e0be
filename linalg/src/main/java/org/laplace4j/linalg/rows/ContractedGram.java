package org.laplace4j.linalg.rows;

import java.util.List;
import org.laplace4j.linalg.Arrays;

/**
 * JᵀL between Khatri–Rao rows of the same examples and columns, by contracting the columns first:
 *
 * <pre>
 *   JᵀL = Σₙ (Σₖ δₙₖ δ'ₙₖᵀ) ⊗ (aₙ a'ₙᵀ)
 *
 *   entry (i,j), (p,q) = Σₙ Hₙ,ᵢₚ Vₙ,ⱼ𝓆       H = Σₖ δₙₖᵢ δ'ₙₖₚ     V = aₙⱼ a'ₙ𝓆
 * </pre>
 *
 * <p>so it is one product HᵀV over the N examples. For J = L both are symmetric and only the pairs
 * p ≤ i, q ≤ j are kept (half-vectorised): N·out²·in²/4 multiply-adds where the rows multiplied out
 * take N·K·out²·in²/2. Exact.
 *
 * <p>The product is made a tile of pairs at a time and written to its places at once; at most
 * 2·256·1,024 + 1,024² numbers, 12 MiB, are held beside the sum, whatever the sizes, and far fewer
 * for small weights. Examples go in blocks of 256, the blocks of the kernel's sums, so the tiling
 * does not show in the bits.
 */
final class ContractedGram {

  private static final int EXAMPLES_AT_ONCE = 256;

  /** A gathered product costs about as much as this many multiply-adds of a matrix product. */
  private static final double GATHER_COST = 8;

  private ContractedGram() {}

  /** The multiply-adds of {@link #addGram}, gathering and writing weighted. */
  static double operations(KhatriRaoRows j) {
    double outPairs = j.out() * (j.out() + 1.0) / 2;
    double inPairs = j.in() * (j.in() + 1.0) / 2;
    return operations(j, outPairs, inPairs, (double) j.size() * j.size());
  }

  /** The multiply-adds of {@link #addCross}, likewise. */
  static double crossOperations(KhatriRaoRows j, KhatriRaoRows l) {
    double outPairs = (double) j.out() * l.out();
    double inPairs = (double) j.in() * l.in();
    return operations(j, outPairs, inPairs, 2 * outPairs * inPairs);
  }

  private static double operations(
      KhatriRaoRows j, double outPairs, double inPairs, double written) {
    double outTiles = Math.ceil(outPairs / PairTile.LENGTH);
    double inTiles = Math.ceil(inPairs / PairTile.LENGTH);
    double gathered = j.examples() * (j.columns() * outPairs * inTiles + inPairs * outTiles);
    return j.examples() * outPairs * inPairs + GATHER_COST * (gathered + written);
  }

  /** Adds JᵀJ to the square block at {@code at}. */
  static void addGram(KhatriRaoRows j, MatrixSum sum, int at) {
    List<PairTile> inTiles = PairTile.lowerTriangle(j.in());
    for (PairTile outTile : PairTile.lowerTriangle(j.out())) {
      for (PairTile inTile : inTiles) {
        double[] table = product(j, j, outTile, inTile);
        writeGram(table, outTile, inTile, j.in(), sum, at);
      }
    }
  }

  /** Adds JᵀL to the block at (jAt, lAt) and its transpose to the block at (lAt, jAt). */
  static void addCross(KhatriRaoRows j, int jAt, KhatriRaoRows l, int lAt, MatrixSum sum) {
    List<PairTile> inTiles = PairTile.rectangle(j.in(), l.in());
    for (PairTile outTile : PairTile.rectangle(j.out(), l.out())) {
      for (PairTile inTile : inTiles) {
        double[] table = product(j, l, outTile, inTile);
        writeCross(table, outTile, inTile, j.in(), l.in(), jAt, lAt, sum);
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

  /**
   * The value of the pairs (i,p), (j,q) stands at ij,pq and pq,ij and, swapping one pair alone, at
   * iq,pj and pj,iq.
   */
  private static void writeGram(
      double[] table, PairTile outTile, PairTile inTile, int in, MatrixSum sum, int at) {
    double[] total = sum.array();
    int stride = sum.cols();
    int entry = 0;
    for (int h = 0; h < outTile.length(); h++) {
      int i = at + outTile.first()[h] * in;
      int p = at + outTile.second()[h] * in;
      for (int t = 0; t < inTile.length(); t++) {
        int j = inTile.first()[t];
        int q = inTile.second()[t];
        double value = table[entry++];
        total[(i + j) * stride + p + q] += value;
        if (j != q) total[(i + q) * stride + p + j] += value;
        if (i != p) total[(p + j) * stride + i + q] += value;
        if (i != p && j != q) total[(p + q) * stride + i + j] += value;
      }
    }
  }

  private static void writeCross(
      double[] table,
      PairTile outTile,
      PairTile inTile,
      int jIn,
      int lIn,
      int jAt,
      int lAt,
      MatrixSum sum) {
    double[] total = sum.array();
    int stride = sum.cols();
    int entry = 0;
    for (int h = 0; h < outTile.length(); h++) {
      int i = jAt + outTile.first()[h] * jIn;
      int p = lAt + outTile.second()[h] * lIn;
      for (int t = 0; t < inTile.length(); t++) {
        double value = table[entry++];
        int row = i + inTile.first()[t];
        int col = p + inTile.second()[t];
        total[row * stride + col] += value;
        total[col * stride + row] += value;
      }
    }
  }
}
