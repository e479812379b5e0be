package org.laplace4j.laplace.curvature;

import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * H = Σₙ Jₙᵀ diag(Λₙ) Jₙ: the GGN with the correlations between outputs left out. Another matrix,
 * kept for comparison with implementations that use it.
 */
public record DiagonalGgn() implements CurvatureSource {

  @Override
  public Tensor columns(Likelihood likelihood, Tensor f, Targets y, long first) {
    int b = f.shape().dim(0);
    int c = f.shape().dim(1);
    double[] lambda = likelihood.hessianRoot(f, y).square().sum(false, -1).array(); // (B, C)
    double[] columns = new double[c * b * c];
    for (int k = 0; k < c; k++) {
      for (int n = 0; n < b; n++) {
        columns[(k * b + n) * c + k] = Math.sqrt(lambda[n * c + k]);
      }
    }
    return Tensor.adopt(Shape.of(c, b, c), columns);
  }

  @Override
  public int noisePower() {
    return 2;
  }
}
