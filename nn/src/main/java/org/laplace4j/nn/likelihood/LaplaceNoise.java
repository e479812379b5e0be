package org.laplace4j.nn.likelihood;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;

/**
 * y = f + ε with ε of the two-sided exponential (Laplace) distribution: training minimises absolute
 * errors.
 *
 * <pre>
 *   log p(y | f) = −Σ_c (|y_c − f_c|/b + log 2b)        score = sign(y − f)/b
 *   Λ = 1/b² I
 * </pre>
 *
 * <p>The second derivative of −log p is zero but at y = f, where there is none; it says nothing of
 * how well f is known. Λ is the Fisher matrix E[score scoreᵀ] instead, the same for all f and y.
 *
 * @param b the mean absolute error of the noise, in the units of the targets; the variance is 2b²
 */
public record LaplaceNoise(double b) implements Likelihood {

  /** Checks that b is positive and finite. */
  public LaplaceNoise {
    LikelihoodChecks.positive("LaplaceNoise", "the scale b", b);
  }

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    Tensor r = y.values().minus(f);
    Tensor absolute = r.relu().plus(r.negate().relu());
    return absolute.times(1 / b).plus(Math.log(2 * b)).sum(false, -1).negate();
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    return Tensor.adopt(
        f.shape(), Arrays.map(y.values().minus(f).array(), r -> Math.signum(r) / b));
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    return DiagonalRoot.written(root(f));
  }

  @Override
  public Optional<OutputRoots> outputRoots(Tensor f, Targets y) {
    return Optional.of(root(f));
  }

  private OutputRoots root(Tensor f) {
    return DiagonalRoot.of(f.shape(), i -> 1 / b);
  }

  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    return Targets.values(Tensor.adopt(f.shape(), Arrays.map(f.array(), at -> at + noise(rng))));
  }

  /** The sign of a uniform number in [−1, 1), and the logarithm of its distance from the ends. */
  private double noise(RandomGenerator rng) {
    double u = 2 * rng.nextDouble() - 1;
    return u < 0 ? b * Math.log(-u) : -b * Math.log(1 - u);
  }

  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.outputs("LaplaceNoise", f, y);
    LikelihoodChecks.values("LaplaceNoise", f, y);
  }
}
