package org.laplace4j.laplace.predict;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.HeteroscedasticGaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * A way to predict with a posterior. The likelihood is in the type, so a probit link on a
 * regression does not compile; each has one type of result. Anyone may write one.
 *
 * @param <L> the likelihoods that it has a meaning for
 * @param <T> what it predicts
 */
public interface Predictive<L extends Likelihood, T> {

  /** The prediction for inputs x (B, …). */
  T predict(LaplacePosterior<? extends L> posterior, Tensor x);

  /** The distribution of the outputs f of the linearised network: f(θ*, x) and J P⁻¹ Jᵀ. */
  static OutputPredictive<Likelihood, OutputDistribution> outputs() {
    return (likelihood, f) -> f;
  }

  /** The linearised predictive of a regression: mean, epistemic and aleatoric covariance. */
  static OutputPredictive<Gaussian, NormalPrediction> linearized() {
    return new LinearizedPredictive();
  }

  /**
   * The linearised predictive of a regression whose noise comes from the network too: the mean and
   * the aleatoric variance at θ*, the epistemic covariance of the mean to first order.
   */
  static OutputPredictive<HeteroscedasticGaussian, NormalPrediction> heteroscedastic() {
    return new HeteroscedasticPredictive();
  }

  /** Class probabilities by the probit approximation of the linearised network. */
  static OutputPredictive<ClassLikelihood, ClassProbabilities> probit() {
    return new ProbitPredictive();
  }

  /**
   * Class probabilities as the mean of the link over {@code samples} draws of the linearised
   * network's outputs. They are the same draws in every call: rng gives their key.
   */
  static OutputPredictive<ClassLikelihood, ClassProbabilities> monteCarloProbabilities(
      int samples, RandomGenerator rng) {
    return new MonteCarloProbabilities(samples, rng.nextLong());
  }

  /**
   * The expectation of any function of the outputs of the linearised network at one input, by
   * {@code samples} draws with the same noise at every input and in every call: E h(f(x)).
   *
   * @param function h, from outputs (B, C) to a tensor whose rows depend on the same rows of them
   */
  static OutputPredictive<Likelihood, Tensor> expectation(
      UnaryOperator<Tensor> function, int samples, RandomGenerator rng) {
    return new MonteCarloExpectation(function, samples, rng.nextLong());
  }

  /**
   * Draws of the outputs of the linearised network, without noise of the targets, (S, B, C). Each
   * uses the same noise at every input and in every call: for draws that are correlated as the
   * posterior says, draw from {@link #jointOutputs}.
   */
  static OutputPredictive<Likelihood, Tensor> monteCarloOutputs(int samples, RandomGenerator rng) {
    OutputDraws.checkSamples("Predictive.monteCarloOutputs", samples);
    long key = rng.nextLong();
    return (likelihood, f) -> {
      OutputDraws draws = new OutputDraws(f, key);
      return Tensor.concat(
          0,
          Stream.generate(draws::next)
              .limit(samples)
              .map(draw -> draw.reshape(draw.shape().prepend(1)))
              .toList());
    };
  }

  /**
   * The uncertainty of the class at each input, its aleatoric and its epistemic part, by
   * {@code samples} draws of the linearised network's outputs.
   */
  static OutputPredictive<ClassLikelihood, ClassUncertainty> uncertainty(
      int samples, RandomGenerator rng) {
    return new MonteCarloUncertainty(samples, rng.nextLong());
  }

  /**
   * The mean and the variance of one output of the linearised network and their gradients in x.
   *
   * @param output which of the C outputs
   */
  static Predictive<Likelihood, OutputGradients> gradients(int output) {
    return new LinearizedGradients(output);
  }

  /**
   * Class probabilities as the mean over {@code samples} networks whose weights are drawn, without
   * linearising. They are the same draws in every call: rng gives their key.
   */
  static Predictive<ClassLikelihood, ClassProbabilities> sampledNetworkProbabilities(
      int samples, RandomGenerator rng) {
    return new SampledNetworkProbabilities(samples, rng.nextLong());
  }

  /**
   * The outputs f(θ_s, x) of {@code samples} networks whose weights are drawn, without linearising
   * and without noise of the targets, (S, B, C). They are the same draws in every call, those of
   * {@link LaplacePosterior#samples}: rng gives their key. So each is one function of x, with the
   * posterior's correlation between inputs.
   */
  static Predictive<Likelihood, Tensor> sampledNetworkOutputs(int samples, RandomGenerator rng) {
    return new SampledNetworkOutputs(samples, rng.nextLong());
  }

  /** Class probabilities of the network at θ* alone: what it says without a posterior. */
  static Predictive<ClassLikelihood, ClassProbabilities> mapProbabilities() {
    return (posterior, x) ->
        ClassProbabilities.of(posterior.likelihood(), posterior.model().outputs(x));
  }

  /**
   * The joint distribution of the outputs of the linearised network at all inputs together; memory
   * grows with the square of their number.
   */
  static Predictive<Likelihood, JointOutputs> jointOutputs() {
    return (posterior, x) -> posterior
        .model()
        .whole(x, (f, j) -> new JointOutputs(f, posterior.precision().inverseQuadratic(j)));
  }

  /** A Dirichlet distribution over class probabilities by the Laplace bridge. */
  static OutputPredictive<ClassLikelihood, DirichletPrediction> laplaceBridge() {
    return new LaplaceBridge(false);
  }

  /** The Laplace bridge with logits rescaled by their mean variance first. */
  static OutputPredictive<ClassLikelihood, DirichletPrediction> normalizedLaplaceBridge() {
    return new LaplaceBridge(true);
  }

  /**
   * Class probabilities by the probit approximation of pairs of logits, with their marginal (order
   * 1) or joint (order 2) variances.
   */
  static OutputPredictive<ClassLikelihood, ClassProbabilities> meanField(int order) {
    return new MeanFieldPredictive(order);
  }
}
