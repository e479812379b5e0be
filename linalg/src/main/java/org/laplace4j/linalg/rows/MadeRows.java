package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Matrix;

/**
 * Rows δ ⊗ a whose Δ and A are there.
 *
 * @param made the rows
 * @param positions R
 */
record MadeRows(KhatriRaoRows made, int positions) implements RowsByPosition {

  @Override
  public int inputs() {
    return made.examples();
  }

  @Override
  public int columns() {
    return made.columns();
  }

  @Override
  public int out() {
    return made.out();
  }

  @Override
  public int in() {
    return made.in();
  }

  @Override
  public Matrix contracted() {
    return Contraction.whole(made, positions);
  }

  @Override
  public void addCotangentGramTo(MatrixSum b) {
    made.cotangents().addGramTo(b);
  }

  @Override
  public void addInputGramTo(MatrixSum a) {
    a.addUpperGram(made.a(), 0);
  }

  @Override
  public Object source() {
    return made.cotangents().source();
  }
}
