package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.metric.Score;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Isotropic;
import org.laplace4j.nn.prior.Prior;

/** f(x) = w x at w = 1 with σ = 1, fitted to one example at x = 1: P = 1 + δ. */
class ValidationTest {
  /** The interval of log δ that is left is 0.02 wide, of 1 + δ and of its part alike. */
  private static final double WIDTH = 0.02;

  private static final Score<Gaussian> DENSITY = Score.negativeLogDensity(Predictive.linearized());

  private static LaplacePosterior<Gaussian> posterior() {
    return Laplace.of(TwoWeights.model(1, 0), Gaussian.of(1))
        .over(WeightSubset.named("weight"))
        .structure(Structure.full())
        .fit(TwoWeights.data(new double[] {1}, 1));
  }

  /** At x = 1 the variance is 1/(1 + δ) + 1; a residual r is most probable where that is r². */
  @Test
  void theVarianceBecomesThatOfTheHeldOutResidual() {
    Dataset heldOut = TwoWeights.data(new double[] {1}, 1 + Math.sqrt(1.25)); // so δ = 3
    Tuned<Gaussian> tuned = posterior().tune(Tuner.validation(heldOut, DENSITY));
    Isotropic prior = (Isotropic) tuned.posterior().prior();
    assertThat(prior.precision()).isCloseTo(3, within(3 * WIDTH));
    assertThat(tuned.report().edges()).isZero();
    assertThat(tuned.report().converged()).isTrue();
    assertThat(tuned.report().before()).isEqualTo(posterior().evidence().logMarginalLikelihood());
    assertThat(tuned.report().after())
        .isEqualTo(tuned.posterior().evidence().logMarginalLikelihood());
    // γ = 1 − δ/(1 + δ)
    assertThat(tuned.report().effectiveParameters()).isCloseTo(0.25, within(WIDTH));
  }

  /** No residual at all: the surer the better. */
  @Test
  void anEdgeIsReported() {
    Dataset heldOut = TwoWeights.data(new double[] {1}, 1);
    TuningReport report = posterior().tune(Tuner.validation(heldOut, DENSITY)).report();
    assertThat(report.edges()).isEqualTo(1);
    assertThat(report.toString()).contains("1 value(s) on an edge");
  }

  /** A second search finds nothing better, and the value is on the edge as before. */
  @Test
  void anEdgeThatStaysIsReportedToo() {
    Dataset heldOut = TwoWeights.data(new double[] {1}, 1);
    for (Tuner<Gaussian> tuner :
        List.of(Tuner.validation(heldOut, DENSITY), Tuner.temperature(heldOut, DENSITY))) {
      LaplacePosterior<Gaussian> once = posterior().tune(tuner).posterior();
      Tuned<Gaussian> twice = once.tune(tuner);
      assertThat(twice.posterior()).isSameAs(once);
      assertThat(twice.report().edges()).isEqualTo(1);
    }
  }

  @Test
  void aBetterPriorBeyondTheRangeStays() {
    LaplacePosterior<Gaussian> before = posterior().withPrior(Prior.isotropic(1e12));
    Dataset heldOut = TwoWeights.data(new double[] {1}, 1);
    Tuned<Gaussian> tuned = before.tune(Tuner.validation(heldOut, DENSITY));
    assertThat(tuned.posterior()).isSameAs(before);
    assertThat(tuned.report().edges()).isEqualTo(1);
  }

  @Test
  void aScoreThatIsNeverFiniteIsRefused() {
    Dataset heldOut = TwoWeights.data(new double[] {1}, 1);
    Tuner<Gaussian> tuner = Tuner.validation(heldOut, (posterior, examples) -> Double.NaN);
    assertThatThrownBy(() -> posterior().tune(tuner))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN")
        .hasMessageContaining("25 values");
  }

  /**
   * Two examples at x = 1, each left out once: P = 1 + δ for the other, as above, since both have
   * the same residual.
   */
  @Test
  void foldsAreScoredUnderTheOthers() {
    Dataset data = TwoWeights.data(new double[] {1, 1}, 1 + Math.sqrt(1.25), 1 - Math.sqrt(1.25));
    LaplacePosterior<Gaussian> both = posterior().ofData(data);
    Tuned<Gaussian> tuned = both.tune(Tuner.crossValidation(data, 2, DENSITY));
    assertThat(((Isotropic) tuned.posterior().prior()).precision()).isCloseTo(3, within(3 * WIDTH));
    // The posterior is that of both: γ = 2/(2 + 3).
    assertThat(tuned.report().effectiveParameters()).isCloseTo(0.4, within(WIDTH));
  }

  @Test
  void foldsMustBeAtLeastTwoAndAtMostAllExamples() {
    Dataset data = TwoWeights.data();
    assertThatThrownBy(() -> Tuner.crossValidation(data, 1, DENSITY))
        .hasMessageContaining("1 fold");
    assertThatThrownBy(() -> Tuner.crossValidation(data, 3, DENSITY))
        .hasMessageContaining("3 folds")
        .hasMessageContaining("2 examples");
  }

  /** A wrong label: the least sure is best, in every score. */
  @Test
  void scoresOfClassesAskForDoubtWhereTheLabelIsWrong() {
    Dataset heldOut = Dataset.of(TwoWeights.column(2), Targets.labels(0));
    LaplacePosterior<Bernoulli> posterior = Laplace.of(TwoWeights.model(1, 0), new Bernoulli())
        .over(WeightSubset.named("weight"))
        .structure(Structure.full())
        .fit(Dataset.of(TwoWeights.column(1), Targets.labels(1)));
    for (Score<ClassLikelihood> score : List.of(
        Score.negativeLogLikelihood(Predictive.probit()),
        Score.brier(Predictive.probit()),
        Score.expectedCalibrationError(Predictive.probit(), 10))) {
      Tuned<Bernoulli> tuned = posterior.tune(Tuner.validation(heldOut, score));
      assertThat(((Isotropic) tuned.posterior().prior()).precision())
          .isEqualTo(1e-6, within(1e-12));
      assertThat(tuned.report().edges()).isEqualTo(1);
    }
  }

  /** With δ = 1 and 1/T for h, the variance at x = 1 is 1/(1 + 1/T) + 1. */
  @Test
  void theTemperatureIsChosenByWhatItPredicts() {
    Dataset heldOut = TwoWeights.data(new double[] {1}, 1 + Math.sqrt(1.75)); // so T = 3
    Tuned<Gaussian> tuned = posterior().tune(Tuner.temperature(heldOut, DENSITY));
    // By 1/(1 + 1/T) = T/(1 + T), whose logarithm moves by 1/(1 + T) of that of T.
    assertThat(tuned.posterior().temperature()).isCloseTo(3, within(3 * WIDTH));
    assertThat(tuned.posterior().prior().precisions(tuned.posterior().space())).containsExactly(1);
    assertThat(tuned.report().converged()).isTrue();
    assertThat(tuned.report().edges()).isZero();
  }

  @Test
  void aTemperatureThatIsNoneIsRefused() {
    for (double t : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> posterior().withTemperature(t))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(Double.toString(t));
    }
  }
}
