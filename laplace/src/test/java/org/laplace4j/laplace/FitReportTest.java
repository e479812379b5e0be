package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

class FitReportTest {
  private static final double ROUNDING = 1e-10;

  /** The tolerance of the eigenvalue, of numbers of order 10. */
  private static final double EIGENVALUE = 1e-3;

  /** P = (6 3; 3 3), and g = Jᵀ r − θ = (3, 2) − (1, 0) = (2, 2). */
  @Test
  void numbersOfALinearModelAreThoseOnPaper() {
    FitReport report = FitReport.of(
        TwoWeights.laplace().structure(Structure.full()).fit(TwoWeights.data()), TwoWeights.data());
    assertThat(report.gradientNorm()).isCloseTo(Math.sqrt(8), within(ROUNDING));
    // gᵀ P⁻¹ g = 4 (3 − 3 − 3 + 6)/9
    assertThat(report.newtonStep()).isCloseTo(Math.sqrt(4.0 / 3), within(ROUNDING));
    // λ² − 9 λ + 9 = 0
    assertThat(report.smallestEigenvalue()).isCloseTo((9 - Math.sqrt(45)) / 2, within(EIGENVALUE));
    assertThat(report.hessianGap()).isCloseTo(0, within(ROUNDING));
    assertThat(report.linearizationError()).isCloseTo(0, within(ROUNDING));
    assertThat(report.toString()).contains("train longer").contains("of 2");
  }

  /** The optimum of two weights: θ = P⁻¹ (8, 5) = (24 − 15, −24 + 30)/9 = (1, ⅔). */
  @Test
  void atTheMaximumOfALinearModelNothingIsAdvised() {
    FitReport report = FitReport.of(
        Laplace.of(TwoWeights.model(1, 2.0 / 3), Gaussian.of(1))
            .structure(Structure.full())
            .fit(TwoWeights.data()),
        TwoWeights.data());
    assertThat(report.gradientNorm()).isCloseTo(0, within(ROUNDING));
    assertThat(report.advice()).isEmpty();
  }

  /**
   * f(x) = v tanh(w x) at v = w = 0 with y = 2: H has r x in both corners off the diagonal and
   * nothing else, so with a prior of 1 it is (1 −2; −2 1), with eigenvalues 3 and −1; G = 0.
   */
  @Test
  void aSaddleIsNamed() {
    Sequential saddle =
        Sequential.of(TwoWeights.model(0, 0), Activation.tanh(), TwoWeights.model(0, 0));
    Dataset data = TwoWeights.data(new double[] {1}, 2);
    FitReport report = FitReport.of(
        Laplace.of(saddle, Gaussian.of(1))
            .over(WeightSubset.named("0.weight", "2.weight"))
            .structure(Structure.full())
            .fit(data),
        data);
    assertThat(report.smallestEigenvalue()).isCloseTo(-1, within(EIGENVALUE));
    assertThat(report.advice().toString()).contains("no maximum").contains("above 1.00");
  }

  /** An example that counts three times is three examples. */
  @Test
  void weightsOfExamplesAreRepetitions() {
    Dataset repeated = TwoWeights.data(new double[] {1, 1, 1, 2}, 3, 3, 3, 5);
    Dataset once = TwoWeights.data(new double[] {1, 2}, 3, 5);
    Dataset weighted = Dataset.of(once.whole().x(), once.whole().targets().weighted(3, 1));
    FitReport of = report(weighted);
    FitReport expected = report(repeated);
    assertThat(of.gradientNorm()).isCloseTo(expected.gradientNorm(), within(ROUNDING));
    assertThat(of.newtonStep()).isCloseTo(expected.newtonStep(), within(ROUNDING));
  }

  private static FitReport report(Dataset data) {
    return FitReport.of(TwoWeights.laplace().structure(Structure.full()).fit(data), data);
  }

  @Test
  void edgesAreCounted() {
    LaplacePosterior<Gaussian> posterior =
        TwoWeights.laplace().prior(Prior.layerwise(1e10, 1)).fit(TwoWeights.data());
    FitReport report = FitReport.of(posterior, TwoWeights.data());
    assertThat(report.edges()).isEqualTo(1);
    assertThat(report.toString()).contains("1 precision(s)");
  }

  @Test
  void otherDataAreRefused() {
    LaplacePosterior<Gaussian> posterior = TwoWeights.laplace().fit(TwoWeights.data());
    assertThatThrownBy(() -> FitReport.of(posterior, TwoWeights.data(new double[] {1}, 2)))
        .hasMessageContaining("2 examples")
        .hasMessageContaining("got 1");
  }
}
