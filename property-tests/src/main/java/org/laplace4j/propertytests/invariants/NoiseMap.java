package org.laplace4j.propertytests.invariants;

/** θ = μ + M ε with ε standard normal: the M of a sampler. */
public interface NoiseMap {

  /** The length of ε, at least Θ. */
  int size();

  /** M ε, (Θ). */
  double[] times(double[] noise);
}
