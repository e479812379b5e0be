package org.laplace4j.propertytests.grid;

import org.laplace4j.laplace.curvature.Structure;

/** What is kept of the curvature. */
enum Kept {
  FULL("full", Structure.full()),
  DIAGONAL("diagonal", Structure.diagonal()),
  KRONECKER("Kronecker", Structure.kronecker()),
  EKFAC("EKFAC", Structure.ekfac()),
  BLOCK_DIAGONAL("block-diagonal", Structure.blockDiagonal()),
  LOW_RANK("low rank (6)", Structure.lowRank(Kept.RANK)),
  FUNCTIONAL("functional", Structure.functional());

  /** Fewer than most of the subsets have elements. */
  static final int RANK = 6;

  private final String words;
  private final Structure structure;

  Kept(String words, Structure structure) {
    this.words = words;
    this.structure = structure;
  }

  Structure structure() {
    return structure;
  }

  /** Lanczos stops at 1e-9 of the largest eigenvalue, P⁻¹ is a condition number further off. */
  double relativeError() {
    return this == LOW_RANK ? 1e-6 : 0;
  }

  @Override
  public String toString() {
    return words;
  }
}
