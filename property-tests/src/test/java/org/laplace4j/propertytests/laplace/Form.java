package org.laplace4j.propertytests.laplace;

import org.laplace4j.laplace.curvature.Structure;

/** The structures that the oracle knows. */
enum Form {
  FULL(Structure.full(), Form.SUMS),
  DIAGONAL(Structure.diagonal(), Form.SUMS),
  BLOCK_DIAGONAL(Structure.blockDiagonal(), Form.SUMS),
  KRONECKER(Structure.kronecker(), Form.SUMS),
  /** Exact: the rows themselves. */
  FUNCTIONAL(Structure.functional(), Form.SUMS),
  /** No space of the market has as many elements, so nothing but Lanczos's residual is left out. */
  LOW_RANK(Structure.lowRank(1000), 1e-7);

  /** Sums of some hundred products of numbers of order one, in another order. */
  private static final double SUMS = 1e-12;

  private final Structure structure;
  private final double rounding;

  Form(Structure structure, double rounding) {
    this.structure = structure;
    this.rounding = rounding;
  }

  /** How far the curvature may be from the dense one, relative to its largest entry. */
  double rounding() {
    return rounding;
  }

  Structure structure() {
    return structure;
  }
}
