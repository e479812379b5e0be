package org.laplace4j.propertytests.extension;

import java.util.random.RandomGenerator;
import org.apache.commons.math3.special.Gamma;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * A likelihood of one's own: counts y with rate λ = eᶠ, one output.
 *
 * <pre>  log p(y | f) = y f − eᶠ − log y!        score = y − eᶠ        Λ = eᶠ, S = e^(f/2)  </pre>
 */
record Poisson() implements Likelihood {
  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    Tensor counts = y.values();
    Tensor logFactorial =
        Tensor.adopt(counts.shape(), Arrays.map(counts.array(), v -> Gamma.logGamma(v + 1)));
    return counts.times(f).minus(f.exp()).minus(logFactorial).sum(false, -1);
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    return y.values().minus(f.exp());
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    return f.times(0.5).exp().reshape(f.shape().dim(0), 1, 1);
  }

  /** The number of exponential waits of mean e⁻ᶠ that end within a unit of time. */
  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    return Targets.values(Tensor.adopt(f.shape(), Arrays.map(f.exp().array(), rate -> {
      int count = 0;
      for (double t = rng.nextExponential(); t < rate; t += rng.nextExponential()) count++;
      return count;
    })));
  }

  @Override
  public void check(Tensor f, Targets y) {
    if (f.shape().dim(1) != 1 || !f.shape().equals(y.values().shape())) {
      throw new IllegalArgumentException("Poisson: needs one output and one count an example, got "
          + f.shape() + " and " + y + ".");
    }
  }
}
