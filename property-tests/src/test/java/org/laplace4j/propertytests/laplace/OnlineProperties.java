package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.evidence.MarginalLikelihood;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.online.MarginalLikelihoodTrainer;
import org.laplace4j.laplace.online.OnlineReport;
import org.laplace4j.laplace.online.Pruning;
import org.laplace4j.nn.likelihood.Likelihood;
import org.laplace4j.nn.train.Adam;

/** Training by the marginal likelihood, whatever the network, mask, structure and likelihood. */
class OnlineProperties {

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Provide
  Arbitrary<MarginalLikelihood> tuners() {
    MarginalLikelihood tuner = Tuner.marginalLikelihood().steps(3);
    return Arbitraries.of(tuner, tuner.layerwisePrior(), tuner.diagonalPrior());
  }

  @Provide
  Arbitrary<Pruning> prunings() {
    return Arbitraries.of(Pruning.elements(), Pruning.rows(), Pruning.columns(), Pruning.tensors())
        .map(pruning -> pruning.below(0.5));
  }

  @Property(tries = 60)
  void whatIsLeftIsWhatTheReportSays(
      @ForAll("problems") Problem<?> problem,
      @ForAll("tuners") MarginalLikelihood tuner,
      @ForAll("prunings") Pruning pruning) {
    assertLeft(problem, tuner, pruning);
  }

  private static <L extends Likelihood> void assertLeft(
      Problem<L> problem, MarginalLikelihood tuner, Pruning pruning) {
    problem.freezeTheOthers();
    Map<Parameter, ElementMask> masks = ofEach(problem, Parameter::trainable);
    Map<Parameter, double[]> before = ofEach(problem, p -> p.value().array().clone());
    Weights start = Weights.of(problem.network().module());
    OnlineReport<L> report = train(problem, tuner, pruning);
    LaplacePosterior<L> kept = report.posterior();
    double[] mu = kept.prior().mean(kept.space());

    // A posterior fitted anew to what was left is the one in the report.
    LaplacePosterior<L> again =
        problem.with(kept.likelihood()).with(kept.prior()).fit();
    assertThat(again.space().size()).isEqualTo(report.best().weights());
    assertThat(again.mean()).isEqualTo(kept.mean());
    double evidence = report.best().logEvidence();
    assertThat(again.evidence().logMarginalLikelihood())
        .isCloseTo(
            evidence, within(PosteriorProperties.ROUNDING * Math.max(1, Math.abs(evidence))));
    report.path().forEach(update -> {
      assertThat(update.logEvidence()).isLessThanOrEqualTo(evidence);
      assertThat(update.tuning().after()).isGreaterThanOrEqualTo(update.tuning().before());
    });
    assertThat(mu).hasSize(again.space().size());
    masks.forEach((parameter, mask) -> {
      assertThat(parameter.trainable().intersection(mask)).isEqualTo(parameter.trainable());
      assertThat(mask.complement().gather(parameter.value().array()))
          .isEqualTo(mask.complement().gather(before.get(parameter)));
    });

    // The same seed gives the same bits.
    start.store();
    masks.forEach(Parameter::setTrainable);
    OnlineReport<L> repeated = train(problem, tuner, pruning);
    assertThat(repeated.posterior().mean()).isEqualTo(kept.mean());
    assertThat(repeated.best().logEvidence()).isEqualTo(evidence);
  }

  private static <L extends Likelihood> OnlineReport<L> train(
      Problem<L> problem, MarginalLikelihood tuner, Pruning pruning) {
    return MarginalLikelihoodTrainer.of(problem.network().module(), problem.likelihood())
        .structure(problem.form().structure())
        .curvature(problem.source())
        .temperature(problem.temperature())
        .prior(problem.prior())
        .tuner(tuner)
        .optimizer(Adam.of(0.01))
        .batchSize(problem.batchSize())
        .epochs(3)
        .burnIn(1)
        .pruning(pruning)
        .train(problem.data(), problem.rng());
  }

  private static <T> Map<Parameter, T> ofEach(Problem<?> problem, Function<Parameter, T> of) {
    return problem.network().module().parameters().values().stream()
        .distinct()
        .collect(Collectors.toMap(Function.identity(), of));
  }
}
