package org.laplace4j.laplace.predict;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;

/**
 * Draws of the linearised network's outputs, the one place where they are made. Each draw uses the
 * same noise at every input and in every call with the same key, so what is made of it is smooth in
 * x, and does not depend on how the inputs are split.
 *
 * <pre>  f_s(x) = μ(x) + Σ(x)^½ ε_s,  ε_s ~ N(0, I)  </pre>
 *
 * <p>The same noise is not the posterior's correlation between inputs: means over draws are right
 * for any function of the outputs at one input, not for one of several.
 */
final class OutputDraws {
  private final Tensor mean;
  private final Tensor roots;
  private final RandomGenerator rng;

  OutputDraws(OutputDistribution f, long key) {
    this.mean = f.mean();
    this.roots = roots(f.covariance());
    this.rng = new SplittableRandom(key);
  }

  static void checkSamples(String where, int samples) {
    if (samples < 1) {
      throw new IllegalArgumentException(
          where + ": " + samples + " samples were asked for; at least 1 is needed.");
    }
  }

  /** The next draw, (B, C). */
  Tensor next() {
    int b = mean.shape().dim(0);
    int c = mean.shape().dim(1);
    double[] noise = new double[c];
    java.util.Arrays.setAll(noise, i -> rng.nextGaussian());
    Tensor shift = roots.matmul(Tensor.of(Shape.of(c, 1), noise)).reshape(b, c);
    return mean.plus(shift);
  }

  /**
   * The symmetric root of each covariance: U √λ Uᵀ, eigenvalues clipped at zero, which theory says
   * they are not below.
   */
  private static Tensor roots(Tensor covariance) {
    int b = covariance.shape().dim(0);
    int c = covariance.shape().dim(1);
    double[] roots = new double[covariance.size()];
    for (int n = 0; n < b; n++) {
      double[] block = java.util.Arrays.copyOfRange(covariance.array(), n * c * c, (n + 1) * c * c);
      SymmetricEigen eigen = new SymmetricEigen(Matrix.adopt(c, c, block));
      double[] root =
          org.laplace4j.linalg.Arrays.map(eigen.values(), v -> Math.sqrt(Math.max(v, 0)));
      Matrix symmetric = eigen.vectors().scaleColumns(root).timesTranspose(eigen.vectors());
      System.arraycopy(symmetric.array(), 0, roots, n * c * c, c * c);
    }
    return Tensor.adopt(covariance.shape(), roots);
  }
}
