package org.laplace4j.laplace.curvature;

import org.laplace4j.linalg.rows.BlockRows;

/** A sum over batches that ends in a curvature. */
public interface CurvatureAccumulator {

  /** Adds the rows gₙₖᵀ of one batch, one block a parameter of the space. */
  void add(BlockRows g);

  /** The curvature of all that was added. */
  Curvature curvature();
}
