package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WeightSamples;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.OutputDistribution;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/** Predictions, against the dense covariance of the outputs and the formulas of the links. */
class PredictiveProperties {
  private static final double ROUNDING = PosteriorProperties.ROUNDING;

  /** The root of a covariance that is singular to 1e-14 is known to 1e-7. */
  private static final double ROUNDING_OF_ROOTS = 1e-6;

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Provide
  Arbitrary<Problem<Gaussian>> regressions() {
    return ProblemMarket.regressions();
  }

  @Provide
  Arbitrary<Problem<? extends ClassLikelihood>> classifications() {
    return ProblemMarket.classifications();
  }

  @Property(tries = 200)
  void covarianceOfTheOutputsIsJTimesInversePTimesJTransposed(
      @ForAll("problems") Problem<?> problem) {
    Tensor x = problem.newInputs(4);
    DenseLaplace dense = new DenseLaplace(problem);
    OutputDistribution f = problem.fit().predict(x, Predictive.outputs());
    assertThat(f.mean().array()).isEqualTo(dense.outputs(x).array());
    Matrix all = dense.outputCovariance(x);
    int c = f.mean().shape().dim(1);
    for (int n = 0; n < 4; n++) {
      int[] own = IntStream.range(n * c, (n + 1) * c).toArray();
      assertClose(block(f.covariance(), n, c), all.select(own, own), dense.rounding());
    }
  }

  @Property(tries = 60)
  void regressionsKeepUncertaintyOfWeightsAndNoiseApart(
      @ForAll("regressions") Problem<Gaussian> problem) {
    Tensor x = problem.newInputs(3);
    LaplacePosterior<Gaussian> posterior = problem.fit();
    NormalPrediction y = posterior.predict(x, Predictive.linearized());
    OutputDistribution f = posterior.predict(x, Predictive.outputs());
    assertThat(y.epistemic().array()).isEqualTo(f.covariance().array());
    double[] noise = problem.likelihood().variances(f.mean().shape().dim(1));
    for (int n = 0; n < 3; n++) {
      for (int c = 0; c < noise.length; c++) {
        assertThat(y.aleatoric().get(n, c)).isEqualTo(noise[c]);
        assertThat(y.variances().get(n, c)).isEqualTo(f.variances().get(n, c) + noise[c]);
      }
    }
  }

  @Property(tries = 100)
  void probitShrinksTheLogitsByTheirDenseVariance(
      @ForAll("classifications") Problem<? extends ClassLikelihood> problem) {
    Tensor x = problem.newInputs(3);
    DenseLaplace dense = new DenseLaplace(problem);
    double[] variances = dense.outputCovariance(x).diagonal();
    double[] shrunken = new double[variances.length];
    for (int i = 0; i < shrunken.length; i++) {
      double logit = dense.outputs(x).array()[i];
      shrunken[i] = logit / Math.sqrt(1 + Math.PI / 8 * variances[i]);
    }
    assertClose(
        problem.fit().predict(x, Predictive.probit()).probabilities().array(),
        linked(problem.likelihood(), shrunken, 3),
        dense.rounding());
  }

  @Property(tries = 60)
  void mapProbabilitiesAreTheLinkOfTheNetwork(
      @ForAll("classifications") Problem<? extends ClassLikelihood> problem) {
    Tensor x = problem.newInputs(3);
    assertClose(
        problem.fit().predict(x, Predictive.mapProbabilities()).probabilities().array(),
        linked(problem.likelihood(), new DenseLaplace(problem).outputs(x).array(), 3),
        ROUNDING);
  }

  @Property(tries = 60)
  void monteCarloIsTheMeanOfTheLinkOverDrawsOfTheOutputs(
      @ForAll("classifications") Problem<? extends ClassLikelihood> problem, @ForAll long seed) {
    Tensor x = problem.newInputs(1);
    DenseLaplace dense = new DenseLaplace(problem);
    SymmetricEigen eigen = new SymmetricEigen(dense.outputCovariance(x));
    double[] roots =
        Arrays.stream(eigen.values()).map(v -> Math.sqrt(Math.max(0, v))).toArray();
    Matrix root = eigen.vectors().scaleColumns(roots).timesTranspose(eigen.vectors());
    RandomGenerator rng = new SplittableRandom(new SplittableRandom(seed).nextLong());
    double[] mean = meanOf(5, s -> {
      double[] f = dense.outputs(x).array().clone();
      double[] noise = new double[f.length];
      Arrays.setAll(noise, i -> rng.nextGaussian());
      double[] shift = root.times(noise);
      Arrays.setAll(f, c -> f[c] + shift[c]);
      return linked(problem.likelihood(), f, 1);
    });
    var predictive = Predictive.monteCarloProbabilities(5, new SplittableRandom(seed));
    assertClose(
        problem.fit().predict(x, predictive).probabilities().array(),
        mean,
        Math.max(ROUNDING_OF_ROOTS, Math.sqrt(dense.rounding() - ROUNDING)));
  }

  @Property(tries = 60)
  void sampledNetworksAreEvaluatedAtTheDrawsOfThePosterior(
      @ForAll("classifications") Problem<? extends ClassLikelihood> problem, @ForAll long seed) {
    Tensor x = problem.newInputs(3);
    LaplacePosterior<? extends ClassLikelihood> posterior = problem.fit();
    long key = new SplittableRandom(seed).nextLong();
    WeightSamples draws = posterior.samples(5, new SplittableRandom(key));
    double[] mean = meanOf(5, s -> {
      Tensor f = problem.network().module().forward(draws.weights(s), x);
      return linked(problem.likelihood(), f.array(), 3);
    });
    var predictive = Predictive.sampledNetworkProbabilities(5, new SplittableRandom(seed));
    assertClose(posterior.predict(x, predictive).probabilities().array(), mean, ROUNDING);
  }

  @Property(tries = 60)
  void outputsOfSampledNetworksAreThoseOfTheNetworkAtEachDraw(
      @ForAll("problems") Problem<?> problem, @ForAll long seed) {
    Tensor x = problem.newInputs(3);
    LaplacePosterior<?> posterior = problem.fit();
    long key = new SplittableRandom(seed).nextLong();
    WeightSamples draws = posterior.samples(4, new SplittableRandom(key));
    Tensor f =
        posterior.predict(x, Predictive.sampledNetworkOutputs(4, new SplittableRandom(seed)));
    for (int s = 0; s < 4; s++) {
      // As the network of a caller who writes the draw into it.
      Weights before = Weights.of(problem.network().module());
      draws.weights(s).store();
      assertThat(f.slice(0, s, s + 1).array())
          .isEqualTo(problem
              .network()
              .module()
              .forward(Weights.of(problem.network().module()), x)
              .array());
      before.store();
    }
  }

  @Property(tries = 60)
  void withAnInfinitePrecisionThePredictionIsThatOfTheMap(
      @ForAll("classifications") Problem<? extends ClassLikelihood> problem) {
    Tensor x = problem.newInputs(3);
    LaplacePosterior<? extends ClassLikelihood> posterior =
        problem.fit().withPrior(org.laplace4j.nn.prior.Prior.isotropic(1e14));
    double[] map =
        posterior.predict(x, Predictive.mapProbabilities()).probabilities().array();
    assertClose(posterior.predict(x, Predictive.probit()).probabilities().array(), map, ROUNDING);
    // A draw is 1e-7 away from θ*.
    var networks = Predictive.sampledNetworkProbabilities(3, problem.rng());
    assertClose(posterior.predict(x, networks).probabilities().array(), map, 1e-4);
  }

  @Property(tries = 60)
  void regressionsHaveTheSameBitsInPieces(@ForAll("regressions") Problem<Gaussian> problem) {
    LaplacePosterior<Gaussian> posterior = problem.fit();
    assertSameInPieces(
        problem, x -> posterior.predict(x, Predictive.linearized()).epistemic());
    assertSameInPieces(
        problem, x -> posterior.predict(x, Predictive.linearized()).mean());
  }

  @Property(tries = 60)
  void classificationsHaveTheSameBitsInPieces(
      @ForAll("classifications") Problem<? extends ClassLikelihood> problem, @ForAll long seed) {
    LaplacePosterior<? extends ClassLikelihood> posterior = problem.fit();
    assertSameInPieces(problem, x -> posterior.predict(x, Predictive.probit()).probabilities());
    var outputs = Predictive.monteCarloProbabilities(3, new SplittableRandom(seed));
    assertSameInPieces(problem, x -> posterior.predict(x, outputs).probabilities());
    var networks = Predictive.sampledNetworkProbabilities(3, new SplittableRandom(seed));
    assertSameInPieces(problem, x -> posterior.predict(x, networks).probabilities());
  }

  private static void assertSameInPieces(Problem<?> problem, Function<Tensor, Tensor> predict) {
    int n = 37;
    Tensor x = problem.newInputs(n);
    double[] whole = predict.apply(x).array();
    int cut = 1 + problem.rng().nextInt(n - 1);
    double[] left = predict.apply(x.slice(0, 0, cut)).array();
    double[] right = predict.apply(x.slice(0, cut, n)).array();
    assertThat(left).isEqualTo(Arrays.copyOf(whole, left.length));
    assertThat(right).isEqualTo(Arrays.copyOfRange(whole, left.length, whole.length));
  }

  /** The link of each of N outputs, by the textbook, one after the other. */
  private static double[] linked(Likelihood likelihood, double[] f, int n) {
    int c = f.length / n;
    return IntStream.range(0, n)
        .boxed()
        .flatMapToDouble(i -> Arrays.stream(TextbookLikelihood.probabilities(
            likelihood, Arrays.copyOfRange(f, i * c, (i + 1) * c))))
        .toArray();
  }

  private static double[] meanOf(int count, Function<Integer, double[]> term) {
    double[] sum = term.apply(0);
    for (int s = 1; s < count; s++) {
      sum = org.laplace4j.linalg.Arrays.plus(sum, term.apply(s));
    }
    return org.laplace4j.linalg.Arrays.scale(sum, 1.0 / count);
  }

  private static Matrix block(Tensor covariance, int n, int c) {
    return covariance.slice(0, n, n + 1).reshape(c, c).matrix();
  }
}
