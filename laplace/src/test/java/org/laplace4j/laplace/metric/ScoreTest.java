package org.laplace4j.laplace.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.Tuned;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.predict.OutputDistribution;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.nn.Batch;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.likelihood.Poisson;
import org.laplace4j.nn.likelihood.StudentT;

/** Scores for any likelihood against quadrature, f(x) = w x. */
class ScoreTest {
  private static final int DRAWS = 40_000;

  /** Six standard errors of a mean of densities whose relative spread is below 1. */
  private static final double SIX_SIGMA = 6 / Math.sqrt(DRAWS);

  private static final Score<Likelihood> SCORE =
      Score.negativeLogDensity(DRAWS, new SplittableRandom(3));

  private static <L extends Likelihood> LaplacePosterior<L> posterior(L likelihood) {
    return Laplace.of(TwoWeights.model(1, 0), likelihood)
        .over(WeightSubset.named("weight"))
        .structure(Structure.full())
        .fit(TwoWeights.data(new double[] {1}, 1));
  }

  private static Batch heldOut() {
    return TwoWeights.data(new double[] {0.5, -1, 2}, 1, 0, 4).whole();
  }

  /** −1/N Σₙ log ∫ p(yₙ | f) N(f; m, v) df by the trapezoid rule over ±12 standard deviations. */
  private static <L extends Likelihood> double quadrature(LaplacePosterior<L> posterior) {
    OutputDistribution f = posterior.predict(heldOut().x(), Predictive.outputs());
    double sum = 0;
    for (int n = 0; n < heldOut().size(); n++) {
      double m = f.mean().array()[n];
      double deviation = Math.sqrt(f.covariance().array()[n]);
      Targets y = heldOut().select(n).targets();
      double density = 0;
      double step = 0.01;
      for (double z = -12; z <= 12; z += step) {
        Tensor at = TwoWeights.column(m + z * deviation);
        double p = Math.exp(posterior.likelihood().logDensities(at, y).sum().item());
        density += step * p * Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
      }
      sum -= Math.log(density);
    }
    return sum / heldOut().size();
  }

  @Test
  void scoreOfAnyLikelihoodIsThatOfQuadrature() {
    assertScore(posterior(Gaussian.of(1)));
    assertScore(posterior(new Poisson()));
    assertScore(posterior(new StudentT(4, 1)));
    LaplacePosterior<Gaussian> gaussian = posterior(Gaussian.of(1));
    assertThat(SCORE.of(gaussian, heldOut()))
        .isCloseTo(
            Score.negativeLogDensity(Predictive.linearized()).of(gaussian, heldOut()),
            within(SIX_SIGMA));
  }

  private static <L extends Likelihood> void assertScore(LaplacePosterior<L> posterior) {
    assertThat(SCORE.of(posterior, heldOut()))
        .isCloseTo(quadrature(posterior), within(SIX_SIGMA))
        .isEqualTo(SCORE.of(posterior, heldOut()));
  }

  /** A prior is chosen for counts, as for any other likelihood. */
  @Test
  void aTunerTakesItForAnyLikelihood() {
    LaplacePosterior<Poisson> before = posterior(new Poisson());
    Dataset examples = Dataset.of(heldOut().x(), heldOut().targets());
    Tuned<Poisson> tuned = before.tune(Tuner.validation(examples, SCORE));
    assertThat(SCORE.of(tuned.posterior(), heldOut()))
        .isLessThanOrEqualTo(SCORE.of(before, heldOut()));
  }
}
