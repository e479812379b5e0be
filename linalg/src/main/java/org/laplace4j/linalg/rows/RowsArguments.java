package org.laplace4j.linalg.rows;

import java.util.Locale;
import org.laplace4j.linalg.Matrix;

/**
 * The checks of what callers hand to rows: each message says where, what was required, what came
 * and what to do.
 */
final class RowsArguments {

  private RowsArguments() {}

  /** A matrix with one row for each column of J. */
  static void oneRowForEachColumn(String where, Matrix v, Rows j) {
    require(
        v.rows() == j.size(),
        "%s: a matrix (%,d, %,d) was given for Θ = %,d; give one row for each column of J",
        where,
        v.rows(),
        v.cols(),
        j.size());
  }

  /** A vector or a list of weights with one entry for each column of J. */
  static void oneForEachColumn(String where, double[] v, Rows j) {
    require(
        v.length == j.size(),
        "%s: %,d numbers were given for Θ = %,d; give one for each column of J",
        where,
        v.length,
        j.size());
  }

  /** A vector with one entry for each row of J. */
  static void oneForEachRow(String where, double[] u, Rows j) {
    int rows = j.examples() * j.columns();
    require(
        u.length == rows,
        "%s: %,d numbers were given for %,d examples with %,d columns each; give one for each row"
            + " of J, %,d in all",
        where,
        u.length,
        j.examples(),
        j.columns(),
        rows);
  }

  /** A range of examples, not empty. */
  static void examples(String where, int from, int to, int examples) {
    require(
        0 <= from && from < to && to <= examples,
        "%s: the examples %,d to %,d were asked of %,d; give" + " 0 ≤ from < to ≤ N",
        where,
        from,
        to,
        examples);
  }

  /** Columns of J by number, ascending, not empty. */
  static void entries(String where, int[] entries, int size) {
    require(
        entries.length > 0, "%s: 0 of %,d columns were selected; select at least one", where, size);
    int before = -1;
    for (int entry : entries) {
      // A check that is not called for does not make its arguments: there may be many entries.
      if (entry <= before || entry >= size) {
        require(
            0 <= entry && entry < size,
            "%s: column %,d was selected of %,d; give 0 ≤ entry < Θ",
            where,
            entry,
            size);
        require(
            false,
            "%s: column %,d was selected after %,d; give each once, ascending",
            where,
            entry,
            before);
      }
      before = entry;
    }
  }

  /** Rows of the same examples, columns and Θ. */
  static void sameShape(String where, Rows j, Rows other) {
    require(
        j.examples() == other.examples()
            && j.columns() == other.columns()
            && j.size() == other.size(),
        "%s: rows of (N, K, Θ) = (%,d, %,d, %,d) meet rows of (%,d, %,d, %,d); give rows of the same shape",
        where,
        j.examples(),
        j.columns(),
        j.size(),
        other.examples(),
        other.columns(),
        other.size());
  }

  /** Rows over the same Θ. */
  static void sameSize(String where, Rows j, Rows other) {
    require(
        j.size() == other.size(),
        "%s: rows over Θ = %,d meet rows over Θ = %,d; give rows of the same parameters",
        where,
        j.size(),
        other.size());
  }

  /** A square block of a sum that can take JᵀJ. */
  static void blockFits(String where, MatrixSum sum, int at, int size) {
    require(
        0 <= at && at <= sum.rows() - size && at <= sum.cols() - size,
        "%s: a block of %,d from row and column %,d"
            + " does not fit into a sum of shape (%,d, %,d); give a sum of at least at + Θ = %,d",
        where,
        size,
        at,
        sum.rows(),
        sum.cols(),
        at + size);
  }

  /** The bases of a rotation of W (out, in). */
  static void bases(String where, Matrix uB, Matrix uA, int size) {
    require(
        (long) uB.rows() * uA.rows() == size && uB.cols() > 0 && uA.cols() > 0,
        "%s: bases with %,d and %,d rows were given for Θ = %,d; their product" + " must be Θ",
        where,
        uB.rows(),
        uA.rows(),
        size);
  }

  static void require(boolean holds, String message, Object... numbers) {
    if (!holds) throw new IllegalArgumentException(String.format(Locale.ROOT, message, numbers));
  }
}
