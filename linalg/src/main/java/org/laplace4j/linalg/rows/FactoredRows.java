package org.laplace4j.linalg.rows;

/**
 * Rows δₙₖ ⊗ aₙ of one weight W (out, in), or the columns of them that belong to some elements of
 * W. What they keep is Δ and A over the rows and columns of W that the elements touch.
 */
public sealed interface FactoredRows extends Rows permits KhatriRaoRows, SelectedRows {

  /** The rows of the smallest rows × columns of W that hold every element. */
  KhatriRaoRows touched();

  /** The places of the elements in the touched weight, row-major, ascending: a new array. */
  int[] places();

  @Override
  FactoredRows examples(int from, int to);

  @Override
  FactoredRows select(int[] entries);

  @Override
  FactoredRows scaled(double c);
}
