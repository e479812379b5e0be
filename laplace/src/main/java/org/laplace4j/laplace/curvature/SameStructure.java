package org.laplace4j.laplace.curvature;

/** Curvatures add only within one structure. */
final class SameStructure {
  private SameStructure() {}

  @SuppressWarnings("unchecked") // The classes are compared first.
  static <C extends Curvature> C require(C curvature, Curvature other) {
    if (other.getClass() != curvature.getClass()) {
      throw new IllegalArgumentException("Curvature.plus: a "
          + curvature.getClass().getSimpleName() + " and a " + other.getClass().getSimpleName()
          + " do not add; fit both with the same structure.");
    }
    return (C) other;
  }
}
