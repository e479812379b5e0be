package org.laplace4j.linalg.rows;

import java.util.BitSet;
import org.laplace4j.linalg.Matrix;

/**
 * Some entries of a weight W (out, in), by the rows and columns of W that they touch and their
 * places where these meet.
 *
 * @param rows the touched rows of W, ascending
 * @param cols the touched columns of W, ascending
 * @param places the entries' places in the touched weight (|rows|, |cols|), row-major, ascending
 */
record WeightSelection(int[] rows, int[] cols, int[] places) {

  /** The entries with these places in W, row-major, ascending. */
  static WeightSelection of(int[] entries, int in) {
    var touchedRows = new BitSet();
    var touchedCols = new BitSet(in);
    for (int entry : entries) {
      touchedRows.set(entry / in);
      touchedCols.set(entry % in);
    }
    int[] rows = touchedRows.stream().toArray();
    int[] cols = touchedCols.stream().toArray();
    var placeOfCol = new int[in];
    for (int j = 0; j < cols.length; j++) placeOfCol[cols[j]] = j;
    var places = new int[entries.length];
    for (int e = 0, row = 0; e < entries.length; e++) {
      while (rows[row] != entries[e] / in) row++;
      places[e] = row * cols.length + placeOfCol[entries[e] % in];
    }
    return new WeightSelection(rows, cols, places);
  }

  /** The selected columns of J: a smaller weight where the entries are rows × columns. */
  FactoredRows from(KhatriRaoRows j) {
    Matrix delta = rows.length == j.out() ? j.delta() : j.delta().selectColumns(rows);
    Matrix a = cols.length == j.in() ? j.a() : j.a().selectColumns(cols);
    var touched = new KhatriRaoRows(delta, a);
    if (isRectangle()) return touched;
    return new SelectedRows(touched, new SparsePattern(rows.length, cols.length, places));
  }

  private boolean isRectangle() {
    return places.length == (long) rows.length * cols.length;
  }
}
