package org.laplace4j.nn.likelihood;

import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

/**
 * p(y = 1) = 1/(1 + e⁻ᶠ), one logit, labels 0 and 1.
 *
 * <pre>
 *   log p(y | f) = −log(1 + e^(−s f)),  s = ±1        score = y − p
 *   Λ = p (1 − p) = S²
 * </pre>
 */
public record Bernoulli() implements ClassLikelihood {

  /** (…, 1) → (…, 2): the probabilities of classes 0 and 1. */
  @Override
  public Tensor probabilities(Tensor f) {
    return Tensor.concat(
        f.shape().rank() - 1, java.util.List.of(f.negate().sigmoid(), f.sigmoid()));
  }

  /** −log(1 + eᶠ) and −log(1 + e⁻ᶠ). */
  @Override
  public Tensor logProbabilities(Tensor f) {
    return Tensor.concat(
        f.shape().rank() - 1,
        java.util.List.of(f.softplus().negate(), f.negate().softplus().negate()));
  }

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    Tensor signed = f.times(labels(y).times(2).minus(1));
    return signed.negate().softplus().negate().sum(false, -1);
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    return labels(y).minus(f.sigmoid());
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    // p (1 − p) as a product of two sigmoids: no cancellation in the tails.
    Tensor root = f.sigmoid().times(f.negate().sigmoid()).sqrt();
    return root.reshape(f.shape().dim(0), 1, 1);
  }

  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    double[] p = f.sigmoid().array();
    int[] labels = new int[p.length];
    for (int n = 0; n < labels.length; n++) {
      labels[n] = rng.nextDouble() < p[n] ? 1 : 0;
    }
    return Targets.labels(labels);
  }

  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.outputs("Bernoulli", f, y);
    if (f.shape().dim(1) != 1) {
      throw new IllegalArgumentException("Bernoulli: needs one output (the logit), the outputs are "
          + f.shape() + "; for one output a class use Categorical.");
    }
    LikelihoodChecks.labels("Bernoulli", y, 2);
  }

  private static Tensor labels(Targets y) {
    double[] values = new double[y.count()];
    for (int n = 0; n < values.length; n++) {
      values[n] = y.label(n);
    }
    return Tensor.adopt(Shape.of(values.length, 1), values);
  }
}
