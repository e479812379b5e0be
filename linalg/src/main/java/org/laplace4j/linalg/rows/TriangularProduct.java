package org.laplace4j.linalg.rows;

import java.util.List;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;

/**
 * J Mᵀ for rows J and M lower triangular, both over Θ: the rows whitened by M = L⁻¹, whose products
 * are those of J P⁻¹ Jᵀ for P = L Lᵀ. For Khatri–Rao rows:
 *
 * <pre>
 *   Pₙᵢ = (Mᵀ)ᵢ ᵀ aₙ, shape (Θ):   with the in rows (Mᵀ)ᵢ of Mᵀ that belong to output i
 *   row (n, k) of J Mᵀ = Σᵢ δₙₖᵢ Pₙᵢ
 * </pre>
 *
 * <p>The K rows of an example share Pₙᵢ, so it takes N·out·(in + K)·Θ/2 multiply-adds a block,
 * where rows multiplied out take N·K·out·in·Θ/2, as a triangular solve does. A panel of columns at
 * a time, and of M only what is not above its diagonal; how that and the examples are cut does not
 * show in the bits.
 */
public final class TriangularProduct {

  /** Columns at a time: a panel of P is used before it leaves the cache. */
  private static final int PANEL = 256;

  /** The most numbers of P at a time, unless those of one example are more: 8 MiB. */
  private static final int CHUNK_NUMBERS = 1 << 20;

  private TriangularProduct() {}

  /** Whether the rows of an example share so much that this takes at most half a solve of them. */
  public static boolean pays(Rows j) {
    double work = 0;
    for (Rows block : blocks(j)) {
      if (!(block instanceof KhatriRaoRows weight)) return false;
      work += (double) weight.out() * (weight.in() + weight.columns());
    }
    return 2 * work <= (double) j.columns() * j.size();
  }

  /** J Mᵀ, (N·K, Θ). */
  public static Matrix of(Rows j, Matrix m) {
    int size = j.size();
    RowsArguments.require(
        m.rows() == size && m.cols() == size,
        "TriangularProduct: rows over %,d parameters were given with a matrix (%,d, %,d)",
        size,
        m.rows(),
        m.cols());
    int rows = j.examples() * j.columns();
    var product = new double[Math.multiplyExact(rows, size)];
    boolean shared = pays(j);
    double[] dense = shared ? new double[0] : j.dense().array();
    for (int from = 0; from < size; from += PANEL) {
      int to = Math.min(size, from + PANEL);
      if (shared) {
        addPanel(blocks(j), m, from, to, product);
      } else {
        Arrays.multiplyAdd(
            false,
            true,
            rows,
            to - from,
            to,
            dense,
            0,
            size,
            m.array(),
            from * size,
            size,
            product,
            from,
            size);
      }
    }
    return Matrix.adopt(rows, size, product);
  }

  private static List<Rows> blocks(Rows j) {
    return j instanceof BlockRows side ? side.blocks() : List.of(j);
  }

  /** Adds the columns {@code from} to {@code to} of the product. */
  private static void addPanel(List<Rows> blocks, Matrix m, int from, int to, double[] product) {
    int at = 0;
    for (Rows block : blocks) {
      addPanel((KhatriRaoRows) block, at, m, from, to, product);
      at += block.size();
    }
  }

  /** The same of one block, which begins at {@code at}. */
  private static void addPanel(
      KhatriRaoRows j, int at, Matrix m, int from, int to, double[] product) {
    if (at >= to) return;
    int units = Math.min(j.out(), (to - at + j.in() - 1) / j.in());
    int width = to - from;
    int step = Math.max(1, CHUNK_NUMBERS / (units * width));
    for (int first = 0; first < j.examples(); first += step) {
      int count = Math.min(step, j.examples() - first);
      var p = new double[count * units * width];
      for (int i = 0; i < units; i++) {
        Arrays.multiplyAdd(
            false,
            true,
            count,
            width,
            j.in(),
            j.a().array(),
            first * j.in(),
            j.in(),
            m.array(),
            from * m.cols() + at + i * j.in(),
            m.cols(),
            p,
            i * width,
            units * width);
      }
      int start = first;
      Parallel.ranges(count, (long) (units + j.columns()) * width, (begin, end) -> {
        for (int n = begin; n < end; n++) {
          addExample(j, start + n, m, from, width, units, p, n * units * width, product);
        }
      });
    }
  }

  /** Adds Σᵢ δₙₖᵢ Pₙᵢ for the columns k of one example, whose P begins at {@code pAt}. */
  private static void addExample(
      KhatriRaoRows j,
      int n,
      Matrix m,
      int from,
      int width,
      int units,
      double[] p,
      int pAt,
      double[] product) {
    int row = n * j.columns();
    Arrays.multiplyAdd(
        false,
        false,
        j.columns(),
        width,
        units,
        j.delta().array(),
        row * j.out(),
        j.out(),
        p,
        pAt,
        width,
        product,
        row * m.cols() + from,
        m.cols());
  }
}
