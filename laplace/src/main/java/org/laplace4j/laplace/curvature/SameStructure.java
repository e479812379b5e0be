package org.laplace4j.laplace.curvature;

/** Curvatures add only within one structure, over one space. */
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

  static void requireSize(String of, int here, int there) {
    if (here != there) {
      throw new IllegalArgumentException("Curvature.plus: a curvature over " + here + " " + of
          + " and one over " + there + " do not add; fit both over the same space.");
    }
  }
}
