package org.laplace4j.nn.likelihood;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;

/**
 * y = f + s t, t of Student's distribution with ν degrees of freedom: noise with outliers.
 *
 * <pre>
 *   r = y − f
 *   log p(y | f) = Σ_c (log Γ((ν+1)/2) − log Γ(ν/2) − ½ log πνs² − (ν+1)/2 log(1 + r_c²/(νs²)))
 *   score = (ν + 1) r / (νs² + r²)        Λ = (ν + 1)/((ν + 3) s²) I
 * </pre>
 *
 * <p>−log p is not convex in f: its second derivative is negative where r² > νs². Λ is the Fisher
 * matrix E[score scoreᵀ] instead, which is positive and the same for all f and y.
 *
 * @param degrees ν > 0
 * @param scale s > 0, in the units of the targets; the variance is s² ν/(ν − 2) where ν > 2
 */
public record StudentT(double degrees, double scale) implements Likelihood {

  /** Checks that both are positive and finite. */
  public StudentT {
    LikelihoodChecks.positive("StudentT", "the degrees of freedom ν", degrees);
    LikelihoodChecks.positive("StudentT", "the scale s", scale);
  }

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    double logConstant = LogGamma.at((degrees + 1) / 2)
        - LogGamma.at(degrees / 2)
        - 0.5 * Math.log(Math.PI * degrees)
        - Math.log(scale);
    Tensor square = y.values().minus(f).square().times(1 / spread());
    Tensor terms = square.plus(1).log().times(-0.5 * (degrees + 1));
    return terms.plus(logConstant).sum(false, -1);
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    double spread = spread();
    return Tensor.adopt(
        f.shape(),
        Arrays.map(y.values().minus(f).array(), r -> (degrees + 1) * r / (spread + r * r)));
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
    double root = Math.sqrt((degrees + 1) / (degrees + 3)) / scale;
    return DiagonalRoot.of(f.shape(), i -> root);
  }

  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    return Targets.values(Tensor.adopt(
        f.shape(), Arrays.map(f.array(), at -> at + scale * noise(rng))));
  }

  /** t by the polar method (Bailey 1994): for any ν, from a point uniform in the unit disc. */
  private double noise(RandomGenerator rng) {
    while (true) {
      double u = 2 * rng.nextDouble() - 1;
      double v = 2 * rng.nextDouble() - 1;
      double w = u * u + v * v;
      if (w > 0 && w <= 1) {
        return u * Math.sqrt(degrees * Math.expm1(-2 / degrees * Math.log(w)) / w);
      }
    }
  }

  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.outputs("StudentT", f, y);
    LikelihoodChecks.values("StudentT", f, y);
  }

  private double spread() {
    return degrees * scale * scale;
  }
}
