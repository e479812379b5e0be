/**
 * Networks, and what is needed to train one: modules, data, likelihoods, priors, the MAP trainer.
 *
 * <p>What arrives: examples, as a {@link org.laplace4j.nn.Dataset} of inputs x (B, …) and
 * {@link org.laplace4j.nn.Targets} y. What leaves: a {@link org.laplace4j.nn.Module} at the mode of
 * its posterior.
 *
 * <pre>
 *   θ* = argmax over θ ∈ R^Θ of  log p(D | θ) + log p(θ),     log p(D | θ) = Σₙ log p(yₙ | f(θ, xₙ))
 * </pre>
 *
 * <p>A module is f, a {@link org.laplace4j.nn.likelihood.Likelihood} is p(y | f), a
 * {@link org.laplace4j.nn.prior.Prior} is p(θ). All three go on, unchanged, into the Laplace
 * approximation around θ*.
 *
 * <p>Next: {@code layer} (f), {@code likelihood}, {@code prior}, {@code train}.
 */
package org.laplace4j.nn;
