package org.laplace4j.nn.likelihood;

import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

/**
 * y ~ N(μ, σ²) with both from the network, by two outputs a target that give the natural parameters
 * (Immer et al. 2023).
 *
 * <pre>
 *   η₁ = μ/σ² = f₁        η₂ = −1/(2σ²) = −½ e^f₂        so  μ = f₁ e^(−f₂),  σ² = e^(−f₂)
 *
 *   z = (y − μ)/σ         log p(y | f) = −½ z² + ½ f₂ − ½ log 2π
 *   score = (σ z, ½ − ½ z (y + μ)/σ)
 *   Λ = D ∇²A D = S Sᵀ  with  D = diag(1, η₂),  S = ( σ, 0; −μ/σ, −1/√2 )
 * </pre>
 *
 * <p>∇²A is the covariance of (y, y²), the Hessian in η. Since η₂ is not linear in f₂, the Hessian
 * of −log p in f is indefinite; Λ is the Fisher matrix E[score scoreᵀ], which is not, and does not
 * depend on y.
 *
 * <p>Several targets, (B, T), take outputs (B, 2T), a pair f₁, f₂ for each target, pair after pair.
 */
public record HeteroscedasticGaussian() implements Likelihood {
  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  /** μ = f₁ e^(−f₂), (B, 2T) → (B, T). */
  public Tensor means(Tensor f) {
    return each(f, 0).times(variances(f));
  }

  /** σ² = e^(−f₂), (B, 2T) → (B, T). */
  public Tensor variances(Tensor f) {
    return each(f, 1).negate().exp();
  }

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    Tensor squares = standardized(f, y).square();
    return squares.minus(each(f, 1)).plus(LOG_TWO_PI).sum(false, -1).times(-0.5);
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    Tensor z = standardized(f, y);
    Tensor sigma = variances(f).sqrt();
    Tensor sum = y.values().plus(means(f)).dividedBy(sigma);
    Shape column = Shape.of(z.shape().dim(0), z.shape().dim(1), 1);
    return Tensor.concat(
            2,
            java.util.List.of(
                z.times(sigma).reshape(column),
                z.times(sum).minus(1).times(-0.5).reshape(column)))
        .reshape(f.shape());
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    int c = f.shape().dim(1);
    double[] mean = means(f).array();
    double[] variance = variances(f).array();
    double[] s = new double[f.size() * c];
    for (int i = 0; i < mean.length; i++) {
      double sigma = Math.sqrt(variance[i]);
      int first = 2 * i * c + 2 * i % c;
      s[first] = sigma;
      s[first + c] = -mean[i] / sigma;
      s[first + c + 1] = -Math.sqrt(0.5);
    }
    return Tensor.adopt(Shape.of(f.shape().dim(0), c, c), s);
  }

  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    Tensor mean = means(f);
    double[] variance = variances(f).array();
    double[] y = mean.array().clone();
    for (int i = 0; i < y.length; i++) {
      y[i] += Math.sqrt(variance[i]) * rng.nextGaussian();
    }
    return Targets.values(Tensor.adopt(mean.shape(), y));
  }

  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.outputs("HeteroscedasticGaussian", f, y);
    if (y.isLabels()
        || y.values().shape().rank() != 2
        || f.shape().dim(1) != 2 * y.values().shape().dim(1)) {
      throw new IllegalArgumentException(
          "HeteroscedasticGaussian: two outputs for each real target are needed, (B, 2T) for (B, T);"
              + " the outputs are " + f.shape() + ", these are " + y + ".");
    }
  }

  /** z = y e^(f₂/2) − f₁ e^(−f₂/2), (B, T). */
  private static Tensor standardized(Tensor f, Targets y) {
    Tensor root = each(f, 1).times(0.5).exp();
    return y.values().times(root).minus(each(f, 0).dividedBy(root));
  }

  /** The first or the second output of every pair, (B, 2T) → (B, T). */
  private static Tensor each(Tensor f, int part) {
    int b = f.shape().dim(0);
    int targets = f.shape().dim(1) / 2;
    return f.reshape(b, targets, 2).slice(2, part, part + 1).reshape(b, targets);
  }
}
