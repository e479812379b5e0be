/**
 * Prior and noise learnt while the network is trained, instead of afterwards.
 *
 * <p>What arrives: a model, a likelihood, a first prior, the data, a seed. What leaves: the model
 * at the weights of its best update, their posterior, and the path there
 * ({@link org.laplace4j.laplace.online.OnlineReport}).
 *
 * <pre>
 *   some epochs of     θ ← uphill in log p(D | θ, σ)/T + log p(θ | δ)
 *   then               (δ, σ) ← uphill in log p(D | δ, σ) ≈ the Laplace evidence at θ
 *   and, if asked for  T ← towards the smallest score of held-out examples
 * </pre>
 *
 * <p>{@link org.laplace4j.laplace.online.MarginalLikelihoodTrainer} is the loop, with the training
 * of {@code nn.train} and the tuners of {@code laplace.evidence};
 * {@link org.laplace4j.laplace.online.Pruning} says which weights the data have nothing to say of.
 *
 * <p>Next: {@code predict}, with the posterior that is in the report.
 */
package org.laplace4j.laplace.online;
