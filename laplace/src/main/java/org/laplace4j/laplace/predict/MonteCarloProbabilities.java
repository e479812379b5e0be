package org.laplace4j.laplace.predict;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.nn.likelihood.ClassLikelihood;

/**
 * The mean of the link over draws of the linearised network's outputs. Each draw uses the same
 * noise at every input and in every call, so the prediction is a smooth function of x, and does not
 * depend on how the inputs are split.
 *
 * <pre>  p(x) = 1/S Σ_s link(μ(x) + Σ(x)^½ ε_s)  </pre>
 *
 * @param samples S
 * @param key the seed of the noise
 */
record MonteCarloProbabilities(int samples, long key)
    implements Predictive<ClassLikelihood, ClassProbabilities> {

  MonteCarloProbabilities {
    if (samples < 1) {
      throw new IllegalArgumentException("Predictive.monteCarloProbabilities: " + samples
          + " samples were asked for; at least 1 is needed.");
    }
  }

  @Override
  public ClassProbabilities predict(
      LaplacePosterior<? extends ClassLikelihood> posterior, Tensor x) {
    OutputDistribution f = new LinearizedOutputs().predict(posterior, x);
    int b = f.mean().shape().dim(0);
    int c = f.mean().shape().dim(1);
    Tensor root = roots(f.covariance());
    RandomGenerator rng = new SplittableRandom(key);
    Tensor total = Tensor.scalar(0);
    for (int s = 0; s < samples; s++) {
      double[] noise = new double[c];
      java.util.Arrays.setAll(noise, i -> rng.nextGaussian());
      Tensor shift = root.matmul(Tensor.of(Shape.of(c, 1), noise)).reshape(b, c);
      total = total.plus(posterior.likelihood().probabilities(f.mean().plus(shift)));
    }
    return new ClassProbabilities(total.times(1.0 / samples));
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
