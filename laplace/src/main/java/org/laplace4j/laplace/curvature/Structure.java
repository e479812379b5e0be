package org.laplace4j.laplace.curvature;

import org.laplace4j.autodiff.ParameterSpace;

/**
 * What is kept of the curvature H = Σ g gᵀ over a space: all of it, its diagonal, Kronecker
 * factors. Anyone may write a structure: an accumulator that takes rows, and the curvature that it
 * ends in.
 */
public interface Structure {

  /** An empty sum over the given space. */
  CurvatureAccumulator accumulator(ParameterSpace space);

  /** Every entry of H: exact, Θ² numbers. */
  static Structure full() {
    return FullCurvature::accumulator;
  }

  /** The diagonal of H: Θ numbers. */
  static Structure diagonal() {
    return DiagonalCurvature::accumulator;
  }

  /** For each parameter B ⊗ A (KFAC): out² + in² numbers a weight. */
  static Structure kronecker() {
    return KroneckerCurvature::accumulator;
  }
}
