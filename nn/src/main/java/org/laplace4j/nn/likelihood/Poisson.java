package org.laplace4j.nn.likelihood;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;

/**
 * Counts y with rate eᶠ, one or several an example, independent given f.
 *
 * <pre>
 *   log p(y | f) = Σ_c (y_c f_c − e^f_c − log y_c!)        score = y − eᶠ
 *   Λ = diag(eᶠ) = S Sᵀ  with  S = diag(e^(f/2))
 * </pre>
 *
 * <p>The counts are given as real targets (B, C); they are checked to be integers of at least 0.
 */
public record Poisson() implements Likelihood {

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    Tensor counts = y.values();
    Tensor logFactorials =
        Tensor.adopt(counts.shape(), Arrays.map(counts.array(), n -> LogGamma.at(n + 1)));
    return counts.times(f).minus(f.exp()).minus(logFactorials).sum(false, -1);
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    return y.values().minus(f.exp());
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    return DiagonalRoot.written(root(f));
  }

  @Override
  public Optional<OutputRoots> outputRoots(Tensor f, Targets y) {
    return Optional.of(root(f));
  }

  private static OutputRoots root(Tensor f) {
    double[] logRate = f.array();
    return DiagonalRoot.of(f.shape(), i -> Math.exp(logRate[i] / 2));
  }

  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    double[] counts = Arrays.map(f.array(), logRate -> PoissonDraw.of(Math.exp(logRate), rng));
    return Targets.values(Tensor.adopt(f.shape(), counts));
  }

  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.outputs("Poisson", f, y);
    LikelihoodChecks.values("Poisson", f, y);
    double[] counts = y.values().array();
    int outputs = f.shape().dim(1);
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0 || counts[i] != Math.rint(counts[i])) {
        throw new IllegalArgumentException(
            "Poisson: target " + i % outputs + " of example " + i / outputs + " is " + counts[i]
                + "; counts are 0, 1, 2, …: for other values use another likelihood.");
      }
    }
  }
}
