/**
 * How sharply the likelihood falls off around θ*.
 *
 * <p>What arrives: the outputs f (B, C) of the network and their targets, batch by batch. What
 * leaves: a {@link org.laplace4j.laplace.curvature.Curvature} H, which with prior precisions δ
 * becomes the operator P.
 *
 * <pre>  H = Σₙₖ gₙₖ gₙₖᵀ      gₙₖ = Jₙᵀ sₙₖ      P = H/T + diag(δ)  </pre>
 *
 * <p>Two choices that know nothing of each other: a
 * {@link org.laplace4j.laplace.curvature.CurvatureSource} says which columns s are pulled back
 * (roots of Λ, or scores), a {@link org.laplace4j.laplace.curvature.Structure} what is kept of the
 * g's (every entry, the diagonal, a Kronecker product a parameter). Between them stand
 * {@link org.laplace4j.laplace.curvature.GradientRows}, structured rows that are not multiplied
 * out.
 *
 * <p>Next: {@code evidence}, which prior fits this curvature.
 */
package org.laplace4j.laplace.curvature;
