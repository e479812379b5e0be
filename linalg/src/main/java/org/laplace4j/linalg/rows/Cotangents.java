package org.laplace4j.linalg.rows;

import static org.laplace4j.linalg.rows.RowsArguments.require;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Memo;
import org.laplace4j.linalg.Parallel;

/**
 * The pulled-back columns Δ of a layer, shape (N·K, out): as a sweep leaves them, each column of
 * all examples together, and put into the order of rows only when that is asked for. A sum over all
 * of them, such as ΔᵀΔ, needs no order, and so no copy of the largest thing in a fit; of
 * {@link OutputRoots} it needs not even Δ.
 */
public final class Cotangents {
  private final int rows;
  private final int out;
  private final Supplier<Matrix> byExample;
  private final Consumer<MatrixSum> addGram;
  private final Object source;

  private Cotangents(
      int rows, int out, Supplier<Matrix> byExample, Consumer<MatrixSum> addGram, Object source) {
    this.source = source;
    this.rows = rows;
    this.out = out;
    this.byExample = byExample;
    this.addGram = addGram;
  }

  private static Cotangents of(Matrix given, Supplier<Matrix> byExample) {
    return new Cotangents(
        given.rows(), given.cols(), byExample, sum -> sum.addUpperGram(given, 0), given.array());
  }

  /** Those that are in order: row n·K + k for example n and column k. */
  public static Cotangents byExample(Matrix delta) {
    return of(delta, () -> delta);
  }

  /** Those of K columns, one after the other: row k·N + n for example n and column k. */
  public static Cotangents stacked(Matrix delta, int columns) {
    require(
        columns > 0 && delta.rows() % columns == 0,
        "Cotangents.stacked: Δ (%,d, %,d) was given for %,d columns; give the same number of rows for each",
        delta.rows(),
        delta.cols(),
        columns);
    return of(delta, new Memo<>(() -> inOrder(delta, columns)));
  }

  /** The columns of roots themselves: Δ of the layer whose outputs are those of the network. */
  static Cotangents of(OutputRoots roots) {
    return new Cotangents(
        Math.multiplyExact(roots.examples(), roots.columns()),
        roots.outputs(),
        new Memo<>(roots::byExample),
        roots::addGramTo,
        roots);
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
    return rows;
  }

  /** The number of outputs of the layer. */
  int out() {
    return out;
  }

  /** Δ, row n·K + k for example n and column k: made once. */
  public Matrix byExample() {
    return byExample.get();
  }

  /** What Δ is made from. */
  Object source() {
    return source;
  }

  /** Adds B = ΔᵀΔ, at least its upper triangle. */
  void addGramTo(MatrixSum b) {
    addGram.accept(b);
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
