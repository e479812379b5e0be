package org.laplace4j.propertytests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.laplace4j.autodiff.Derivatives;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.nn.train.Adam;
import org.laplace4j.nn.train.AdamW;
import org.laplace4j.nn.train.MapTrainer;
import org.laplace4j.nn.train.Optimizer;
import org.laplace4j.nn.train.Sgd;

/** Training, whatever the network, the mask, the optimiser and the seed. */
@Tag("scalar")
class MapTrainerProperties {
  /** Sums of a few dozen numbers of size 1. */
  private static final double ROUNDING = 1e-12;

  /** The bits of every element, by parameter. */
  private static Map<String, long[]> bits(Module net) {
    Map<String, long[]> bits = new LinkedHashMap<>();
    net.parameters()
        .forEach((name, p) -> bits.put(
            name,
            java.util.Arrays.stream(p.value().array())
                .mapToLong(Double::doubleToRawLongBits)
                .toArray()));
    return bits;
  }

  private static Optimizer optimizer(SplittableRandom rng) {
    return switch (rng.nextInt(4)) {
      case 0 -> Sgd.of(0.1);
      case 1 -> Sgd.of(0.1).withNesterov(0.9);
      case 2 -> Adam.of(0.01);
      default -> AdamW.of(0.01, 0.1);
    };
  }

  @Property(tries = 200)
  void frozenElementsKeepTheirBitsAndTheOthersMove(@ForAll long seed) {
    SplittableRandom rng = new SplittableRandom(seed);
    Sequential net = Networks.random(rng);
    Networks.mask(net, rng);
    Map<String, long[]> before = bits(net);
    MapTrainer.of(net, new Categorical())
        .optimizer(optimizer(rng))
        .epochs(2)
        .batchSize(1 + rng.nextInt(5))
        .train(Networks.data(rng), rng);
    Map<String, long[]> after = bits(net);
    int moved = 0;
    for (var entry : net.parameters().entrySet()) {
      long[] was = before.get(entry.getKey());
      long[] is = after.get(entry.getKey());
      for (int i = 0; i < was.length; i++) {
        if (entry.getValue().trainable().contains(i)) {
          moved += was[i] != is[i] ? 1 : 0;
        } else {
          assertThat(is[i]).as("%s[%d]", entry.getKey(), i).isEqualTo(was[i]);
        }
      }
    }
    assertThat(moved).isPositive();
  }

  @Property(tries = 50)
  void theSameSeedGivesTheSameBits(@ForAll long seed) {
    Map<String, long[]> first = trained(new SplittableRandom(seed));
    Map<String, long[]> second = trained(new SplittableRandom(seed));
    assertThat(second).containsExactlyEntriesOf(first);
  }

  private static Map<String, long[]> trained(SplittableRandom rng) {
    Sequential net = Networks.random(rng);
    Networks.mask(net, rng);
    MapTrainer.of(net, new Categorical())
        .optimizer(optimizer(rng))
        .epochs(3)
        .batchSize(1 + rng.nextInt(5))
        .train(Networks.data(rng), rng);
    return bits(net);
  }

  /** θ + η ∇ (log p(D | θ) + log p(θ))/N, differentiated as one function. */
  @Property(tries = 200)
  void aStepOnAllExamplesFollowsTheGradientOfTheLogPosterior(@ForAll long seed) {
    SplittableRandom rng = new SplittableRandom(seed);
    Sequential net = Networks.random(rng);
    Networks.mask(net, rng);
    Dataset data = Networks.data(rng);
    ParameterSpace space = ParameterSpace.of(net);
    Weights start = Weights.of(net);
    double delta = 0.1 + 3 * rng.nextDouble();
    Batch whole = data.whole();
    double[] gradient = Derivatives.gradient(
        space,
        start,
        at -> new Categorical()
            .logDensities(net.forward(at, whole.x()), whole.targets())
            .sum());
    double[] expected = space.gather(start);
    for (int i = 0; i < expected.length; i++) {
      expected[i] += 0.1 * (gradient[i] - delta * expected[i]) / data.size();
    }
    MapTrainer.of(net, new Categorical())
        .prior(Prior.isotropic(delta))
        .optimizer(Sgd.of(0.1))
        .epochs(1)
        .train(data, rng);
    assertThat(space.gather(Weights.of(net))).containsExactly(expected, within(ROUNDING));
  }

  /**
   * θ = (XᵀX/σ² + δI)⁻¹ Xᵀy/σ², a column of ones in X for the bias. The condition is at most 200,
   * so Nesterov's momentum of 0.9 shrinks the error by a twentieth or more a step.
   */
  @Property(tries = 30)
  void linearRegressionReachesTheRidgeEstimate(@ForAll long seed) {
    SplittableRandom rng = new SplittableRandom(seed);
    int n = 5 + rng.nextInt(6);
    int d = 1 + rng.nextInt(3);
    double delta = 1 + 9 * rng.nextDouble();
    double sigma = 0.5 + 1.5 * rng.nextDouble();
    double[] x = new double[n * d];
    java.util.Arrays.setAll(x, i -> rng.nextGaussian());
    double[] y = new double[n];
    java.util.Arrays.setAll(y, i -> 3 * rng.nextGaussian());

    Tensor inputs = Tensor.adopt(Shape.of(n, d), x);
    Tensor ones = Tensor.ones(Shape.of(n, 1));
    Matrix design = Tensor.concat(1, java.util.List.of(inputs, ones)).matrix();
    Matrix precision =
        design.gram().times(1 / (sigma * sigma)).plus(Matrix.identity(d + 1).times(delta));
    double[] right = Arrays.scale(design.transposeTimes(y), 1 / (sigma * sigma));
    double[] ridge = new Cholesky(precision).solve(right);

    Linear layer = Linear.random(d, 1, rng);
    MapTrainer.of(layer, Gaussian.of(sigma))
        .prior(Prior.isotropic(delta))
        .optimizer(Sgd.of(n / precision.trace()).withNesterov(0.9))
        .epochs(800)
        .batchSize(n)
        .train(Dataset.of(inputs, Targets.values(Tensor.adopt(Shape.of(n, 1), y))), rng);
    assertThat(ParameterSpace.of(layer).gather(Weights.of(layer)))
        .containsExactly(ridge, within(1e-11)); // rounding times the condition
  }
}
