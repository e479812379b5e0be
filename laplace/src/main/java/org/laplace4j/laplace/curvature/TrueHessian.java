package org.laplace4j.laplace.curvature;

import java.util.Optional;

/**
 * Every entry of the true Hessian. It is that of −log p(y | f), which for a Gaussian falls as 1/σ²
 * whatever the source.
 */
record TrueHessian() implements Structure {

  @Override
  public Curvature curvature(GradientRows g) {
    return HessianCurvature.of(g);
  }

  @Override
  public boolean isOfSource() {
    return false;
  }

  @Override
  public Optional<Cost> cost(Workload workload) {
    return Optional.of(StructureCosts.hessian(workload));
  }

  /** {@code hessian}. */
  @Override
  public String toString() {
    return "hessian";
  }
}
