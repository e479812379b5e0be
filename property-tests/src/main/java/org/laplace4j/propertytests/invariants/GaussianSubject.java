package org.laplace4j.propertytests.invariants;

import java.util.Optional;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;

/**
 * N(μ, C) over R^Θ with a sampler, as the kit sees it. Mean and draws are owed; whatever else is
 * given is checked too. Anyone may write one: of this library's posteriors it is a
 * {@link LaplaceSubject}.
 */
public interface GaussianSubject {

  /** μ, (Θ). */
  double[] mean();

  /** Draw {@code index} = 0, 1, … of the stream that a seed starts, (Θ). */
  double[] draw(long seed, int index);

  /** P = C⁻¹ as the subject states it, (Θ, Θ). */
  default Optional<Matrix> precision() {
    return covariance().map(c -> new Cholesky(c).inverse());
  }

  /** C as the subject states it, (Θ, Θ), for one that has no precision. */
  default Optional<Matrix> covariance() {
    return Optional.empty();
  }

  /** The diagonal of C as the subject states it, (Θ). */
  default Optional<double[]> variances() {
    return Optional.empty();
  }

  /**
   * The map that turns standard normal noise into draws: with it the covariance is checked exactly.
   */
  default Optional<NoiseMap> noiseMap() {
    return Optional.empty();
  }

  /** Many draws at once. */
  default Optional<Batches> batches() {
    return Optional.empty();
  }

  /** The entries that are not random, for a posterior over a part of some weights. */
  default Optional<FrozenEntries> frozenEntries() {
    return Optional.empty();
  }

  /** δ, the diagonal precision of the prior, (Θ). */
  default Optional<double[]> priorPrecisions() {
    return Optional.empty();
  }

  /** What the subject says its evidence is. */
  default Optional<EvidenceClaim> evidence() {
    return Optional.empty();
  }

  /** What the subject says of linear functions of θ, as a linearised network's outputs are. */
  default Optional<PredictiveClaim> predictive() {
    return Optional.empty();
  }
}
