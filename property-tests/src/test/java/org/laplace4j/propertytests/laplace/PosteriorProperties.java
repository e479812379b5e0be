package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.evidence.Evidence;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.propertytests.linalg.Draws;

/** The Gaussian N(θ*, P⁻¹) and the numbers that come with it, against dense algebra. */
class PosteriorProperties {

  /** As in {@link DenseLaplace#rounding()}, where nothing is left out. */
  static final double ROUNDING = 1e-9;

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Property(tries = 60)
  void meanIsThetaStar(@ForAll("problems") Problem<?> problem) {
    assertThat(problem.fit().mean()).isEqualTo(new DenseLaplace(problem).mean());
  }

  @Property(tries = 100)
  void variancesAreTheDiagonalOfTheInverse(@ForAll("problems") Problem<?> problem) {
    DenseLaplace dense = new DenseLaplace(problem);
    assertClose(problem.fit().variances(), dense.covariance().diagonal(), dense.rounding());
  }

  /** The map ε ↦ M ε is linear, so its columns are what it makes of the unit vectors. */
  @Property(tries = 100)
  void samplerHasExactlyTheCovarianceOfThePosterior(@ForAll("problems") Problem<?> problem) {
    DenseLaplace dense = new DenseLaplace(problem);
    SpdOperator p = problem.fit().precision();
    Matrix mTransposed = Matrix.zeros(p.noiseSize(), p.size());
    for (int i = 0; i < p.noiseSize(); i++) {
      double[] unit = new double[p.noiseSize()];
      unit[i] = 1;
      System.arraycopy(p.unwhiten(unit), 0, mTransposed.array(), i * p.size(), p.size());
    }
    Matrix covariance = mTransposed.transpose().times(mTransposed);
    assertClose(covariance.times(dense.precision()), Matrix.identity(p.size()), dense.rounding());
  }

  @Property(tries = 100)
  void evidenceIsThatOfTheDenseMatricesTermByTerm(@ForAll("problems") Problem<?> problem) {
    Evidence evidence = problem.fit().evidence();
    DenseLaplace dense = new DenseLaplace(problem);
    assertNear(evidence.logLikelihood(), dense.logLikelihood(), dense);
    assertNear(evidence.priorQuadratic(), dense.priorQuadratic(), dense);
    assertNear(evidence.logDetRatio(), dense.logDetRatio(), dense);
    assertNear(evidence.logMarginalLikelihood(), dense.logEvidence(), dense);
  }

  @Property(tries = 100)
  void logDensityIsThatOfTheDenseNormal(@ForAll("problems") Problem<?> problem) {
    LaplacePosterior<?> posterior = problem.fit();
    DenseLaplace dense = new DenseLaplace(problem);
    double[] step = Draws.normal(posterior.space().size(), problem.rng());
    double[] theta = Arrays.plus(posterior.mean(), step);
    assertNear(posterior.logDensity(theta), dense.logDensity(theta), dense);
  }

  @Property(tries = 100)
  void effectiveParametersAreTheTraceOfHOverP(@ForAll("problems") Problem<?> problem) {
    LaplacePosterior<?> posterior = problem.fit();
    DenseLaplace dense = new DenseLaplace(problem);
    int size = posterior.space().size();
    assertThat(posterior.effectiveParameters())
        .isCloseTo(dense.effectiveParameters(), within(dense.rounding() * size))
        .isBetween(-ROUNDING * size, size + ROUNDING * size);
  }

  @Property(tries = 60)
  void dataOnlyAddToThePrecisionOfThePrior(@ForAll("problems") Problem<?> problem) {
    double[] variances = problem.fit().variances();
    double[] delta = problem.prior().precisions(problem.space());
    for (int i = 0; i < variances.length; i++) {
      assertThat(variances[i]).isBetween(0.0, (1 + ROUNDING) / delta[i]);
    }
  }

  private static void assertNear(double actual, double expected, DenseLaplace dense) {
    assertThat(actual)
        .isCloseTo(expected, within(dense.rounding() * Math.max(1, Math.abs(expected))));
  }
}
