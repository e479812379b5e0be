package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.data.Offset;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.NoisePerOutput;
import org.laplace4j.laplace.curvature.Ggn;
import org.laplace4j.laplace.evidence.EvidenceGradient;
import org.laplace4j.laplace.evidence.EvidenceHessian;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Isotropic;
import org.laplace4j.nn.prior.Layerwise;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.propertytests.linalg.Draws;

/** What changes when the prior or the noise does, without a look at the data. */
class EvidenceProperties {

  /** Fourth-order differences of step 1e-3: truncation and rounding are both near 1e-12. */
  private static final double STEP = 1e-3;

  private static final double DIFFERENCE = 1e-8;

  /** Of the evidence: what rounding takes from each of four values, whose weights are 18 in sum. */
  private static final double ROUNDED = 18 * Math.ulp(1.0) / (12 * STEP);

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Provide
  Arbitrary<Problem<Gaussian>> regressionsOfAnyNoise() {
    return ProblemMarket.regressions();
  }

  @Provide
  Arbitrary<Problem<Gaussian>> regressionsWithOneNoise() {
    return ProblemMarket.regressionsWithOneNoise();
  }

  @Property(tries = 60)
  void gradientInEachLogPrecisionIsThatOfDifferences(@ForAll("problems") Problem<?> problem) {
    double[] gradient = EvidenceGradient.byLogPrecision(problem.fit());
    for (int i = 0; i < gradient.length; i++) {
      int element = i;
      double expected = slope(t -> logEvidence(problem.fit(), element, t));
      assertThat(gradient[i]).isCloseTo(expected, allowed(expected, problem.fit()));
    }
  }

  private static double logEvidence(LaplacePosterior<?> posterior, int element, double t) {
    double[] delta = posterior.prior().precisions(posterior.space());
    delta[element] *= Math.exp(t);
    Prior moved = Prior.diagonal(delta).around(posterior.prior().mean(posterior.space()));
    return posterior.withPrior(moved).evidence().logMarginalLikelihood();
  }

  @Property(tries = 100)
  void gradientInTheLogNoiseIsThatOfDifferences(
      @ForAll("regressionsWithOneNoise") Problem<Gaussian> problem) {
    LaplacePosterior<Gaussian> posterior = problem.fit();
    double sigma = problem.likelihood().sigma()[0];
    double expected = slope(t -> LaplacePosterior.withNoise(posterior, sigma * Math.exp(t))
        .evidence()
        .logMarginalLikelihood());
    assertThat(EvidenceGradient.byLogNoise(posterior))
        .isCloseTo(expected, allowed(expected, posterior));
  }

  /** Along the logarithms of all noises together. */
  @Property(tries = 100)
  void gradientInTheLogNoiseIsTheSumOverOutputs(
      @ForAll("regressionsOfAnyNoise") Problem<Gaussian> any) {
    Problem<Gaussian> problem = any.with(new Ggn());
    LaplacePosterior<Gaussian> posterior = problem.fit();
    int c = problem.y().values().shape().dim(1);
    double[] sigma = org.laplace4j.linalg.Arrays.sqrt(problem.likelihood().variances(c));
    double expected = slope(t -> problem
        .with(Gaussian.perOutput(org.laplace4j.linalg.Arrays.scale(sigma, Math.exp(t))))
        .fit()
        .evidence()
        .logMarginalLikelihood());
    assertThat(EvidenceGradient.byLogNoise(posterior))
        .isCloseTo(expected, allowed(expected, posterior));
  }

  /** In the precisions of the prior that there is, then in the noise. */
  @Property(tries = 60)
  void hessianIsThatOfDifferencesOfTheGradient(
      @ForAll("regressionsWithOneNoise") Problem<Gaussian> problem) {
    LaplacePosterior<Gaussian> posterior = problem.fit();
    Matrix hessian = EvidenceHessian.byLogPrecisionAndNoise(posterior);
    double sigma = problem.likelihood().sigma()[0];
    int last = precisions(posterior);
    assertHessian(hessian, (j, t) -> {
      LaplacePosterior<Gaussian> there = LaplacePosterior.withNoise(
          posterior, j == last ? sigma * Math.exp(t) : sigma, moved(posterior, j, t));
      return join(gradient(there), EvidenceGradient.byLogNoise(there));
    });
    int[] precisions = IntStream.range(0, last).toArray();
    assertThat(EvidenceHessian.byLogPrecision(posterior))
        .isEqualTo(hessian.select(precisions, precisions));
  }

  /** In the precisions of the prior that there is, then in the temperature. */
  @Property(tries = 60)
  void hessianInTheTemperatureIsThatOfDifferencesOfTheGradient(
      @ForAll("problems") Problem<?> problem) {
    hessianInTheTemperature(problem.fit());
  }

  private static <L extends Likelihood> void hessianInTheTemperature(
      LaplacePosterior<L> posterior) {
    assertHessian(EvidenceHessian.byLogPrecisionAndTemperature(posterior), (j, t) -> {
      boolean last = j == precisions(posterior);
      LaplacePosterior<L> there = last
          ? posterior.withTemperature(posterior.temperature() * Math.exp(t))
          : posterior.withPrior(moved(posterior, j, t));
      return join(gradient(there), EvidenceGradient.byLogTemperature(there));
    });
  }

  /** In the precisions of the prior that there is, then in the noise of each output. */
  @Property(tries = 60)
  void hessianInTheNoisesIsThatOfDifferencesOfTheGradient(
      @ForAll("regressionsByOutput") Problem<Gaussian> problem, @ForAll long seed) {
    NoisePerOutput noise = NoisePerOutput.of(problem.fit(), problem.data());
    double[] sigma = Draws.positive(noise.sigma().length, new Random(seed));
    LaplacePosterior<Gaussian> posterior = noise.at(sigma, problem.prior());
    assertHessian(EvidenceHessian.byLogPrecisionAndNoises(posterior, noise), (j, t) -> {
      double[] there = sigma.clone();
      int output = j - precisions(posterior);
      if (output >= 0) {
        there[output] *= Math.exp(t);
      }
      LaplacePosterior<Gaussian> at = noise.at(there, moved(posterior, j, t));
      return join(gradient(at), EvidenceGradient.byLogNoises(at, noise));
    });
  }

  /** The gradient with one coordinate moved by t. */
  private interface Moved {
    double[] gradient(int coordinate, double t);
  }

  private static void assertHessian(Matrix hessian, Moved moved) {
    for (int column = 0; column < hessian.rows(); column++) {
      for (int row = 0; row < hessian.rows(); row++) {
        int j = column;
        int i = row;
        double expected = slope(t -> moved.gradient(j, t)[i]);
        assertThat(hessian.get(i, j))
            .as("(%d, %d)", i, j)
            .isCloseTo(expected, within(DIFFERENCE * Math.max(1, Math.abs(expected))));
      }
    }
  }

  /** The gradient in the prior's own precisions. */
  private static double[] gradient(LaplacePosterior<?> posterior) {
    double[] each = EvidenceGradient.byLogPrecision(posterior);
    int[] groups = groups(posterior);
    double[] gradient = new double[precisions(posterior)];
    for (int i = 0; i < each.length; i++) {
      gradient[groups[i]] += each[i];
    }
    return gradient;
  }

  private static double[] join(double[] first, double... second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  /** The prior with one of its logarithms moved by t, or itself where that is none of the prior. */
  private static Prior moved(LaplacePosterior<?> posterior, int coordinate, double t) {
    int[] groups = groups(posterior);
    double[] delta = posterior.prior().precisions(posterior.space());
    for (int i = 0; i < delta.length; i++) {
      delta[i] *= groups[i] == coordinate ? Math.exp(t) : 1;
    }
    double[] mu = posterior.prior().mean(posterior.space());
    double[] firsts = IntStream.range(0, delta.length)
        .filter(i -> i == 0 || groups[i] > groups[i - 1])
        .mapToDouble(i -> delta[i])
        .toArray();
    Prior prior = posterior.prior() instanceof Isotropic
        ? Prior.isotropic(firsts[0])
        : posterior.prior() instanceof Layerwise ? Prior.layerwise(firsts) : Prior.diagonal(firsts);
    return prior.around(mu);
  }

  /** How many precisions the prior has. */
  private static int precisions(LaplacePosterior<?> posterior) {
    int[] groups = groups(posterior);
    return groups[groups.length - 1] + 1;
  }

  /** Of each element, the number of its precision among those of the prior. */
  private static int[] groups(LaplacePosterior<?> posterior) {
    int[] groups = new int[posterior.space().size()];
    for (int b = 0; b < posterior.space().blocks().size(); b++) {
      ParameterSpace.Block block = posterior.space().blocks().get(b);
      for (int i = block.offset(); i < block.end(); i++) {
        groups[i] = posterior.prior() instanceof Isotropic
            ? 0
            : posterior.prior() instanceof Layerwise ? b : i;
      }
    }
    return groups;
  }

  @Provide
  Arbitrary<Problem<Gaussian>> regressionsByOutput() {
    return ProblemMarket.regressions()
        .filter(problem -> problem.source() instanceof Ggn && problem.form() != Form.LOW_RANK);
  }

  @Property(tries = 60)
  void noisesOfTheOutputsAreAsGoodAsARefit(
      @ForAll("regressionsByOutput") Problem<Gaussian> problem, @ForAll long seed) {
    double[] sigma = Draws.positive(problem.y().values().shape().dim(1), new Random(seed));
    LaplacePosterior<Gaussian> changed =
        NoisePerOutput.of(problem.fit(), problem.data()).at(sigma, problem.prior());
    LaplacePosterior<Gaussian> refitted =
        problem.with(Gaussian.perOutput(sigma)).fit();
    assertClose(
        changed.curvature().toDense(),
        refitted.curvature().toDense(),
        PosteriorProperties.ROUNDING);
    double expected = refitted.evidence().logMarginalLikelihood();
    assertThat(changed.evidence().logMarginalLikelihood())
        .isCloseTo(
            expected, within(PosteriorProperties.ROUNDING * Math.max(1, Math.abs(expected))));
  }

  @Property(tries = 60)
  void gradientInEachLogNoiseIsThatOfDifferencesOfRefits(
      @ForAll("regressionsByOutput") Problem<Gaussian> problem) {
    LaplacePosterior<Gaussian> posterior = problem.fit();
    NoisePerOutput noise = NoisePerOutput.of(posterior, problem.data());
    double[] gradient = EvidenceGradient.byLogNoises(posterior, noise);
    for (int c = 0; c < gradient.length; c++) {
      int output = c;
      double expected = slope(t -> {
        double[] sigma = noise.sigma();
        sigma[output] *= Math.exp(t);
        return problem.with(Gaussian.perOutput(sigma)).fit().evidence().logMarginalLikelihood();
      });
      assertThat(gradient[c]).isCloseTo(expected, allowed(expected, posterior));
    }
    double all = posterior.effectiveParameters();
    assertThat(Arrays.stream(noise.effectiveParameters(posterior)).sum())
        .isCloseTo(all, within(PosteriorProperties.ROUNDING * posterior.space().size()));
  }

  @Property(tries = 60)
  void gradientInTheLogTemperatureIsThatOfDifferences(@ForAll("problems") Problem<?> problem) {
    LaplacePosterior<?> posterior = problem.fit();
    double t = posterior.temperature();
    double expected =
        slope(z -> posterior.withTemperature(t * Math.exp(z)).evidence().logMarginalLikelihood());
    assertThat(EvidenceGradient.byLogTemperature(posterior))
        .isCloseTo(expected, allowed(expected, posterior));
  }

  @Property(tries = 60)
  void anotherPriorIsAsGoodAsARefit(@ForAll("problems") Problem<?> problem, @ForAll long seed) {
    Prior other = PriorMarket.prior(problem.space(), new Random(seed));
    LaplacePosterior<?> changed = problem.fit().withPrior(other);
    LaplacePosterior<?> refitted = problem.with(other).fit();
    assertThat(changed.evidence()).isEqualTo(refitted.evidence());
    assertThat(changed.precision().toDense()).isEqualTo(refitted.precision().toDense());
  }

  @Property(tries = 100)
  void anotherNoiseIsAsGoodAsARefit(
      @ForAll("regressionsWithOneNoise") Problem<Gaussian> problem, @ForAll long seed) {
    double sigma = Math.exp(new Random(seed).nextGaussian());
    LaplacePosterior<Gaussian> changed = LaplacePosterior.withNoise(problem.fit(), sigma);
    LaplacePosterior<Gaussian> refitted = problem.with(Gaussian.of(sigma)).fit();
    assertClose(
        changed.curvature().toDense(),
        refitted.curvature().toDense(),
        PosteriorProperties.ROUNDING);
    double expected = refitted.evidence().logMarginalLikelihood();
    assertThat(changed.evidence().logMarginalLikelihood())
        .isCloseTo(
            expected, within(PosteriorProperties.ROUNDING * Math.max(1, Math.abs(expected))));
    assertThat(changed.likelihood().sigma()).containsExactly(sigma);
  }

  /**
   * Of a slope of the evidence: a logarithm of a determinant is off by ulps of the largest
   * eigenvalue where others are 1, as in I + K of the dual form, and that is at most Σ Pᵢᵢ/δᵢ.
   */
  private static Offset<Double> allowed(double expected, LaplacePosterior<?> posterior) {
    double evidence = Math.abs(posterior.evidence().logMarginalLikelihood());
    double[] delta = posterior.prior().precisions(posterior.space());
    double condition = org.laplace4j.linalg.Arrays.sum(
        org.laplace4j.linalg.Arrays.dividedBy(posterior.precision().diagonal(), delta));
    return within(DIFFERENCE * Math.max(1, Math.abs(expected)) + ROUNDED * (evidence + condition));
  }

  private static double slope(DoubleUnaryOperator f) {
    double near = f.applyAsDouble(STEP) - f.applyAsDouble(-STEP);
    double far = f.applyAsDouble(2 * STEP) - f.applyAsDouble(-2 * STEP);
    return (8 * near - far) / (12 * STEP);
  }
}
