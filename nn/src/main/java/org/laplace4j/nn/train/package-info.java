/**
 * From data to MAP weights.
 *
 * <p>What arrives: a model, a likelihood, a prior, examples, a seed. What leaves: the model's
 * parameters at θ*, and a {@link org.laplace4j.nn.train.TrainingReport} of how they came there.
 *
 * <pre>
 *   θ ← Descent.step(θ, −∇J_b(θ)),      J_b(θ) = (1/|b|) Σ_{n∈b} log p(yₙ | fₙ) + (1/N) log p(θ)
 * </pre>
 *
 * <p>{@link org.laplace4j.nn.train.MapTrainer} is the loop; the objective and its gradient are in
 * {@code MapObjective}, one recorded forward pass and one reverse sweep a batch. An
 * {@link org.laplace4j.nn.train.Optimizer} describes a rule of descent, a
 * {@link org.laplace4j.nn.train.Descent} is one run of it.
 *
 * <p>Next: the Laplace approximation, which asks how sharp the maximum is.
 */
package org.laplace4j.nn.train;
