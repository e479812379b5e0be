package org.laplace4j.laplace.curvature;

import java.util.Optional;

/**
 * The leading part of the true Hessian. It is that of −log p(y | f), which for a Gaussian falls as
 * 1/σ² whatever the source.
 *
 * @param rank how many eigenpairs are kept at most
 */
record LowRankTrueHessian(int rank) implements Structure {

  LowRankTrueHessian {
    if (rank < 1) {
      throw new IllegalArgumentException("Structure.lowRankHessian: " + rank
          + " eigenpairs were asked for; at least 1 is needed.");
    }
  }

  @Override
  public Curvature curvature(GradientRows g) {
    return LowRankHessianCurvature.of(g, rank);
  }

  @Override
  public boolean isOfSource() {
    return false;
  }

  @Override
  public Optional<Cost> cost(Workload workload) {
    return Optional.of(StructureCosts.lowRankHessian(workload, rank));
  }

  /** For example {@code lowRankHessian(10)}. */
  @Override
  public String toString() {
    return "lowRankHessian(" + rank + ")";
  }
}
