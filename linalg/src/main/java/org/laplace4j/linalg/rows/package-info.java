/**
 * Jacobians as structured matrices.
 *
 * <p>What arrives: the cotangents Δ that a reverse sweep pulls back to a layer, and the layer's
 * inputs A. What leaves: the products that curvatures and predictions need of the rows
 *
 * <pre>
 *   J = rows δₙₖ ⊗ aₙ, shape (N·K, Θ), Θ = out·in:      JᵀJ      J diag(d) Jᵀ      Jᵀu      J v
 * </pre>
 *
 * <p>without multiplying them out. {@link org.laplace4j.linalg.rows.Rows} is the contract;
 * {@link org.laplace4j.linalg.rows.DenseRows} is the plain answer to it,
 * {@link org.laplace4j.linalg.rows.KhatriRaoRows} the fast one,
 * {@link org.laplace4j.linalg.rows.SharedRows} its sum over the positions of a layer that is
 * applied more than once ({@link org.laplace4j.linalg.rows.RowsByPosition} before it is made),
 * {@link org.laplace4j.linalg.rows.SelectedRows} what a mask of single elements leaves of it,
 * {@link org.laplace4j.linalg.rows.BlockRows} several parameters side by side. What is pulled back
 * need not be written out either: {@link org.laplace4j.linalg.rows.OutputRoots}. Next:
 * {@link org.laplace4j.linalg.operator}.
 */
package org.laplace4j.linalg.rows;
