package org.laplace4j.linalg.rows;

import static org.laplace4j.linalg.rows.RowsArguments.require;

import java.util.function.Supplier;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.Parallel;

/**
 * The pulled-back columns Δ of a layer, shape (N·K, out): as a sweep leaves them, each column of
 * all examples together, and put into the order of rows only when that is asked for. A sum over all
 * of them, such as ΔᵀΔ, needs no order, and so no copy of the largest thing in a fit.
 */
public final class Cotangents {
  private final Matrix given;
  private final Supplier<Matrix> byExample;

  private Cotangents(Matrix given, Supplier<Matrix> byExample) {
    this.given = given;
    this.byExample = byExample;
  }

  /** Those that are in order: row n·K + k for example n and column k. */
  public static Cotangents byExample(Matrix delta) {
    return new Cotangents(delta, () -> delta);
  }

  /** Those of K columns, one after the other: row k·N + n for example n and column k. */
  public static Cotangents stacked(Matrix delta, int columns) {
    require(
        columns > 0 && delta.rows() % columns == 0,
        "Cotangents.stacked: Δ (%,d, %,d) was given for %,d columns; give the same number of rows for each",
        delta.rows(),
        delta.cols(),
        columns);
    return new Cotangents(delta, new Memo<>(() -> inOrder(delta, columns)));
  }

  private static Matrix inOrder(Matrix stacked, int columns) {
    int examples = stacked.rows() / columns;
    if (examples == 1 || columns == 1) return stacked;
    int out = stacked.cols();
    var rows = new double[stacked.array().length];
    Parallel.ranges(examples, 2L * columns * out, (from, to) -> {
      for (int n = from; n < to; n++) {
        for (int k = 0; k < columns; k++) {
          int at = (k * examples + n) * out;
          System.arraycopy(stacked.array(), at, rows, (n * columns + k) * out, out);
        }
      }
    });
    return Matrix.adopt(stacked.rows(), out, rows);
  }

  /** N·K. */
  int rows() {
    return given.rows();
  }

  /** The number of outputs of the layer. */
  int out() {
    return given.cols();
  }

  /** Δ, row n·K + k for example n and column k: made once. */
  public Matrix byExample() {
    return byExample.get();
  }

  /** The rows of Δ in whatever order they were given. */
  Matrix inAnyOrder() {
    return given;
  }

  /** The same entries in the same order of rows. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Cotangents those && byExample().equals(those.byExample());
  }

  @Override
  public int hashCode() {
    return byExample().hashCode();
  }
}
