package org.laplace4j.propertytests.nn;

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.BradleyTerry;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.HeteroscedasticGaussian;
import org.laplace4j.nn.likelihood.LaplaceNoise;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.likelihood.Poisson;
import org.laplace4j.nn.likelihood.StudentT;

/**
 * Every likelihood, at outputs from indifferent to confident. A new one joins by a line in
 * {@link #all}.
 */
final class LikelihoodMarket {
  private LikelihoodMarket() {}

  static Arbitrary<LikelihoodForm> all() {
    return Arbitraries.oneOf(
        classes(), gaussian(), poisson(), heteroscedastic(), studentT(), laplaceNoise());
  }

  static Arbitrary<LikelihoodForm> classes() {
    return Arbitraries.oneOf(categorical(), bernoulli(), bradleyTerry());
  }

  static Arbitrary<LikelihoodForm> categorical() {
    return forms(
        2,
        5,
        (b, c, scale, rng) ->
            classForm(new Categorical(), c, normal(b, c, scale, rng), labels(b, c, rng)));
  }

  static Arbitrary<LikelihoodForm> bernoulli() {
    return forms(
        1,
        1,
        (b, c, scale, rng) ->
            classForm(new Bernoulli(), 2, normal(b, 1, scale, rng), labels(b, 2, rng)));
  }

  static Arbitrary<LikelihoodForm> bradleyTerry() {
    return forms(
        2,
        2,
        (b, c, scale, rng) ->
            classForm(new BradleyTerry(), 2, normal(b, 2, scale, rng), labels(b, 2, rng)));
  }

  private static LikelihoodForm classForm(Likelihood likelihood, int classes, Tensor f, Targets y) {
    return new LikelihoodForm(likelihood, f, y, true, outputs -> Support.classes(classes));
  }

  static Arbitrary<LikelihoodForm> gaussian() {
    return forms(1, 2, (b, c, scale, rng) -> {
      double[] sigma = rng.doubles(c, 0.3, 3).toArray();
      Gaussian gaussian = rng.nextBoolean() ? Gaussian.of(sigma[0]) : Gaussian.perOutput(sigma);
      return gaussianForm(gaussian, b, c, scale, rng);
    });
  }

  /** σ = 1, where the outputs are natural parameters. */
  static Arbitrary<LikelihoodForm> unitGaussian() {
    return forms(1, 2, (b, c, scale, rng) -> gaussianForm(Gaussian.of(1), b, c, scale, rng));
  }

  private static LikelihoodForm gaussianForm(
      Gaussian gaussian, int b, int c, double scale, SplittableRandom rng) {
    double[] variances = gaussian.variances(c);
    return new LikelihoodForm(
        gaussian,
        normal(b, c, scale, rng),
        Targets.values(normal(b, c, scale, rng)),
        true,
        f -> product(c, i -> Support.normal(f[i], Math.sqrt(variances[i]))));
  }

  /** Rates from about 0.3 to 200: on both sides of 10, where drawing changes its ways. */
  static Arbitrary<LikelihoodForm> poisson() {
    return forms(1, 2, (b, c, scale, rng) -> {
      Tensor f = normal(b, c, scale / 10, rng).plus(2);
      return new LikelihoodForm(
          new Poisson(),
          f,
          new Poisson().draw(f, rng),
          true,
          at -> product(c, i -> Support.counts(Math.exp(at[i]))));
    });
  }

  /** One or two targets; means of size 1 to 100, noises from 1/5 to 5. */
  static Arbitrary<LikelihoodForm> heteroscedastic() {
    return forms(1, 2, (b, targets, scale, rng) -> {
      HeteroscedasticGaussian likelihood = new HeteroscedasticGaussian();
      Tensor f = normal(b, 2 * targets, scale / 10, rng);
      return new LikelihoodForm(
          likelihood,
          f,
          likelihood.draw(f, rng),
          false,
          at -> product(targets, t -> {
            double variance = Math.exp(-at[2 * t + 1]);
            return Support.normal(at[2 * t] * variance, Math.sqrt(variance));
          }));
    });
  }

  static Arbitrary<LikelihoodForm> studentT() {
    return forms(1, 2, (b, c, scale, rng) -> {
      double s = rng.nextDouble(0.3, 3);
      return around(new StudentT(1 + rng.nextInt(3) * 2.5, s), s, b, c, scale, rng);
    });
  }

  static Arbitrary<LikelihoodForm> laplaceNoise() {
    return forms(1, 2, (b, c, scale, rng) -> {
      double s = rng.nextDouble(0.3, 3);
      return around(new LaplaceNoise(s), s, b, c, scale, rng);
    });
  }

  private static LikelihoodForm around(
      Likelihood likelihood, double width, int b, int c, double scale, SplittableRandom rng) {
    return new LikelihoodForm(
        likelihood,
        normal(b, c, scale, rng),
        Targets.values(normal(b, c, scale, rng)),
        false,
        f -> product(c, i -> Support.bothSides(f[i], width)));
  }

  private static Support product(int outputs, IntFunction<Support> each) {
    return IntStream.range(0, outputs).mapToObj(each).reduce(Support::times).orElseThrow();
  }

  private interface Maker {
    LikelihoodForm make(int b, int c, double scale, SplittableRandom rng);
  }

  private static Arbitrary<LikelihoodForm> forms(int fewest, int most, Maker maker) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 4),
            Arbitraries.integers().between(fewest, most),
            Arbitraries.of(0.1, 1.0, 10.0),
            Arbitraries.longs().withoutEdgeCases())
        .as((b, c, scale, seed) -> maker.make(b, c, scale, new SplittableRandom(seed)));
  }

  private static Tensor normal(int b, int c, double scale, SplittableRandom rng) {
    double[] values = new double[b * c];
    java.util.Arrays.setAll(values, i -> scale * rng.nextGaussian());
    return Tensor.adopt(Shape.of(b, c), values);
  }

  private static Targets labels(int b, int classes, SplittableRandom rng) {
    return Targets.labels(rng.ints(b, 0, classes).toArray());
  }
}
