package org.laplace4j.laplace.curvature;

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
  public int noisePower(CurvatureSource source) {
    return 2;
  }

  /** {@code hessian}. */
  @Override
  public String toString() {
    return "hessian";
  }
}
