package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.Evidence;
import org.laplace4j.laplace.evidence.EvidenceGradient;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

/** P = (6 3; 3 3) on paper, see {@link TwoWeights}. */
class LaplacePosteriorTest {
  /** A few roundings of numbers of order one. */
  private static final double ROUNDING = 1e-14;

  private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

  private final LaplacePosterior<Gaussian> posterior =
      TwoWeights.laplace().structure(Structure.full()).fit(TwoWeights.data());

  @Test
  void variancesAreTheDiagonalOfTheInverse() {
    assertThat(posterior.mean()).containsExactly(1, 0);
    assertThat(posterior.variances())
        .containsExactly(new double[] {3.0 / 9, 6.0 / 9}, within(ROUNDING));
  }

  @Test
  void evidenceHasItsThreeTerms() {
    Evidence evidence = posterior.evidence();
    // Two residuals of 1 under σ = 1; w = 1 under δ = 1; det P = 9 under det P₀ = 1.
    assertThat(evidence.logLikelihood()).isCloseTo(-1 - LOG_TWO_PI, within(ROUNDING));
    assertThat(evidence.priorQuadratic()).isCloseTo(1, within(ROUNDING));
    assertThat(evidence.logDetRatio()).isCloseTo(Math.log(9), within(ROUNDING));
    assertThat(evidence.logMarginalLikelihood())
        .isCloseTo(-1 - LOG_TWO_PI - 0.5 - Math.log(3), within(ROUNDING));
  }

  @Test
  void aPriorMeanAtThetaStarCostsNothing() {
    Evidence evidence = posterior.withPrior(Prior.isotropic(1).around(1, 0)).evidence();
    assertThat(evidence.priorQuadratic()).isZero();
    assertThat(evidence.logDetRatio()).isCloseTo(Math.log(9), within(ROUNDING));
  }

  @Test
  void effectiveParametersAreThoseThatTheDataDetermine() {
    assertThat(posterior.effectiveParameters()).isCloseTo(2 - 3.0 / 9 - 6.0 / 9, within(ROUNDING));
    assertThat(posterior.withPrior(Prior.isotropic(1e12)).effectiveParameters())
        .isCloseTo(0, within(1e-11));
    assertThat(posterior.withPrior(Prior.isotropic(1e-12)).effectiveParameters())
        .isCloseTo(2, within(1e-11));
  }

  @Test
  void gradientsOfTheEvidenceAreThoseOnPaper() {
    // ½ (1 − 3/9 − 1) for w, ½ (1 − 6/9 − 0) for b; 2/1 − 2 + γ for the noise.
    assertThat(EvidenceGradient.byLogPrecision(posterior))
        .containsExactly(new double[] {-1.0 / 6, 1.0 / 6}, within(ROUNDING));
    assertThat(EvidenceGradient.byLogNoise(posterior)).isCloseTo(1, within(ROUNDING));
  }

  @Test
  void logDensityHasItsMaximumAtTheMean() {
    // ½ (log 9 − 2 log 2π) at θ*; one step along w costs 6/2.
    double top = Math.log(3) - LOG_TWO_PI;
    assertThat(posterior.logDensity(new double[] {1, 0})).isCloseTo(top, within(ROUNDING));
    assertThat(posterior.logDensity(new double[] {2, 0})).isCloseTo(top - 3, within(ROUNDING));
  }

  @Test
  void anotherNoiseScalesTheCurvature() {
    // H ∝ 1/σ² for the GGN: (20 12; 12 8); ∝ 1/σ⁴ for the empirical Fisher: (80 48; 48 32).
    var ggn = LaplacePosterior.withNoise(posterior, 0.5);
    assertThat(ggn.curvature().toDense().row(0)).containsExactly(20, 12);
    var fisher = LaplacePosterior.withNoise(
        TwoWeights.laplace()
            .structure(Structure.full())
            .curvature(CurvatureSource.empiricalFisher())
            .fit(TwoWeights.data()),
        0.5);
    assertThat(fisher.curvature().toDense().row(0)).containsExactly(80, 48);
    // Both residuals are two standard deviations: −½ (4 + 4 + 2 log 2π − 2 log 4).
    assertThat(ggn.evidence().logLikelihood())
        .isCloseTo(-4 - LOG_TWO_PI + Math.log(4), within(ROUNDING));
  }

  @Test
  void theTrueHessianScalesWithTheNoiseWhateverTheSource() {
    // The model is linear, so the Hessian is the GGN.
    var hessian = TwoWeights.laplace()
        .structure(Structure.hessian())
        .curvature(CurvatureSource.empiricalFisher())
        .fit(TwoWeights.data());
    assertThat(LaplacePosterior.withNoise(hessian, 0.5).curvature().toDense().row(0))
        .containsExactly(20, 12);
  }

  @Test
  void theFitCountsExamplesAndSquares() {
    DataFit fit = posterior.dataFit();
    assertThat(fit.examples()).isEqualTo(2);
    assertThat(fit.residualSquares()).containsExactly(2);
    fit.residualSquares()[0] = 7;
    assertThat(fit.residualSquares()).containsExactly(2);
  }

  @Test
  void aPriorMeanOfTheWrongLengthIsRefusedAtOnce() {
    assertThatThrownBy(() -> posterior.withPrior(Prior.isotropic(1).around(1, 2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3")
        .hasMessageContaining("2");
  }
}
