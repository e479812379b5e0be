package org.laplace4j.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

class MapTrainerTest {
  /** (x, y) = (1, 1), (2, 2). */
  private static final Dataset LINE = regression(new double[] {1, 2}, 1, 2);

  private static Dataset regression(double[] x, double... y) {
    return Dataset.of(
        Tensor.of(Shape.of(x.length, 1), x), Targets.values(Tensor.of(Shape.of(y.length, 1), y)));
  }

  /** f = w x, with the bias frozen at 0. */
  private static Linear slope(double w) {
    Linear layer = Linear.of(Tensor.of(Shape.of(1, 1), w), Tensor.vector(0));
    layer.bias().freeze();
    return layer;
  }

  private static double[] bits(Model<Tensor> model) {
    return model.parameters().values().stream()
        .map(Parameter::value)
        .flatMapToDouble(value -> Arrays.stream(value.array()))
        .toArray();
  }

  private static SplittableRandom rng() {
    return new SplittableRandom(1);
  }

  /** w = Σxy/(Σx² + δσ²) = 5/(5 + 5) = ½. */
  @Test
  void reachesTheRidgeEstimate() {
    Linear layer = slope(3);
    TrainingReport report = MapTrainer.of(layer, Gaussian.of(1))
        .prior(Prior.isotropic(5))
        .optimizer(Sgd.of(0.1))
        .epochs(100)
        .batchSize(2)
        .train(LINE, rng());
    // The error shrinks by 1 − η (Σx² + δ)/N = ½ an epoch: to nothing but rounding.
    assertThat(layer.weight().value().item()).isCloseTo(0.5, within(1e-15));
    assertThat(report.gradientNorm()).isLessThan(1e-14);
    // −½ (½² + 1²)/2 − ½ log 2π of the likelihood, ½ · ½ (log 5 − 5/4 − log 2π) of the prior.
    double logTwoPi = Math.log(2 * Math.PI);
    assertThat(report.objective())
        .isCloseTo(
            -0.5 * (1.25 / 2 + logTwoPi) + 0.25 * (Math.log(5) - 1.25 - logTwoPi), within(1e-14));
    assertThat(report.epochs()).hasSize(100);
    assertThat(report.bestEpoch()).isEqualTo(100);
    assertThat(report.stoppedEarly()).isFalse();
  }

  /**
   * The prior's mean pulls: w = (Σxy + δ μ)/(Σx² + δ) = (5 + 5 · 3)/10 = 2; with σ = 2, (5/4 +
   * 15)/(5/4 + 5) = 2.6.
   */
  @Test
  void noiseAndPriorMeanEnterTheEstimate() {
    for (double[] sigmaAndEstimate : new double[][] {{1, 2}, {2, 2.6}}) {
      Linear layer = slope(0);
      MapTrainer.of(layer, Gaussian.of(sigmaAndEstimate[0]))
          .prior(Prior.isotropic(5).around(3))
          .optimizer(Sgd.of(0.1))
          .epochs(300)
          .train(LINE, rng());
      assertThat(layer.weight().value().item()).isCloseTo(sigmaAndEstimate[1], within(1e-14));
    }
  }

  /** Steps of single examples disagree, but their rates go to 0. */
  @Test
  void batchesOfOneReachTheSameEstimate() {
    Linear layer = slope(0);
    MapTrainer.of(layer, Gaussian.of(1))
        .prior(Prior.isotropic(5))
        .optimizer(Sgd.of(0.05).withSchedule(Schedule.cosine()))
        .epochs(200)
        .batchSize(1)
        .train(LINE, rng());
    assertThat(layer.weight().value().item()).isCloseTo(0.5, within(1e-3));
  }

  /** The gradient at w = 0 is −(1 + 4)/2; cut to length 1, the first step is the rate. */
  @Test
  void clippingLimitsTheStep() {
    Linear layer = slope(0);
    MapTrainer.of(layer, Gaussian.of(1))
        .optimizer(Sgd.of(0.125))
        .clipNorm(1)
        .epochs(1)
        .train(LINE, rng());
    assertThat(layer.weight().value().item()).isCloseTo(0.125, within(1e-16));
  }

  /** An optimiser of one's own, which stays where it is and writes down when it was asked. */
  @Test
  void theOptimiserIsToldTheProgressOfTheWholeTraining() {
    List<Double> told = new ArrayList<>();
    Optimizer still = size -> (theta, gradient, progress) -> {
      told.add(progress);
      return theta.clone();
    };
    Linear layer = slope(3);
    MapTrainer.of(layer, Gaussian.of(1)).optimizer(still).epochs(2).batchSize(1).train(LINE, rng());
    assertThat(told).containsExactly(0.0, 0.25, 0.5, 0.75);
    assertThat(layer.weight().value().item()).isEqualTo(3);
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    List<double[]> results = new ArrayList<>();
    for (int seed : new int[] {5, 5, 6}) {
      Sequential net = Sequential.mlp(Activation.tanh(), new SplittableRandom(1), 2, 5, 3);
      MapTrainer.of(net, new Categorical())
          .epochs(3)
          .batchSize(4)
          .train(blobs(), new SplittableRandom(seed));
      results.add(bits(net));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isNotEqualTo(results.get(0));
  }

  private static Dataset blobs() {
    SplittableRandom rng = new SplittableRandom(2);
    int[] labels = new int[30];
    double[] x = new double[60];
    for (int n = 0; n < 30; n++) {
      labels[n] = n % 3;
      x[2 * n] = labels[n] + rng.nextGaussian();
      x[2 * n + 1] = -labels[n] + rng.nextGaussian();
    }
    return Dataset.of(Tensor.of(Shape.of(30, 2), x), Targets.labels(labels));
  }

  /** Training pulls w up to 1, validation wants −1: every epoch after the first is worse. */
  @Test
  void stopsEarlyAndKeepsTheBestWeights() {
    Linear once = slope(0);
    MapTrainer.of(once, Gaussian.of(1)).optimizer(Sgd.of(0.05)).epochs(1).train(LINE, rng());
    Linear stopped = slope(0);
    TrainingReport report = MapTrainer.of(stopped, Gaussian.of(1))
        .optimizer(Sgd.of(0.05))
        .epochs(50)
        .validation(regression(new double[] {1, 2}, -1, -2))
        .patience(3)
        .train(LINE, rng());
    assertThat(report.epochs()).hasSize(4);
    assertThat(report.bestEpoch()).isEqualTo(1);
    assertThat(report.stoppedEarly()).isTrue();
    assertThat(bits(stopped)).isEqualTo(bits(once));
    // w = 0.05 · 5/2 = 1/8 after one epoch, at residuals 1 + 1/8 and twice that: NLL ½ (5 (9/8)²/2
    // + log 2π).
    assertThat(report.epochs().get(0).validationNll().getAsDouble())
        .isCloseTo(0.5 * (2.5 * 81 / 64 + Math.log(2 * Math.PI)), within(1e-14));
  }

  @Test
  void validationWithoutPatienceRunsOnAndKeepsTheBestWeights() {
    Linear layer = slope(0);
    TrainingReport report = MapTrainer.of(layer, Gaussian.of(1))
        .optimizer(Sgd.of(0.05))
        .epochs(6)
        .validation(regression(new double[] {1, 2}, -1, -2))
        .train(LINE, rng());
    assertThat(report.epochs()).hasSize(6);
    assertThat(report.bestEpoch()).isEqualTo(1);
    assertThat(report.stoppedEarly()).isFalse();
    assertThat(layer.weight().value().item()).isCloseTo(0.125, within(1e-15));
  }

  @Test
  void tellsTheListenerOfEachStep() {
    List<Progress> seen = new ArrayList<>();
    TrainingReport report = MapTrainer.of(slope(0), Gaussian.of(1))
        .optimizer(Sgd.of(0.01))
        .epochs(3)
        .batchSize(1)
        .validation(LINE)
        .listener(seen::add)
        .train(LINE, rng());
    assertThat(seen).hasSize(6);
    assertThat(seen.stream().map(Progress::batch)).containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(seen.get(0).validationNll()).isEmpty();
    assertThat(seen.get(0).endsEpoch()).isFalse();
    assertThat(seen.get(0).fraction()).isEqualTo(1 / 6.0);
    assertThat(seen.get(1).validationNll()).isEqualTo(report.epochs().get(0).validationNll());
    assertThat(seen.get(1).objective()).isEqualTo(report.epochs().get(0).objective());
    assertThat(seen.get(5).fraction()).isEqualTo(1);
    assertThat(seen.get(5).endsEpoch()).isTrue();
  }

  @Test
  void aListenerThatThrowsEndsTrainingAndChangesNothing() {
    Linear layer = slope(3);
    MapTrainer trainer = MapTrainer.of(layer, Gaussian.of(1)).listener(progress -> {
      throw new IllegalStateException("enough");
    });
    assertThatThrownBy(() -> trainer.train(LINE, rng())).hasMessage("enough");
    assertThat(layer.weight().value().item()).isEqualTo(3);
  }

  @Test
  void anObjectiveThatDivergesIsAnErrorAndChangesNothing() {
    Linear layer = slope(3);
    MapTrainer trainer =
        MapTrainer.of(layer, Gaussian.of(1)).optimizer(Sgd.of(1e30)).batchSize(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.train(LINE, rng()))
        .withMessageMatching(".* became (NaN|-?Infinity) at epoch \\d+ of 100, batch [12] of 2;.*");
    assertThat(layer.weight().value().item()).isEqualTo(3);
  }

  /** One step to about 10²⁰⁰, where the objective overflows, though the weight does not. */
  @Test
  void divergingAtTheLastStepIsAnErrorToo() {
    Linear layer = slope(3);
    MapTrainer trainer =
        MapTrainer.of(layer, Gaussian.of(1)).optimizer(Sgd.of(1e200)).epochs(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.train(LINE, rng()))
        .withMessageContaining("after epoch 1");
    assertThat(layer.weight().value().item()).isEqualTo(3);
  }

  @Test
  void targetsThatDoNotFitAreFoundBeforeTrainingWithTheNumberOfTheExample() {
    Dataset data =
        Dataset.of(Tensor.zeros(Shape.of(3, 2)), Targets.labels(0, 1, 7)).rebatched(1);
    Sequential net = Sequential.mlp(Activation.relu(), rng(), 2, 3);
    double[] before = bits(net);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MapTrainer.of(net, new Categorical()).train(data, rng()))
        .withMessageContaining("label 7 of example 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> MapTrainer.of(net, new Categorical()).validation(data).train(blobs(), rng()))
        .withMessageContaining("label 7 of example 2");
    assertThat(bits(net)).isEqualTo(before);
  }

  @Test
  void inputsOfAnotherWidthAreRefused() {
    Sequential net = Sequential.mlp(Activation.relu(), rng(), 4, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MapTrainer.of(net, new Categorical()).train(blobs(), rng()))
        .withMessageContaining("4")
        .withMessageContaining("(30, 2)");
  }

  @Test
  void aModelFrozenThroughoutIsRefused() {
    Linear layer = slope(1);
    layer.weight().freeze();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MapTrainer.of(layer, Gaussian.of(1)).train(LINE, rng()))
        .withMessageContaining("0 are");
  }

  @Test
  void aPriorOfAnotherSizeIsRefused() {
    MapTrainer trainer = MapTrainer.of(slope(1), Gaussian.of(1)).prior(Prior.diagonal(1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.train(LINE, rng()))
        .withMessageContaining("2 precisions")
        .withMessageContaining("1 elements");
  }

  @Test
  void patienceNeedsValidation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MapTrainer.of(slope(1), Gaussian.of(1)).patience(5).train(LINE, rng()))
        .withMessageContaining("patience of 5")
        .withMessageContaining("validation");
  }

  static Stream<UnaryOperator<MapTrainer>> setters() {
    return Stream.of(
        t -> t.prior(Prior.isotropic(2)),
        t -> t.optimizer(Sgd.of(1)),
        t -> t.epochs(2),
        t -> t.batchSize(2),
        t -> t.clipNorm(2),
        t -> t.validation(LINE),
        t -> t.patience(2),
        t -> t.listener(progress -> {}));
  }

  @ParameterizedTest
  @MethodSource("setters")
  void refusesASecondSetting(UnaryOperator<MapTrainer> setter) {
    MapTrainer once = setter.apply(MapTrainer.of(slope(1), Gaussian.of(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> setter.apply(once))
        .withMessageContaining("set it once");
  }

  @Test
  void rejectsNumbersBelowOne() {
    MapTrainer trainer = MapTrainer.of(slope(1), Gaussian.of(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.epochs(0))
        .withMessageContaining("0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.batchSize(-2))
        .withMessageContaining("-2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.patience(0))
        .withMessageContaining("0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.clipNorm(0))
        .withMessageContaining("0.0");
  }

  /** An epoch at a time is the same as all at once. */
  @Test
  void aRunIsTheSameEpochByEpoch() {
    Linear atOnce = slope(3);
    Linear stepwise = slope(3);
    MapTrainer.of(atOnce, Gaussian.of(1)).epochs(5).batchSize(1).train(LINE, rng());
    TrainingRun run =
        MapTrainer.of(stepwise, Gaussian.of(1)).epochs(5).batchSize(1).start(LINE);
    SplittableRandom rng = rng();
    for (int epoch = 0; epoch < run.epochs(); epoch++) {
      run.epoch(rng);
    }
    assertThat(stepwise.weight().value().item()).isEqualTo(3);
    run.store();
    assertThat(stepwise.weight().value().item())
        .isEqualTo(atOnce.weight().value().item());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.epoch(rng))
        .withMessageContaining("all 5 epochs");
  }

  /** w = Σxy/(Σx² + δσ²): 5/10 first, then 5/(5 + 20). */
  @Test
  void whatIsMaximisedMayChangeBetweenEpochs() {
    Linear layer = slope(3);
    TrainingRun run = MapTrainer.of(layer, Gaussian.of(1))
        .prior(Prior.isotropic(5))
        .optimizer(Sgd.of(0.05))
        .epochs(400)
        .batchSize(2)
        .start(LINE);
    SplittableRandom rng = rng();
    for (int epoch = 0; epoch < 400; epoch++) {
      run.epoch(rng);
      if (epoch == 199) {
        run.store();
        assertThat(layer.weight().value().item()).isCloseTo(0.5, within(1e-14));
        run.revise(Gaussian.of(2), Prior.isotropic(5));
      }
    }
    run.store();
    assertThat(layer.weight().value().item()).isCloseTo(0.2, within(1e-14));
  }

  /**
   * Momentum of the element that stays is kept when the other is frozen; one unfrozen is refused.
   */
  @Test
  void elementsMayBeFrozenBetweenEpochs() {
    Linear whole = Linear.of(Tensor.of(Shape.of(1, 1), 3), Tensor.vector(0));
    Linear partly = Linear.of(Tensor.of(Shape.of(1, 1), 3), Tensor.vector(0));
    Dataset odd = regression(new double[] {-1, 1}, -1, 1); // the bias has no gradient
    SplittableRandom rng = rng();
    TrainingRun one = MapTrainer.of(whole, Gaussian.of(1))
        .optimizer(Sgd.of(0.1).withMomentum(0.5))
        .epochs(2)
        .start(odd);
    one.epoch(rng);
    one.epoch(rng);
    one.store();
    TrainingRun other = MapTrainer.of(partly, Gaussian.of(1))
        .optimizer(Sgd.of(0.1).withMomentum(0.5))
        .epochs(2)
        .start(odd);
    other.epoch(rng);
    other.store();
    partly.bias().freeze();
    other.revise(Gaussian.of(1), Prior.isotropic(1));
    other.epoch(rng);
    other.store();
    assertThat(partly.weight().value().item()).isEqualTo(whole.weight().value().item());
    TrainingRun frozen = MapTrainer.of(partly, Gaussian.of(1)).start(odd);
    partly.bias().setTrainable(ElementMask.all(Shape.of(1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> frozen.revise(Gaussian.of(1), Prior.isotropic(1)));
  }

  /** At w = 0 the gradient is y = 1e150, finite as y² is; a rate of 1e200 takes w to infinity. */
  @Test
  void aRunThatWentWrongStoresTheLastFiniteWeights() {
    Linear layer = slope(0);
    TrainingRun run = MapTrainer.of(layer, Gaussian.of(1))
        .optimizer(Sgd.of(1e200))
        .start(regression(new double[] {1}, 1e150));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run.epoch(rng()))
        .withMessageContaining("a weight became Infinity");
    run.store();
    assertThat(layer.weight().value().item()).isZero();
  }
}
