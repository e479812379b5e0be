package org.laplace4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.online.MarginalLikelihoodTrainer;
import org.laplace4j.laplace.online.OnlineReport;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.Adam;

/** The phases of one posterior of a workload, through the library's public interface. */
final class PosteriorPhases<L extends Likelihood> {
  /** Test points whose outputs are predicted jointly. */
  private static final int JOINT = 16;

  /** Steps uphill of each update in training by the marginal likelihood. */
  private static final int HYPER_STEPS = 10;

  /** The seed of all draws. */
  private static final long SEED = 1;

  private final Workload workload;
  private final Variant variant;
  private final L likelihood;
  private final BiFunction<LaplacePosterior<L>, Tensor, ?> predict;
  private final BiFunction<LaplacePosterior<L>, Tensor, ?> sampled;

  private PosteriorPhases(
      Workload workload,
      Variant variant,
      L likelihood,
      BiFunction<LaplacePosterior<L>, Tensor, ?> predict,
      BiFunction<LaplacePosterior<L>, Tensor, ?> sampled) {
    this.workload = workload;
    this.variant = variant;
    this.likelihood = likelihood;
    this.predict = predict;
    this.sampled = sampled;
  }

  static PosteriorPhases<?> of(Workload workload, Variant variant) {
    return workload.isClassification()
        ? new PosteriorPhases<>(
            workload,
            variant,
            new Categorical(),
            (posterior, x) -> posterior.predict(x, Predictive.probit()),
            (posterior, x) -> posterior.predict(
                x, Predictive.sampledNetworkProbabilities(variant.draws(), rng())))
        : new PosteriorPhases<>(
            workload,
            variant,
            Gaussian.of(workload.sigma()),
            (posterior, x) -> posterior.predict(x, Predictive.linearized()),
            (posterior, x) ->
                posterior.predict(x, Predictive.sampledNetworkOutputs(variant.draws(), rng())));
  }

  private static RandomGenerator rng() {
    return new SplittableRandom(SEED);
  }

  /** A fit as it is timed. */
  Supplier<LaplacePosterior<L>> fit() {
    Module network = workload.network(workload.trained());
    variant.freeze(network);
    var data = workload.first(variant.examples());
    return () -> Laplace.of(network, likelihood)
        .over(variant.random())
        .structure(variant.kept())
        .prior(prior())
        .fit(data);
  }

  List<Phase> phases() {
    List<Phase> phases = new ArrayList<>(new Posterior(fit()).phases());
    variant
        .onlineEpochs()
        .ifPresent(epochs ->
            phases.add(Phase.of("marglik_training", variant.examples(), () -> online(epochs))));
    return phases;
  }

  /** From the first weights, with an update of a precision for each tensor after every epoch. */
  private OnlineReport<L> online(int epochs) {
    Module network = workload.network(workload.initial());
    variant.freeze(network);
    return MarginalLikelihoodTrainer.of(network, likelihood)
        .prior(prior())
        .structure(variant.kept())
        .tuner(Tuner.marginalLikelihood().layerwisePrior().steps(HYPER_STEPS))
        .optimizer(Adam.of(workload.learningRate()))
        .batchSize(workload.batchSize())
        .epochs(epochs)
        .train(workload.first(variant.examples()), new SplittableRandom(SEED));
  }

  private Prior prior() {
    return Prior.isotropic(workload.priorPrecision());
  }

  /** The phases after the fit share its posterior, which is made when the first of them runs. */
  private final class Posterior {
    private final Supplier<LaplacePosterior<L>> fit;
    private LaplacePosterior<L> fitted;
    private List<Rows> rows;

    Posterior(Supplier<LaplacePosterior<L>> fit) {
      this.fit = fit;
    }

    List<Phase> phases() {
      Tensor x = workload.test();
      int points = x.shape().dim(0);
      int joint = Math.min(JOINT, points);
      int draws = variant.draws();
      List<Phase> phases = new ArrayList<>();
      phases.add(Phase.of("fit", variant.examples(), () -> fitted = fit.get()));
      phases.add(Phase.of("marglik", 1, () -> fitted.withPrior(prior()).evidence()));
      phases.add(Phase.of(
          "optimize_prior", 1, () -> fitted.tune(Tuner.marginalLikelihood().isotropicPrior())));
      phases.add(Phase.of("jacobians", points, () -> rows = jacobians(x)));
      phases.add(Phase.of("functional_variance", points, this::variances));
      phases.add(Phase.of("predict_glm", points, () -> predict.apply(fitted, x)));
      phases.add(Phase.of("predict_nn", points, () -> sampled(x)));
      phases.add(Phase.of("sample", draws, () -> sampleSum(draws)));
      phases.add(Phase.of(
          "joint", joint, () -> fitted.predict(x.slice(0, 0, joint), Predictive.jointOutputs())));
      return phases;
    }

    private List<Rows> jacobians(Tensor x) {
      return fitted.model().chunked(x, (f, j) -> j);
    }

    private List<Matrix> variances() {
      return rows.stream()
          .map(j -> fitted.precision().inverseQuadraticBlocks(j))
          .toList();
    }

    /** Networks whose weights are drawn; every point sees the same draws. */
    private Object sampled(Tensor x) {
      rows = List.of(); // not needed any more, and not to be in the way of the heap's peak
      return sampled.apply(fitted, x);
    }

    /** All draws, some at a time. */
    private double sampleSum(int draws) {
      double[] sum = new double[1];
      fitted.samples(draws, rng()).forEachChunk((from, some) -> sum[0] += some.get(0, 0));
      return sum[0];
    }
  }
}
