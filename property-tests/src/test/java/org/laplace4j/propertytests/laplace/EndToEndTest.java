package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.evidence.Tuned;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.Adam;
import org.laplace4j.nn.train.MapTrainer;
import org.laplace4j.propertytests.linalg.Draws;

/**
 * From data to a tuned prediction, on a trained network, against dense algebra; with either
 * kernels.
 */
@Tag("scalar")
class EndToEndTest {
  private static final int EXAMPLES = 60;

  /** Trained networks have curvatures up to 1e4 beside priors down to 1e-3. */
  private static final double ROUNDING = 1e-7;

  @ParameterizedTest
  @EnumSource(Form.class)
  void aClassifierGetsLessSureAwayFromItsData(Form form) {
    Problem<Bernoulli> problem = trained(form, new Bernoulli());
    Tuned<Bernoulli> tuned = problem.fit().tune(Tuner.marginalLikelihood());
    assertAgrees(problem, tuned);

    Tensor away = Tensor.of(Shape.of(1, 2), 9, -9);
    LaplacePosterior<Bernoulli> posterior = tuned.posterior();
    double map = posterior.predict(away, Predictive.mapProbabilities()).entropies()[0];
    assertThat(posterior.predict(away, Predictive.probit()).entropies()[0]).isGreaterThan(map);
    // On the training data the classes of both agree, and are mostly right.
    int[] labels = posterior.predict(problem.x(), Predictive.probit()).labels();
    assertThat(labels)
        .isEqualTo(posterior.predict(problem.x(), Predictive.mapProbabilities()).labels());
    int right = 0;
    for (int n = 0; n < EXAMPLES; n++) {
      right += labels[n] == problem.y().label(n) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(EXAMPLES * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void aRegressionKnowsWhereItHasSeenNothing(Form form) {
    Problem<Gaussian> problem = trained(form, Gaussian.of(0.2));
    Tuned<Gaussian> tuned = problem.fit().tune(Tuner.marginalLikelihood().andNoise());
    LaplacePosterior<Gaussian> posterior = tuned.posterior();
    assertAgrees(problem.with(posterior.likelihood()), tuned);

    NormalPrediction near =
        posterior.predict(Tensor.zeros(Shape.of(1, 2)), Predictive.linearized());
    NormalPrediction away =
        posterior.predict(Tensor.of(Shape.of(1, 2), 9, -9), Predictive.linearized());
    assertThat(away.epistemicVariances().item())
        .isGreaterThan(10 * near.epistemicVariances().item());
    // The noise that was put in is found to a quarter, with 60 examples.
    assertThat(posterior.likelihood().sigma()[0]).isCloseTo(0.2, within(0.05));
  }

  /** What the library says of a tuned posterior, against the oracle with the same prior. */
  private static <L extends Likelihood> void assertAgrees(Problem<L> problem, Tuned<L> tuned) {
    LaplacePosterior<L> posterior = tuned.posterior();
    DenseLaplace dense = new DenseLaplace(problem.with(posterior.prior()));
    assertThat(tuned.report().after()).isGreaterThan(tuned.report().before());
    double evidence = dense.logEvidence();
    assertThat(posterior.evidence().logMarginalLikelihood())
        .isCloseTo(evidence, within(ROUNDING * Math.abs(evidence)));
    Tensor x = problem.newInputs(5);
    assertClose(
        posterior.predict(x, Predictive.outputs()).variances().array(),
        dense.outputCovariance(x).diagonal(),
        ROUNDING);
  }

  /** Two features, of which a wave decides: 2 → 6 → 1 units, trained to the mode. */
  private static <L extends Likelihood> Problem<L> trained(Form form, L likelihood) {
    SplittableRandom rng = new SplittableRandom(3);
    List<WatchedLinear> layers =
        List.of(WatchedLinear.random(2, 6, rng), WatchedLinear.random(6, 1, rng));
    List<Module> modules = new ArrayList<>(layers);
    modules.add(1, Activation.tanh());
    Network network = new Network(Sequential.of(modules), layers);
    Tensor x = ProblemMarket.inputs(EXAMPLES, 2, rng);
    Targets y = targets(x, likelihood, rng);
    MapTrainer.of(network.module(), likelihood)
        .prior(Prior.isotropic(0.1))
        .optimizer(Adam.of(0.03))
        .epochs(150)
        .train(Dataset.of(x, y), rng);
    return new Problem<>(
        network,
        ParameterSpace.of(network.module()),
        WeightMask.all(network.module().parameters().values()),
        likelihood,
        x,
        y,
        form,
        CurvatureSource.ggn(),
        Prior.isotropic(0.1),
        1,
        25,
        7);
  }

  private static Targets targets(Tensor x, Likelihood likelihood, SplittableRandom rng) {
    double[] noise = Draws.normal(EXAMPLES, rng);
    double[] values = new double[EXAMPLES];
    int[] labels = new int[EXAMPLES];
    for (int n = 0; n < EXAMPLES; n++) {
      double wave = Math.tanh(2 * x.get(n, 0)) - x.get(n, 1) / 2;
      values[n] = wave + 0.2 * noise[n];
      labels[n] = wave > 0 ? 1 : 0;
    }
    return likelihood instanceof Gaussian
        ? Targets.values(Tensor.of(Shape.of(EXAMPLES, 1), values))
        : Targets.labels(labels);
  }
}
