/**
 * How probable the data are under the model with its prior, and the prior for which that is most.
 *
 * <p>What arrives: a {@link org.laplace4j.laplace.LaplacePosterior}. What leaves: its log evidence
 * term by term, gradients in closed form, and a posterior with tuned precisions and noise.
 *
 * <pre>
 *   log p(D) ≈ log p(D | θ*)/T − ½ (θ* − μ)ᵀ P₀ (θ* − μ) − ½ log (det P / det P₀)
 *   ∂ log p(D) / ∂ log δᵢ = ½ (1 − δᵢ (P⁻¹)ᵢᵢ − δᵢ (θ*ᵢ − μᵢ)²)
 * </pre>
 *
 * <p>{@link org.laplace4j.laplace.evidence.MarginalLikelihood} climbs by these gradients; the data
 * are not needed again, since only the prior, or a shared noise, changes; noises of single outputs
 * take one pass an output ({@link org.laplace4j.laplace.NoisePerOutput}).
 *
 * <p>P is that of a structure, and so is this evidence. How far it is from that of the whole
 * curvature is estimated by {@link org.laplace4j.laplace.WholeEvidence}.
 *
 * <p>{@code online} does this while the network is trained.
 *
 * <p>Next: {@code predict}, what the posterior says of new inputs.
 */
package org.laplace4j.laplace.evidence;
