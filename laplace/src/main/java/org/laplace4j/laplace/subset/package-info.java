/**
 * Which weights are random.
 *
 * <p>What arrives: a model, and the data. What leaves: a {@link org.laplace4j.autodiff.WeightMask},
 * which together with what is trainable makes the space R^Θ of everything that follows.
 *
 * <pre>  R^Θ = selected ∩ trainable  </pre>
 *
 * <p>A {@link org.laplace4j.laplace.subset.WeightSubset} is a rule that gives a mask: all weights,
 * those of the last layer, those of some names, the largest ones, or a mask that is already there.
 * Nothing downstream knows which rule it was.
 *
 * <p>Next: {@code curvature}, how sharp the posterior is in these directions.
 */
package org.laplace4j.laplace.subset;
