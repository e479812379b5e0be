package org.laplace4j.laplace.curvature;

import java.util.Optional;
import java.util.function.Function;

/** A structure whose name messages can give, and that says what it takes. */
record NamedStructure(
    String name, Function<GradientRows, Curvature> of, Function<Workload, Cost> costs)
    implements Structure {

  @Override
  public Curvature curvature(GradientRows g) {
    return of.apply(g);
  }

  @Override
  public Optional<Cost> cost(Workload workload) {
    return Optional.of(costs.apply(workload));
  }

  /** For example {@code full}. */
  @Override
  public String toString() {
    return name;
  }
}
