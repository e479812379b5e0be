package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Matrix;

/**
 * Rows δₙᵣₖ ⊗ aₙᵣ of one weight W (out, in) at R positions of each example, still in the form in
 * which they came. Their Kronecker factors are had from that, and Δ and A, which repeat it many
 * times over where patches of images overlap, are made only for what else is asked.
 */
public interface RowsByPosition {

  /** N·R, the number of inputs a. */
  int inputs();

  /** K. */
  int columns();

  /** The number of rows of W. */
  int out();

  /** The number of columns of W. */
  int in();

  /** Δ (N·R·K, out) and A (N·R, in). */
  KhatriRaoRows made();

  /** J, shape (N·K, out·in): row (n, k) is Σᵣ δₙᵣₖ ⊗ aₙᵣ. */
  Matrix contracted();

  /** Adds B = ΔᵀΔ, (out, out), at least its upper triangle. */
  void addCotangentGramTo(MatrixSum b);

  /** Adds A = AᵀA, (in, in), at least its upper triangle. */
  void addInputGramTo(MatrixSum a);

  /** What Δ is made from: where it is one object for two weights, they have one Δ and one B. */
  Object source();
}
