package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.IndependentOutputs;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.OneOutput;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.EvidenceGradient;
import org.laplace4j.laplace.evidence.TunedOutputs;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.predict.OutputDistribution;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.prior.Prior;

/** A posterior for each output, against a dense one for each. */
class IndependentOutputsProperties {
  /** Of covariances and determinants of a few dozen weights. */
  private static final double ROUNDING = PosteriorProperties.ROUNDING;

  /** Of what is hardly seen: rounding times 1e6, and the tuner's own tolerance is of this order. */
  private static final double SEEN = 1e-6;

  /** Evidences that are known to 1e-8, over steps of 1e-2, and h⁴ of the four points. */
  private static final double DIFFERENCES = 2e-5;

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Provide
  Arbitrary<Problem<Gaussian>> regressions() {
    return ProblemMarket.regressionsWithOneNoise();
  }

  @Provide
  Arbitrary<Problem<? extends ClassLikelihood>> classifications() {
    return ProblemMarket.classifications();
  }

  @Property(tries = 60)
  void eachOutputHasTheVarianceOfItsOwnDensePosterior(@ForAll("problems") Problem<?> problem) {
    IndependentOutputs<?> outputs = fit(problem);
    Tensor x = problem.newInputs(3);
    OutputDistribution f = outputs.outputs(x);
    int c = f.mean().shape().dim(1);
    for (int k = 0; k < c; k++) {
      DenseLaplace dense = alone(problem, k);
      Matrix all = dense.outputCovariance(x);
      for (int n = 0; n < 3; n++) {
        double expected = all.get(n * c + k, n * c + k);
        assertThat(f.variances().array()[n * c + k])
            .isCloseTo(expected, within(dense.rounding() * Math.max(1, all.maxAbs())));
        for (int other = 0; other < c; other++) {
          if (other != k) {
            assertThat(f.covariance().array()[(n * c + k) * c + other]).isZero();
          }
        }
      }
    }
    assertThat(f.mean().array()).isEqualTo(new DenseLaplace(problem).outputs(x).array());
  }

  @Property(tries = 60)
  void evidenceIsTheSumOverOutputs(@ForAll("problems") Problem<?> problem) {
    // Low rank leaves out eigenvalues that are a part of what is hardly seen.
    Assume.that(problem.form() != Form.LOW_RANK);
    List<DenseLaplace> dense = all(problem);
    double expected = dense.get(0).logLikelihood();
    for (DenseLaplace one : dense) {
      expected -= (seenQuadratic(one, problem) + one.logDetRatio()) / 2;
    }
    // A matrix that is known to 1e-16 of its largest entry, times 1e6.
    double rounding = 10 * dense.stream().mapToDouble(DenseLaplace::rounding).sum();
    assertThat(fit(problem).evidence().logMarginalLikelihood())
        .isCloseTo(expected, within(rounding * Math.max(1, Math.abs(expected))));
  }

  /** rᵀ P₀ (H + 1e-6 P₀)⁻¹ H r. */
  private static double seenQuadratic(DenseLaplace dense, Problem<?> problem) {
    double[] delta = problem.prior().precisions(problem.space());
    double[] r =
        org.laplace4j.linalg.Arrays.minus(dense.mean(), problem.prior().mean(problem.space()));
    double[] pull = org.laplace4j.linalg.Arrays.times(delta, r);
    Matrix sum = dense.h().times(1e6).plusDiagonal(delta);
    double[] unseen = new Cholesky(sum).solve(pull);
    return org.laplace4j.linalg.Arrays.dot(pull, org.laplace4j.linalg.Arrays.minus(r, unseen));
  }

  /** Where no weight is shared, nothing is left out. */
  @Property(tries = 30)
  void theLastLayerOfARegressionIsExact(@ForAll("regressions") Problem<Gaussian> any) {
    Problem<Gaussian> problem = any.with(Form.FUNCTIONAL).with(CurvatureSource.ggn());
    Laplace<Gaussian> last = Laplace.of(problem.network().module(), problem.likelihood())
        .over(WeightSubset.lastLayer())
        .structure(Structure.full());
    IndependentOutputs<Gaussian> apart = last.fitIndependentOutputs(problem.data());
    LaplacePosterior<Gaussian> together = last.fit(problem.data());
    Tensor x = problem.newInputs(3);
    double[] expected = together.predict(x, Predictive.outputs()).covariance().array();
    double[] covariance = apart.outputs(x).covariance().array();
    for (int i = 0; i < expected.length; i++) {
      assertThat(covariance[i]).isCloseTo(expected[i], within(ROUNDING * Math.max(1, expected[i])));
    }
    assertThat(apart.evidence().logDetRatio())
        .isCloseTo(together.evidence().logDetRatio(), within(10 * ROUNDING));
    // What the data do not see of θ* counts in one and not in the other.
    assertThat(apart.evidence().priorQuadratic())
        .isLessThanOrEqualTo(together.evidence().priorQuadratic() * (1 + SEEN));
  }

  /** By differences of the evidence itself. */
  @Property(tries = 30)
  void gradientOfTheEvidenceIsThatOfDifferences(@ForAll("problems") Problem<?> problem) {
    IndependentOutputs<?> outputs = fit(problem);
    double[] delta = problem.prior().precisions(problem.space());
    double[] gradient = EvidenceGradient.byLogPrecision(outputs);
    int i = problem.rng().nextInt(delta.length);
    // What is hardly seen leaves errors of about 1e-8 in the evidence, so the steps are long: four
    // points have an error of about h⁴.
    double h = 1e-2;
    double near =
        evidence(problem, outputs, delta, i, h) - evidence(problem, outputs, delta, i, -h);
    double far =
        evidence(problem, outputs, delta, i, 2 * h) - evidence(problem, outputs, delta, i, -2 * h);
    double slope = (8 * near - far) / (12 * h);
    assertThat(gradient[i]).isCloseTo(slope, within(DIFFERENCES * Math.max(1, Math.abs(slope))));
  }

  private static double evidence(
      Problem<?> problem, IndependentOutputs<?> outputs, double[] delta, int i, double h) {
    double[] moved = delta.clone();
    moved[i] *= Math.exp(h);
    Prior prior = Prior.diagonal(moved).around(problem.prior().mean(problem.space()));
    return outputs.withPrior(prior).evidence().logMarginalLikelihood();
  }

  /** No other of many priors is better. */
  @Property(tries = 30)
  void noPriorHasMoreEvidenceThanTheTunedOne(@ForAll("problems") Problem<?> problem) {
    IndependentOutputs<?> outputs = fit(problem.with(Prior.isotropic(1)));
    TunedOutputs<?> tuned = Tuner.marginalLikelihood().tune(outputs);
    double top = tuned.report().after();
    assertThat(tuned.outputs().evidence().logMarginalLikelihood()).isEqualTo(top);
    for (int decade = -8; decade <= 8; decade++) {
      double there = outputs
          .withPrior(Prior.isotropic(Math.pow(10, decade / 2.0)))
          .evidence()
          .logMarginalLikelihood();
      assertThat(there).isLessThanOrEqualTo(top + SEEN * Math.max(1, Math.abs(top)));
    }
  }

  @Property(tries = 30)
  void partsAddToTheWhole(@ForAll("problems") Problem<?> problem) {
    int n = problem.y().count();
    int cut = n / 2;
    Assume.that(cut > 0 && !problem.drawsTargets());
    Tensor x = problem.newInputs(2);
    double rounding = all(problem).stream().mapToDouble(DenseLaplace::rounding).sum();
    double[] whole = fit(problem).outputs(x).variances().array();
    double[] parts = laplace(problem)
        .fitIndependentOutputs(problem.data(0, cut))
        .plus(problem.data(cut, n))
        .outputs(x)
        .variances()
        .array();
    for (int i = 0; i < whole.length; i++) {
      assertThat(parts[i]).isCloseTo(whole[i], within(rounding * Math.max(1, whole[i])));
    }
  }

  @Property(tries = 30)
  void anotherNoiseIsARefit(@ForAll("regressions") Problem<Gaussian> problem) {
    Assume.that(problem.form() != Form.LOW_RANK);
    IndependentOutputs<Gaussian> changed =
        IndependentOutputs.withNoise(fit(problem), 0.7, problem.prior());
    Problem<Gaussian> other = problem.with(Gaussian.of(0.7));
    Assume.that(!problem.drawsTargets());
    double rounding =
        10 * all(other).stream().mapToDouble(DenseLaplace::rounding).sum();
    double refit = fit(other).evidence().logMarginalLikelihood();
    assertThat(changed.evidence().logMarginalLikelihood())
        .isCloseTo(refit, within(rounding * Math.max(1, Math.abs(refit))));
  }

  @Property(tries = 30)
  void aLinkIsThatOfTheSameGaussian(
      @ForAll("classifications") Problem<? extends ClassLikelihood> problem) {
    linkIsThatOfTheSameGaussian(problem);
  }

  /** The link of logits that are shrunk by the variance of each output's dense posterior. */
  private static <L extends ClassLikelihood> void linkIsThatOfTheSameGaussian(Problem<L> problem) {
    Tensor x = problem.newInputs(3);
    Tensor f = new DenseLaplace(problem).outputs(x);
    List<DenseLaplace> dense = all(problem);
    int c = dense.size();
    double[] shrunk = f.array().clone();
    double largest = 1;
    for (int k = 0; k < c; k++) {
      Matrix covariance = dense.get(k).outputCovariance(x);
      for (int n = 0; n < 3; n++) {
        double variance = covariance.get(n * c + k, n * c + k);
        shrunk[n * c + k] /= Math.sqrt(1 + Math.PI / 8 * variance);
        largest = Math.max(largest, Math.abs(f.array()[n * c + k]));
      }
    }
    double[] expected =
        problem.likelihood().probabilities(Tensor.of(f.shape(), shrunk)).array();
    double rounding = dense.stream().mapToDouble(DenseLaplace::rounding).sum();
    double[] p = fit(problem).predict(x, Predictive.probit()).probabilities().array();
    assertThat(p).containsExactly(expected, within(rounding * largest));
  }

  private static <L extends Likelihood> IndependentOutputs<L> fit(Problem<L> problem) {
    return laplace(problem).fitIndependentOutputs(problem.data());
  }

  private static <L extends Likelihood> Laplace<L> laplace(Problem<L> problem) {
    return Laplace.of(problem.network().module(), problem.likelihood())
        .over(WeightSubset.of(problem.mask()))
        .structure(problem.form().structure())
        .curvature(problem.source())
        .prior(problem.prior())
        .temperature(problem.temperature());
  }

  private static List<DenseLaplace> all(Problem<?> problem) {
    int outputs = new DenseLaplace(problem).outputs(problem.x()).shape().dim(1);
    return IntStream.range(0, outputs).mapToObj(k -> alone(problem, k)).toList();
  }

  private static DenseLaplace alone(Problem<?> problem, int output) {
    return new DenseLaplace(problem.with(new OneOutput(problem.source(), output)));
  }
}
