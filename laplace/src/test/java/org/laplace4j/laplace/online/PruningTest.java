package org.laplace4j.laplace.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.Adam;
import org.laplace4j.nn.train.Schedule;
import org.laplace4j.nn.train.Sgd;

class PruningTest {
  private static final int N = 200;
  private static final int INPUTS = 6;
  private static final int UNITS = 10;
  private static final int EPOCHS = 500;

  /**
   * Of a precision: the ascent stops at a slope of 1e-5 in log δ. At the flattest of these tops, δ
   * = 6.4 with a second derivative of −0.15 in log δ, θ following, that is 4e-4 of δ.
   */
  private static final double FIXED = 1e-3;

  /** Of a log evidence: what the pruning leaves to rounding. */
  private static final double ROUNDING = 1e-9;

  /** y = sin(2 x₁) + x₂/2 + noise of 0.1; inputs 3 to 6 have nothing to do with it. */
  private static Dataset irrelevantInputs() {
    Random random = new Random(7);
    double[] x = random.doubles((long) N * INPUTS, -1, 1).toArray();
    double[] y = new double[N];
    for (int n = 0; n < N; n++) {
      y[n] = Math.sin(2 * x[n * INPUTS]) + x[n * INPUTS + 1] / 2 + 0.1 * random.nextGaussian();
    }
    return Dataset.of(
        Tensor.of(Shape.of(N, INPUTS), x), Targets.values(Tensor.of(Shape.of(N, 1), y)));
  }

  private static SplittableRandom rng() {
    return new SplittableRandom(1);
  }

  private static Sequential network() {
    return Sequential.mlp(Activation.tanh(), new SplittableRandom(4), INPUTS, UNITS, 1);
  }

  /**
   * Where the columns of x are orthogonal, XᵀX = s I, the evidence of weight i is highest at δᵢ = ∞
   * if q² ≤ s and at δᵢ = s²/(q² − s) otherwise, q = xᵢᵀ y/σ² (Tipping and Faul 2003). Here s = 8.
   */
  @Test
  void ofOrthogonalInputsThoseGoOfWhichTheEvidenceIsHighestWithout() {
    double[] ratios = {0.25, 4, 0.5, 9, 0, 25, 0.64, 2.25}; // q²/s
    int n = ratios.length;
    double[] x = new double[n * n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        x[i * n + j] = Integer.bitCount(i & j) % 2 == 0 ? 1 : -1; // Hadamard
        y[i] += Math.sqrt(ratios[j] / n) * x[i * n + j];
      }
    }
    Linear layer = Linear.of(Tensor.zeros(Shape.of(1, n)), Tensor.vector(0));
    layer.bias().freeze();
    OnlineReport<Gaussian> report = MarginalLikelihoodTrainer.of(layer, Gaussian.of(1))
        .structure(Structure.full())
        .tuner(Tuner.marginalLikelihood().diagonalPrior().steps(10))
        .optimizer(Sgd.of(0.05))
        .batchSize(n)
        .epochs(5000)
        .every(50)
        .pruning(Pruning.elements())
        .train(
            Dataset.of(Tensor.of(Shape.of(n, n), x), Targets.values(Tensor.of(Shape.of(n, 1), y))),
            rng());
    assertThat(layer.weight().trainable().indices()).containsExactly(1, 3, 5, 7);
    for (int i = 0; i < n; i += 2) {
      assertThat(layer.weight().value().array()[i]).isZero();
    }
    // s²/(q² − s) = 8/(ratio − 1)
    assertThat(report.posterior().prior().precisions(report.posterior().space()))
        .containsExactly(new double[] {8 / 3.0, 1, 1 / 3.0, 6.4}, within(FIXED));
  }

  private static MarginalLikelihoodTrainer<Gaussian> trainer(Sequential network) {
    return MarginalLikelihoodTrainer.of(network, Gaussian.of(1))
        .structure(Structure.full())
        .tuner(Tuner.marginalLikelihood().diagonalPrior().steps(5).andNoise())
        .optimizer(Adam.of(0.01).withSchedule(Schedule.cosine()));
  }

  @Test
  void theWeightsOfIrrelevantInputsGoAndTheNetworkGoesOnWithoutThem() {
    Sequential network = network();
    OnlineReport<Gaussian> pruned = trainer(network)
        .epochs(EPOCHS)
        .burnIn(50)
        .every(10)
        .pruning(Pruning.elements())
        .train(irrelevantInputs(), rng());
    Parameter weight = network.parameters().get("0.weight");
    int irrelevant = 0;
    for (int i = 0; i < UNITS * INPUTS; i++) {
      if (i % INPUTS > 1 && weight.trainable().contains(i)) {
        irrelevant++;
        assertThat(weight.value().array()[i]).isBetween(-0.1, 0.1);
      } else if (i % INPUTS > 1) {
        assertThat(weight.value().array()[i]).isZero();
      }
    }
    // Of 40; the evidence keeps what goes with the noise by chance.
    assertThat(irrelevant).isLessThanOrEqualTo(4);
    // The relevant inputs are still there, and the noise is what was put in, about.
    assertThat(weight.trainable().count()).isBetween(2, 2 * UNITS);
    assertThat(pruned.posterior().likelihood().sigma()[0]).isBetween(0.08, 0.12);
    int left = ParameterSpace.of(network).size();
    assertThat(left).isLessThan(30);
    assertThat(pruned.posterior().space().size()).isEqualTo(left);
    assertThat(pruned.best().weights()).isEqualTo(left);
    assertThat(pruned.path().stream().map(update -> -update.weights())).isSorted();
    OnlineReport<Gaussian> whole =
        trainer(network()).epochs(EPOCHS).burnIn(50).every(10).train(irrelevantInputs(), rng());
    assertThat(pruned.best().logEvidence()).isGreaterThan(whole.best().logEvidence());
  }

  /** With one update both runs come to it with the same weights, of which some then go. */
  @Test
  void pruningDoesNotLowerTheEvidence() {
    for (Pruning pruning : List.of(
        Pruning.elements().below(0.5),
        Pruning.rows().below(0.5),
        Pruning.columns().below(0.9))) {
      OnlineReport<Gaussian> whole =
          trainer(network()).epochs(60).burnIn(59).train(irrelevantInputs(), rng());
      Sequential network = network();
      OnlineReport<Gaussian> pruned =
          trainer(network).epochs(60).burnIn(59).pruning(pruning).train(irrelevantInputs(), rng());
      assertThat(pruned.best().weights()).isLessThan(whole.best().weights());
      double before = whole.best().tuning().before();
      assertThat(pruned.best().tuning().before())
          .isGreaterThanOrEqualTo(before - ROUNDING * Math.abs(before));
    }
  }

  /**
   * Under precisions of δ = 1e4 both γ are small, of w with h = 200 and of b with h = 2; but θ =
   * q/(h + δ), q = Jᵀy = (400, 20), and the evidence gains from a weight where q² > h.
   */
  @Test
  void whatTheEvidenceNeedsStays() {
    Linear line = TwoWeights.model(400 / 10200.0, 20 / 10002.0);
    OnlineReport<Gaussian> report = MarginalLikelihoodTrainer.of(line, Gaussian.of(1))
        .prior(Prior.isotropic(1e4))
        .structure(Structure.full())
        .optimizer(Sgd.of(1e-9))
        .epochs(1)
        .pruning(Pruning.elements())
        .train(TwoWeights.data(new double[] {10, -10}, 30, -10), rng());
    assertThat(report.posterior().space().size()).isEqualTo(2);
  }

  /** P = (6 3; 3 3), so P⁻¹ = (⅓ −⅓; −⅓ ⅔), γ = (⅔, ⅓) for w and b. */
  @Test
  void goesByTheEffectiveNumberOfParameters() {
    LaplacePosterior<Gaussian> posterior =
        TwoWeights.laplace().structure(Structure.full()).fit(TwoWeights.data());
    assertThat(Pruning.elements().below(0.32).select(posterior).count()).isZero();
    WeightMask going = Pruning.elements().below(0.34).select(posterior);
    ParameterSpace space = posterior.space();
    assertThat(going.get(space.blocks().get(0).parameter()).count()).isZero();
    assertThat(going.get(space.blocks().get(1).parameter()).count()).isEqualTo(1);
    assertThat(Pruning.elements().below(0.67).select(posterior).count()).isEqualTo(2);
  }

  /**
   * With x = (1, 2) once and σ = 1, h = (1, 4) for w and 1 for each bias, diagonally; δ = 1, so γ =
   * (½, ⅘) in each of two rows and ½ for both biases.
   */
  @Test
  void groupsGoTogetherByTheirMean() {
    Linear layer = Linear.of(Tensor.zeros(Shape.of(2, 2)), Tensor.vector(0, 0));
    LaplacePosterior<Gaussian> posterior = Laplace.of(layer, Gaussian.of(1))
        .structure(Structure.diagonal())
        .fit(Dataset.of(
            Tensor.of(Shape.of(1, 2), 1, 2), Targets.values(Tensor.of(Shape.of(1, 2), 3, 4))));
    assertThat(weights(Pruning.elements().below(0.6), posterior)).containsExactly(0, 2);
    assertThat(weights(Pruning.columns().below(0.6), posterior)).containsExactly(0, 2);
    assertThat(weights(Pruning.rows().below(0.6), posterior)).isEmpty();
    assertThat(weights(Pruning.rows().below(0.7), posterior)).containsExactly(0, 1, 2, 3);
    assertThat(weights(Pruning.tensors().below(0.6), posterior)).isEmpty();
    assertThat(weights(Pruning.tensors().below(0.7), posterior)).containsExactly(0, 1, 2, 3);
    assertThat(Pruning.tensors().below(0.6).select(posterior).get(layer.bias()).isAll())
        .isTrue();
  }

  private static int[] weights(Pruning pruning, LaplacePosterior<?> posterior) {
    Parameter weight = posterior.space().blocks().get(0).parameter();
    return pruning.select(posterior).get(weight).indices();
  }

  @Test
  void theWholeNetworkIsNeverPruned() {
    Linear line = TwoWeights.model(0, 0);
    OnlineReport<Gaussian> report = MarginalLikelihoodTrainer.of(line, Gaussian.of(1))
        .structure(Structure.diagonal())
        .epochs(2)
        .pruning(Pruning.elements().below(1))
        .train(TwoWeights.data(new double[] {1, -1}, 0, 0), rng());
    assertThat(report.posterior().space().size()).isEqualTo(2);
  }

  @Test
  void prunedElementsGoToThePriorMean() {
    // Nothing is known of w at x = 0, so it is what the prior says.
    Linear line = TwoWeights.model(1, 0);
    MarginalLikelihoodTrainer.of(line, Gaussian.of(1))
        .structure(Structure.diagonal())
        .prior(Prior.isotropic(1).around(3, 0))
        .epochs(1)
        .pruning(Pruning.elements())
        .train(TwoWeights.data(new double[] {0, 0}, 2, 3), rng());
    assertThat(line.weight().value().item()).isEqualTo(3);
    assertThat(line.weight().trainable().isNone()).isTrue();
    assertThat(line.bias().trainable().isAll()).isTrue();
  }

  /** The groups name the weight, which is pruned as above at the first of two updates. */
  @Test
  void groupsOfParametersDoWithoutATensorThatWasPruned() {
    Linear line = TwoWeights.model(1, 0);
    OnlineReport<Gaussian> report = MarginalLikelihoodTrainer.of(line, Gaussian.of(1))
        .structure(Structure.blockDiagonal(List.of(List.of("weight"), List.of("bias"))))
        .epochs(2)
        .pruning(Pruning.tensors())
        .train(TwoWeights.data(new double[] {0, 0}, 2, 3), rng());
    assertThat(line.weight().trainable().isNone()).isTrue();
    assertThat(report.path().stream().map(OnlineUpdate::weights)).containsExactly(1, 1);
  }

  @Test
  void refusesBoundsThatAreNoShares() {
    for (double bound : new double[] {0, -1, 1.5, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Pruning.rows().below(bound))
          .withMessageContaining(Double.toString(bound));
    }
  }
}
