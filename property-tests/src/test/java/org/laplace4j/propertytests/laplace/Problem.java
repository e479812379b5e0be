package org.laplace4j.propertytests.laplace;

import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.MonteCarloFisher;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/**
 * Everything that a Laplace approximation is made of.
 *
 * @param whole all elements of the network, made before any was frozen
 * @param mask the random ones
 * @param seed what {@link #rng} starts from
 */
record Problem<L extends Likelihood>(
    Network network,
    ParameterSpace whole,
    WeightMask mask,
    L likelihood,
    Tensor x,
    Targets y,
    Form form,
    CurvatureSource source,
    Prior prior,
    double temperature,
    int batchSize,
    long seed) {

  LaplacePosterior<L> fit() {
    return fit(data());
  }

  LaplacePosterior<L> fit(Dataset data) {
    return fit(WeightSubset.of(mask), data);
  }

  LaplacePosterior<L> fit(WeightSubset subset, Dataset data) {
    return Laplace.of(network.module(), likelihood)
        .over(subset)
        .structure(form.structure())
        .curvature(source)
        .prior(prior)
        .temperature(temperature)
        .fit(data);
  }

  Dataset data() {
    return Dataset.of(x, y, batchSize);
  }

  /** The examples from {@code from} (inclusive) to {@code to} (exclusive). */
  Dataset data(int from, int to) {
    int[] chosen = java.util.stream.IntStream.range(from, to).toArray();
    return data().select(chosen);
  }

  /** Whether the curvature depends on the number of an example in the data. */
  boolean drawsTargets() {
    return source instanceof MonteCarloFisher;
  }

  ParameterSpace space() {
    return ParameterSpace.of(network.module(), mask);
  }

  /** Numbers that belong to this problem: the same at each call. */
  RandomGenerator rng() {
    return new java.util.SplittableRandom(seed);
  }

  /** Inputs that the network has not seen, {@code count} of them. */
  Tensor newInputs(int count) {
    return ProblemMarket.inputs(count, x.shape().dim(1), rng());
  }

  /** Moves the network's random elements to θ. */
  void moveTo(double[] theta) {
    space().scatter(theta, Weights.of(network.module())).store();
  }

  /** Freezes the elements that are not random, so that the trainable ones are. */
  void freezeTheOthers() {
    network.module().parameters().values().forEach(p -> p.setTrainable(mask.get(p)));
  }

  Problem<L> with(Form other) {
    return new Problem<>(
        network, whole, mask, likelihood, x, y, other, source, prior, temperature, batchSize, seed);
  }

  Problem<L> with(Prior other) {
    return new Problem<>(
        network, whole, mask, likelihood, x, y, form, source, other, temperature, batchSize, seed);
  }

  Problem<L> with(L other) {
    return withLikelihood(other, y);
  }

  <K extends Likelihood> Problem<K> withLikelihood(K other, Targets targets) {
    return new Problem<>(
        network, whole, mask, other, x, targets, form, source, prior, temperature, batchSize, seed);
  }

  Problem<L> with(CurvatureSource other) {
    return new Problem<>(
        network, whole, mask, likelihood, x, y, form, other, prior, temperature, batchSize, seed);
  }

  /** The same of other examples. */
  Problem<L> of(Tensor inputs, Targets targets) {
    return new Problem<>(
        network,
        whole,
        mask,
        likelihood,
        inputs,
        targets,
        form,
        source,
        prior,
        temperature,
        batchSize,
        seed);
  }

  /** The same at another temperature. */
  Problem<L> at(double other) {
    return new Problem<>(
        network, whole, mask, likelihood, x, y, form, source, prior, other, batchSize, seed);
  }

  @Override
  public String toString() {
    return "seed " + seed + ": " + network + ", " + mask.count() + " of " + whole.size()
        + " elements, " + likelihood + ", " + y + " in batches of " + batchSize + ", " + form + ", "
        + source + ", " + prior + ", T = " + temperature;
  }
}
