package org.laplace4j.laplace.curvature;

import java.util.function.Function;

/** A structure whose name messages can give. */
record NamedStructure(String name, Function<GradientRows, Curvature> of) implements Structure {

  @Override
  public Curvature curvature(GradientRows g) {
    return of.apply(g);
  }

  /** For example {@code full}. */
  @Override
  public String toString() {
    return name;
  }
}
