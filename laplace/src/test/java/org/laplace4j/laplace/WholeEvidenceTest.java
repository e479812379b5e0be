package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.Evidence;
import org.laplace4j.nn.likelihood.Gaussian;

class WholeEvidenceTest {
  private static final double ROUNDING = 1e-9;

  /** P = (6 3; 3 3) has determinant 9, its diagonal 18, and P₀ = I. */
  @Test
  void theGapOfADiagonalIsThatOnPaper() {
    WholeEvidence evidence = of(TwoWeights.laplace().structure(Structure.diagonal()), 2, 2);
    // Two residuals of 1, and a prior quadratic of 1.
    Evidence whole = evidence.whole();
    assertThat(whole.logLikelihood()).isCloseTo(-1 - Math.log(2 * Math.PI), within(ROUNDING));
    assertThat(whole.priorQuadratic()).isCloseTo(1, within(ROUNDING));
    assertThat(whole.logDetRatio()).isCloseTo(Math.log(9), within(ROUNDING));
    assertThat(whole.standardError()).isCloseTo(0, within(ROUNDING));
    assertThat(evidence.kept().logDetRatio()).isCloseTo(Math.log(18), within(ROUNDING));
    assertThat(evidence.gap()).isCloseTo(Math.log(2) / 2, within(ROUNDING));
    // Two directions, and a step for each of two probes.
    assertThat(evidence.passes()).isEqualTo(4);
    assertThat(evidence.toString())
        .contains("Structure.diagonal", "gap 0.35 ± 0.00", "differ by more");
  }

  /**
   * At T = 2, P = (3.5 1.5; 1.5 2) with determinant 4.75. A probe (1, ±1) of log P = L without
   * directions is L₁₁ + L₂₂ ± 2 L₁₂, and the mean of m of them of which k have +1 is tr L + 2 L₁₂
   * (2 k/m − 1). The eigenvalues are 2.75 ± d with d = √(0.75² + 1.5²), so L₁₂ = 1.5 log((2.75 +
   * d)/(2.75 − d))/(2 d).
   */
  @Test
  void withoutDirectionsTheErrorIsThatOfTheSigns() {
    int m = 10;
    Evidence whole = of(TwoWeights.laplace().temperature(2), 0, m).whole();
    double d = Math.sqrt(0.75 * 0.75 + 1.5 * 1.5);
    double offDiagonal = 1.5 * Math.log((2.75 + d) / (2.75 - d)) / (2 * d);
    double mean = (whole.logDetRatio() - Math.log(4.75)) / (2 * offDiagonal); // 2 k/m − 1
    double k = (mean + 1) * m / 2;
    assertThat(k).isCloseTo(Math.rint(k), within(1e-6)).isBetween(0.5, m - 0.5);
    double variance = (1 - mean * mean) * m / (m - 1);
    assertThat(whole.logDetStandardError())
        .isCloseTo(2 * offDiagonal * Math.sqrt(variance / m), within(1e-6));
  }

  @Test
  void ofAStructureThatKeepsAllThereIsNoGap() {
    WholeEvidence evidence = of(TwoWeights.laplace().structure(Structure.full()), 1, 16);
    assertThat(evidence.gap()).isCloseTo(0, within(4 * evidence.gapStandardError() + ROUNDING));
    assertThat(evidence.toString()).contains("No gap");
  }

  /** ½ · 6 and ½ · 8, at right angles. */
  @Test
  void theErrorsOfBothAreInThatOfTheGap() {
    WholeEvidence evidence =
        new WholeEvidence("kronecker", new Evidence(-10, 2, 4, 6), new Evidence(-10, 2, 8, 8), 100);
    assertThat(evidence.gap()).isCloseTo(-2, within(ROUNDING));
    assertThat(evidence.gapStandardError()).isCloseTo(5, within(ROUNDING));
  }

  /** A space of less elements than directions by default. */
  @Test
  void directionsAreAtMostTheElements() {
    LaplacePosterior<Gaussian> posterior = TwoWeights.laplace().fit(TwoWeights.data());
    WholeEvidence evidence =
        WholeEvidence.of(posterior, TwoWeights.data(), new SplittableRandom(1));
    assertThat(evidence.whole().logDetRatio()).isCloseTo(Math.log(9), within(ROUNDING));
  }

  private static WholeEvidence of(Laplace<Gaussian> laplace, int rank, int probes) {
    return WholeEvidence.of(
        laplace.fit(TwoWeights.data()), TwoWeights.data(), rank, probes, new SplittableRandom(1));
  }
}
