/**
 * What the outputs of a network mean: p(y | f), one likelihood a file.
 *
 * <p>What arrives: outputs f (B, C) and targets y. What leaves: log-densities (B) with all
 * constants, the score (B, C), and a root S (B, C, K) of the output Hessian.
 *
 * <pre>  score = ∂ log p(y | f)/∂f      Λ = S Sᵀ = E[score scoreᵀ | f] = −∂² log p(y | f)/∂f²
 * </pre>
 *
 * <p>The last equality holds where the outputs are natural parameters; the others say what they
 * take for Λ and why. Λ does not depend on y, but for a likelihood made from a log-density alone.
 * One object serves training (the score), curvature (S) and prediction (the link), so they cannot
 * disagree.
 *
 * <p>Next: {@code prior}, the other half of the posterior.
 */
package org.laplace4j.nn.likelihood;
