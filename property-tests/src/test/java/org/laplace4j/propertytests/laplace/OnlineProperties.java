package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.evidence.MarginalLikelihood;
import org.laplace4j.laplace.evidence.Tuner;
import org.laplace4j.laplace.online.MarginalLikelihoodTrainer;
import org.laplace4j.laplace.online.OnlineReport;
import org.laplace4j.laplace.online.Pruning;
import org.laplace4j.linalg.Arrays;
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
    assertLeft(problem, problem.form().structure(), tuner, pruning);
  }

  /** The groups are named before training, and whole tensors go. */
  @Property(tries = 30)
  void groupsOfParametersGoOnWithoutThePrunedOnes(
      @ForAll("problems") Problem<?> problem,
      @ForAll("tuners") MarginalLikelihood tuner,
      @ForAll("prunings") Pruning pruning) {
    assertLeft(problem, groups(problem), tuner, pruning);
  }

  /** The parameters at even and at odd places. */
  private static Structure groups(Problem<?> problem) {
    List<String> names = problem.whole().parameterNames();
    return Structure.blockDiagonal(IntStream.range(0, Math.min(2, names.size()))
        .mapToObj(parity -> IntStream.range(0, names.size())
            .filter(i -> i % 2 == parity)
            .mapToObj(names::get)
            .toList())
        .toList());
  }

  private static <L extends Likelihood> void assertLeft(
      Problem<L> problem, Structure structure, MarginalLikelihood tuner, Pruning pruning) {
    problem.freezeTheOthers();
    ParameterSpace space = problem.space();
    double[] mu = problem.prior().mean(space);
    Map<Parameter, ElementMask> masks = ofEach(problem, Parameter::trainable);
    Map<Parameter, double[]> before = ofEach(problem, p -> p.value().array().clone());
    Weights start = Weights.of(problem.network().module());
    OnlineReport<L> report = train(problem, structure, tuner, pruning);
    LaplacePosterior<L> kept = report.posterior();

    // A posterior fitted anew to what was left is the one in the report.
    LaplacePosterior<L> again = Laplace.of(problem.network().module(), kept.likelihood())
        .structure(structure)
        .curvature(problem.source())
        .prior(kept.prior())
        .temperature(problem.temperature())
        .fit(problem.data());
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
    // What went is at its prior mean, and what stayed keeps its own.
    int[] places = kept.space().placesIn(space);
    assertThat(kept.prior().mean(kept.space())).isEqualTo(Arrays.gather(mu, places));
    double[] theta = mu.clone();
    for (int i = 0; i < places.length; i++) {
      theta[places[i]] = kept.mean()[i];
    }
    assertThat(space.gather(Weights.of(problem.network().module()))).isEqualTo(theta);
    masks.forEach((parameter, mask) -> {
      assertThat(parameter.trainable().intersection(mask)).isEqualTo(parameter.trainable());
      assertThat(mask.complement().gather(parameter.value().array()))
          .isEqualTo(mask.complement().gather(before.get(parameter)));
    });

    // The same seed gives the same bits.
    start.store();
    masks.forEach(Parameter::setTrainable);
    OnlineReport<L> repeated = train(problem, structure, tuner, pruning);
    assertThat(repeated.posterior().mean()).isEqualTo(kept.mean());
    assertThat(repeated.best().logEvidence()).isEqualTo(evidence);
  }

  private static <L extends Likelihood> OnlineReport<L> train(
      Problem<L> problem, Structure structure, MarginalLikelihood tuner, Pruning pruning) {
    return MarginalLikelihoodTrainer.of(problem.network().module(), problem.likelihood())
        .structure(structure)
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
