package org.laplace4j.propertytests.laplace;

import org.laplace4j.laplace.curvature.Structure;

/** The structures that the oracle knows. */
enum Form {
  FULL(Structure.full()),
  DIAGONAL(Structure.diagonal()),
  KRONECKER(Structure.kronecker());

  private final Structure structure;

  Form(Structure structure) {
    this.structure = structure;
  }

  Structure structure() {
    return structure;
  }
}
