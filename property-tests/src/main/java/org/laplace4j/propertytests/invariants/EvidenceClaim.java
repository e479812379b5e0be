package org.laplace4j.propertytests.invariants;

import java.util.function.ToDoubleFunction;

/**
 * A log evidence, and what it is the integral of.
 *
 * <pre>
 *   log p(D) = log ∫ exp ψ(θ) dθ,   ψ(θ) = log p(D | θ) + log p(θ), a quadratic around μ with Hessian −P
 * </pre>
 *
 * @param logEvidence log p(D) as the subject states it
 * @param logJoint ψ
 */
public record EvidenceClaim(double logEvidence, ToDoubleFunction<double[]> logJoint) {}
