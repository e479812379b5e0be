package org.laplace4j.laplace.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Diagonal;
import org.laplace4j.nn.prior.Isotropic;
import org.laplace4j.nn.prior.Layerwise;
import org.laplace4j.nn.prior.Prior;

/**
 * For one weight θ with curvature h the evidence −½ (δ θ² + log (1 + h/δ)) is highest where θ² = h
 * / (δ (δ + h)).
 */
class MarginalLikelihoodTest {
  /**
   * The tuner asks for a gradient below 1e-5 in log δ, where the second derivative is of order 1.
   */
  private static final double FLAT = 1e-4;

  /** One example at x = 1 under σ = √3: h = ⅓ for w and for b. */
  private static LaplacePosterior<Gaussian> posterior(double w, double b, WeightSubset subset) {
    return Laplace.of(TwoWeights.model(w, b), Gaussian.of(Math.sqrt(3)))
        .over(subset)
        .structure(Structure.diagonal())
        .fit(TwoWeights.data(new double[] {1}, 4));
  }

  @Test
  void onePrecisionEndsWhereThePaperSays() {
    // θ² = ¼ = ⅓ / (1 · 4/3), so δ = 1; far away from the start.
    Tuned<Gaussian> tuned = posterior(0.5, 0, WeightSubset.named("weight"))
        .withPrior(Prior.isotropic(1e-3))
        .tune(Tuner.marginalLikelihood());
    Isotropic prior = (Isotropic) tuned.posterior().prior();
    assertThat(prior.precision()).isCloseTo(1, within(FLAT));
    assertThat(tuned.report().converged()).isTrue();
    assertThat(tuned.report().edges()).isZero();
    // γ = 1 − 1/(1 + ⅓)
    assertThat(tuned.report().effectiveParameters()).isCloseTo(0.25, within(FLAT));
  }

  @Test
  void onePrecisionATensorEndsWhereEachWouldAlone() {
    // For w as above; for b, θ² = 3/2 = ⅓ / (⅓ · ⅔), so δ = ⅓.
    Tuned<Gaussian> tuned = posterior(0.5, Math.sqrt(1.5), WeightSubset.all())
        .tune(Tuner.marginalLikelihood().layerwisePrior());
    assertThat(((Layerwise) tuned.posterior().prior()).precisions())
        .containsExactly(new double[] {1, 1.0 / 3}, within(FLAT));
    Tuned<Gaussian> each = posterior(0.5, Math.sqrt(1.5), WeightSubset.all())
        .tune(Tuner.marginalLikelihood().diagonalPrior());
    assertThat(each.posterior().prior()).isInstanceOf(Diagonal.class);
    assertThat(each.posterior().prior().precisions(each.posterior().space()))
        .containsExactly(new double[] {1, 1.0 / 3}, within(FLAT));
  }

  /** θ = μ, so the evidence grows with δ for ever, to that of no weight at all. */
  @Test
  void aWeightAtItsPriorMeanIsHeldThereByItsPrecision() {
    Tuned<Gaussian> tuned =
        posterior(0, 0, WeightSubset.named("weight")).tune(Tuner.marginalLikelihood());
    assertThat(tuned.posterior().evidence().logDetRatio()).isBetween(0.0, FLAT);
    assertThat(tuned.report().converged()).isTrue();
  }

  /** With h = 10¹⁶ there is still something to gain where the range of δ ends. */
  @Test
  void anEdgeOfTheRangeIsReported() {
    Tuned<Gaussian> tuned = Laplace.of(TwoWeights.model(0, 0), Gaussian.of(1e-8))
        .over(WeightSubset.named("weight"))
        .fit(TwoWeights.data(new double[] {1}, 0))
        .tune(Tuner.marginalLikelihood());
    assertThat(((Isotropic) tuned.posterior().prior()).precision()).isCloseTo(1e10, within(1.0));
    assertThat(tuned.report().edges()).isEqualTo(1);
    assertThat(tuned.report().toString()).contains("1 value(s) on an edge");
  }

  @Test
  void theMeanOfThePriorStays() {
    Tuned<Gaussian> tuned = posterior(0.75, 0, WeightSubset.named("weight"))
        .withPrior(Prior.isotropic(5).around(0.25))
        .tune(Tuner.marginalLikelihood());
    // ¾ − ¼ = ½, so δ = 1 again.
    assertThat(tuned.posterior().prior().mean(tuned.posterior().space())).containsExactly(0.25);
    assertThat(((Isotropic) tuned.posterior().prior()).precision()).isCloseTo(1, within(FLAT));
  }

  /** MacKay's fixed point: σ² = Σ r² / (N C − γ). */
  @Test
  void theNoiseEndsAtTheResidualsOverTheFreeDegrees() {
    Tuned<Gaussian> tuned = TwoWeights.laplace()
        .structure(Structure.full())
        .fit(TwoWeights.data(new double[] {-2, -1, 0, 1, 2}, -2.5, -0.5, 0.25, 0.5, 2.5))
        .tune(Tuner.marginalLikelihood().andNoise());
    double sigma = tuned.posterior().likelihood().sigma()[0];
    // Four residuals of ½ and one of ¼.
    double squares = 4 * 0.25 + 0.0625;
    double gamma = tuned.posterior().effectiveParameters();
    assertThat(sigma * sigma).isCloseTo(squares / (5 - gamma), within(FLAT));
    assertThat(tuned.report().after()).isGreaterThan(tuned.report().before());
  }

  @Test
  void aPriorBeyondTheEdgesStaysIfItIsBetter() {
    LaplacePosterior<Gaussian> before =
        posterior(0, 0, WeightSubset.named("weight")).withPrior(Prior.isotropic(1e12));
    Tuned<Gaussian> tuned = before.tune(Tuner.marginalLikelihood());
    assertThat(tuned.posterior()).isSameAs(before);
    assertThat(tuned.report().after()).isEqualTo(tuned.report().before());
  }
}
