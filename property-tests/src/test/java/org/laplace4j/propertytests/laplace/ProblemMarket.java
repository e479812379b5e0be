package org.laplace4j.propertytests.laplace;

import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.propertytests.linalg.Draws;

/**
 * Where the suites get Laplace approximations: any network, mask, likelihood, data, structure,
 * source, prior and temperature. All of it is a function of one seed, which a failure names.
 */
final class ProblemMarket {

  /** What the outputs mean: how many there are, what they mean, and targets for N of them. */
  private record Meaning<L extends Likelihood>(
      int outputs, L likelihood, Function<Integer, Targets> targets) {}

  private ProblemMarket() {}

  /** Problems of any likelihood. */
  static Arbitrary<Problem<?>> problems() {
    return seeds().map(seed -> {
      RandomGenerator rng = new Random(seed);
      return rng.nextBoolean()
          ? problem(gaussian(rng), seed, rng)
          : problem(classes(rng), seed, rng);
    });
  }

  /** Regressions: one or three outputs, one σ or one an output. */
  static Arbitrary<Problem<Gaussian>> regressions() {
    return seeds().map(seed -> {
      RandomGenerator rng = new Random(seed);
      return problem(gaussian(rng), seed, rng);
    });
  }

  /** Regressions with one σ, which can be changed without a refit. */
  static Arbitrary<Problem<Gaussian>> regressionsWithOneNoise() {
    return regressions()
        .map(problem -> problem.with(Gaussian.of(problem.likelihood().sigma()[0])));
  }

  /** Regressions that are linear in all their parameters, which are all random. */
  static Arbitrary<Problem<Gaussian>> linearRegressions() {
    return seeds().map(seed -> {
      RandomGenerator rng = new Random(seed);
      Meaning<Gaussian> meaning = gaussian(rng);
      Network network = NetworkMarket.linear(1 + rng.nextInt(3), meaning.outputs(), rng);
      return problem(network, everything(network), CurvatureSource.ggn(), meaning, seed, rng);
    });
  }

  /** Classifications: softmax over two to four classes, or one logit. */
  static Arbitrary<Problem<? extends ClassLikelihood>> classifications() {
    return seeds().map(seed -> {
      RandomGenerator rng = new Random(seed);
      return problem(classes(rng), seed, rng);
    });
  }

  private static Arbitrary<Long> seeds() {
    return Arbitraries.longs().withoutEdgeCases();
  }

  private static <L extends Likelihood> Problem<L> problem(
      Meaning<L> meaning, long seed, RandomGenerator rng) {
    Network network = NetworkMarket.network(1 + rng.nextInt(3), meaning.outputs(), rng);
    CurvatureSource source = switch (rng.nextInt(6)) {
      case 0, 1 -> CurvatureSource.empiricalFisher();
      case 2 -> CurvatureSource.monteCarloFisher(1 + rng.nextInt(3), rng);
      default -> CurvatureSource.ggn();
    };
    return problem(network, MaskMarket.mask(network, rng), source, meaning, seed, rng);
  }

  private static <L extends Likelihood> Problem<L> problem(
      Network network,
      WeightMask mask,
      CurvatureSource source,
      Meaning<L> meaning,
      long seed,
      RandomGenerator rng) {
    ParameterSpace whole = ParameterSpace.of(network.module());
    ParameterSpace space = ParameterSpace.of(network.module(), mask);
    Parameter first = network.module().parameters().values().iterator().next();
    int n = 1 + rng.nextInt(9);
    return new Problem<>(
        network,
        whole,
        mask,
        meaning.likelihood(),
        inputs(n, first.shape().dim(1), rng),
        meaning.targets().apply(n),
        Form.values()[rng.nextInt(Form.values().length)],
        source,
        PriorMarket.prior(space, rng),
        rng.nextBoolean() ? 1 : Draws.positive(1, rng)[0],
        1 + rng.nextInt(n),
        seed);
  }

  private static WeightMask everything(Network network) {
    return WeightMask.all(network.module().parameters().values());
  }

  private static Meaning<Gaussian> gaussian(RandomGenerator rng) {
    int outputs = rng.nextBoolean() ? 1 : 3;
    Gaussian likelihood = rng.nextBoolean()
        ? Gaussian.of(Draws.positive(1, rng)[0])
        : Gaussian.perOutput(Draws.positive(outputs, rng));
    return new Meaning<>(
        outputs,
        likelihood,
        n -> Targets.values(Tensor.adopt(Shape.of(n, outputs), Draws.normal(n * outputs, rng))));
  }

  private static Meaning<ClassLikelihood> classes(RandomGenerator rng) {
    boolean oneLogit = rng.nextInt(3) == 0;
    int outputs = oneLogit ? 1 : 2 + rng.nextInt(3);
    int classes = Math.max(2, outputs);
    return new Meaning<>(
        outputs,
        oneLogit ? new Bernoulli() : new Categorical(),
        n -> Targets.labels(rng.ints(n, 0, classes).toArray()));
  }

  static Tensor inputs(int count, int width, RandomGenerator rng) {
    return Tensor.adopt(Shape.of(count, width), Draws.normal(count * width, rng));
  }
}
