package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;

/**
 * Shared rows multiplied out: for each example the product Δₙᵀ Aₙ over its positions, (K·out, R) ·
 * (R, in), whose rows k·out … are row (n, k) seen as (out, in).
 *
 * <p>Of a selection of few elements only those are summed. Both ways add in the same order, so that
 * a selected column has the bits that it has among all.
 */
final class Contraction {

  /** The positions that are summed before they are added to the rest, as in a product. */
  private static final int POSITIONS_AT_ONCE = 256;

  private Contraction() {}

  static Matrix of(SharedRows j) {
    if (j.each() instanceof SelectedRows selected && !selected.isNearlyWhole()) {
      return gathered(j, selected);
    }
    Matrix whole = whole(j.each().touched(), j.positions());
    return j.each() instanceof KhatriRaoRows
        ? whole
        : whole.selectColumns(j.each().places());
  }

  /** All elements of the weight. */
  static Matrix whole(KhatriRaoRows each, int positions) {
    int examples = each.examples() / positions;
    int height = each.columns() * each.out();
    int in = each.in();
    var rows = new double[Math.multiplyExact(examples * each.columns(), each.size())];
    Parallel.ranges(examples, (long) height * in + positions * (height + (long) in), (from, to) -> {
      for (int n = from; n < to; n++) {
        Arrays.multiplyAdd(
            true,
            false,
            height,
            in,
            positions,
            each.delta().array(),
            n * positions * height,
            height,
            each.a().array(),
            n * positions * in,
            in,
            rows,
            n * height * in,
            in);
      }
    });
    return Matrix.adopt(examples * each.columns(), each.size(), rows);
  }

  private static Matrix gathered(SharedRows j, SelectedRows each) {
    int size = j.size();
    int count = j.examples() * j.columns();
    var rows = new double[Math.multiplyExact(count, size)];
    var part = new double[size];
    for (int row = 0; row < count; row++) {
      int first = row / j.columns() * j.positions();
      int end = first + j.positions();
      for (int from = first; from < end; from += POSITIONS_AT_ONCE) {
        java.util.Arrays.fill(part, 0);
        int to = Math.min(end, from + POSITIONS_AT_ONCE);
        for (int at = from; at < to; at++) each.addRow(at, row % j.columns(), part);
        for (int e = 0; e < size; e++) rows[row * size + e] += part[e];
      }
    }
    return Matrix.adopt(count, size, rows);
  }
}
