package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.evidence.EvidenceGradient;
import org.laplace4j.laplace.evidence.MarginalLikelihood;
import org.laplace4j.laplace.evidence.Tuned;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Isotropic;
import org.laplace4j.nn.prior.Layerwise;

/** Where the evidence is highest. */
class TuningProperties {

  /**
   * In nats a unit of log δ. The tuner asks for 1e-5; near the top the evidence changes by the
   * square of this, which is where its last bits are.
   */
  private static final double FLAT = 1e-4;

  private static final double EDGE = 1e10;

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Provide
  Arbitrary<Problem<Gaussian>> regressionsWithOneNoise() {
    return ProblemMarket.regressionsWithOneNoise();
  }

  @Provide
  Arbitrary<MarginalLikelihood> tuners() {
    MarginalLikelihood tuner = Tuner.marginalLikelihood();
    return Arbitraries.of(List.of(tuner, tuner.layerwisePrior(), tuner.diagonalPrior()));
  }

  @Property(tries = 100)
  void theEvidenceNeverFallsAndIsFlatWhereItEnds(
      @ForAll("problems") Problem<?> problem, @ForAll("tuners") MarginalLikelihood tuner) {
    LaplacePosterior<?> before = problem.fit();
    Tuned<?> tuned = before.tune(tuner);
    assertClimbed(before, tuned);
    if (tuned.posterior() != before) {
      assertFlat(tuned.posterior());
    }
  }

  @Property(tries = 60)
  void withTheNoiseItIsFlatInTheNoiseToo(
      @ForAll("regressionsWithOneNoise") Problem<Gaussian> problem,
      @ForAll("tuners") MarginalLikelihood tuner) {
    LaplacePosterior<Gaussian> before = problem.fit();
    Tuned<Gaussian> tuned = before.tune(tuner.andNoise());
    assertClimbed(before, tuned);
    double sigma = tuned.posterior().likelihood().sigma()[0];
    if (tuned.posterior() != before && sigma > 1 / EDGE && sigma < EDGE) {
      assertThat(EvidenceGradient.byLogNoise(tuned.posterior())).isBetween(-FLAT, FLAT);
    }
  }

  @Property(tries = 40)
  void aSecondTuningFindsNothingToGain(@ForAll("problems") Problem<?> problem) {
    Tuned<?> once = problem.fit().tune(Tuner.marginalLikelihood());
    Tuned<?> twice = once.posterior().tune(Tuner.marginalLikelihood());
    assertThat(twice.report().after() - once.report().after()).isBetween(0.0, FLAT);
  }

  @Property(tries = 40)
  void moreFreedomNeverEndsLower(@ForAll("problems") Problem<?> problem) {
    LaplacePosterior<?> one = problem.fit().tune(Tuner.marginalLikelihood()).posterior();
    double isotropic = one.evidence().logMarginalLikelihood();
    Tuned<?> layerwise = one.tune(Tuner.marginalLikelihood().layerwisePrior());
    Tuned<?> diagonal = layerwise.posterior().tune(Tuner.marginalLikelihood().diagonalPrior());
    assertThat(layerwise.report().after()).isGreaterThanOrEqualTo(isotropic);
    assertThat(diagonal.report().after())
        .isGreaterThanOrEqualTo(layerwise.report().after());
  }

  private static void assertClimbed(LaplacePosterior<?> before, Tuned<?> tuned) {
    double start = before.evidence().logMarginalLikelihood();
    double end = tuned.posterior().evidence().logMarginalLikelihood();
    assertThat(end).isGreaterThanOrEqualTo(start);
    assertThat(tuned.report().before()).isEqualTo(start);
    assertThat(tuned.report().after()).isEqualTo(end);
    assertThat(tuned.report().path()).isSorted();
  }

  /** Each precision that is not on an edge has a gradient of zero. */
  private static void assertFlat(LaplacePosterior<?> posterior) {
    double[] gradient = EvidenceGradient.byLogPrecision(posterior);
    double[] delta = posterior.prior().precisions(posterior.space());
    double[] sums = new double[gradient.length];
    for (ParameterSpace.Block block : posterior.space().blocks()) {
      for (int i = block.offset(); i < block.end(); i++) {
        int shared = posterior.prior() instanceof Isotropic
            ? 0
            : posterior.prior() instanceof Layerwise ? block.offset() : i;
        sums[shared] += gradient[i];
      }
    }
    for (int i = 0; i < sums.length; i++) {
      if (delta[i] > 1 / EDGE * 1.001 && delta[i] < EDGE / 1.001) {
        assertThat(sums[i]).isBetween(-FLAT, FLAT);
      }
    }
  }
}
