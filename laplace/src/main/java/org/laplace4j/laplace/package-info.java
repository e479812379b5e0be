/**
 * The Laplace approximation: from a trained network to a distribution over its weights.
 *
 * <p>What arrives: a model at its MAP weights θ*, the likelihood and the prior that it was trained
 * with, the data. What leaves: a {@link org.laplace4j.laplace.LaplacePosterior}, an immutable value
 * that gives samples, evidence and predictions.
 *
 * <pre>  p(θ | D) ≈ N(θ; θ*, P⁻¹)      P = H/T + P₀      H = Σₙ Jₙᵀ Λₙ Jₙ  </pre>
 *
 * <p>{@link org.laplace4j.laplace.Laplace} is the sentence that a user writes and the algorithm in
 * its {@code fit}; {@link org.laplace4j.laplace.LinearizedModel} is the model around θ*,
 * {@link org.laplace4j.laplace.WeightSamples} are draws θ* + M ε with M Mᵀ = P⁻¹.
 *
 * <p>Next: {@code subset} (which weights), {@code curvature} (H), {@code evidence} (which prior),
 * {@code predict}.
 */
package org.laplace4j.laplace;
