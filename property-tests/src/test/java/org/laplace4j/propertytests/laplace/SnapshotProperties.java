package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.predict.OutputDistribution;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.linalg.Matrix;

/** A posterior is a value: nothing that happens later, or at the same time, shows in it. */
class SnapshotProperties {

  /** All that can be asked of a posterior. */
  private record Answers(
      double logEvidence, double[] mean, double[] f, double[] covariance, Matrix samples) {
    static Answers of(LaplacePosterior<?> posterior, Tensor x, long seed) {
      OutputDistribution outputs = posterior.predict(x, Predictive.outputs());
      return new Answers(
          posterior.evidence().logMarginalLikelihood(),
          posterior.mean(),
          outputs.mean().array(),
          outputs.covariance().array(),
          posterior.samples(3, new SplittableRandom(seed)).all());
    }

    void assertSameAs(Answers other) {
      assertThat(logEvidence).isEqualTo(other.logEvidence);
      assertThat(mean).isEqualTo(other.mean);
      assertThat(f).isEqualTo(other.f);
      assertThat(covariance).isEqualTo(other.covariance);
      assertThat(samples).isEqualTo(other.samples);
    }
  }

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Property(tries = 60)
  void laterChangesOfTheModelDoNotReachThePosterior(
      @ForAll("problems") Problem<?> problem, @ForAll long seed) {
    LaplacePosterior<?> posterior = problem.fit();
    Tensor x = problem.newInputs(3);
    Answers before = Answers.of(posterior, x, seed);
    problem.network().module().parameters().values().forEach(p -> {
      p.set(p.value().times(2).plus(1));
      p.freeze(0);
    });
    before.assertSameAs(Answers.of(posterior, x, seed));
  }

  @Property(tries = 30)
  void manyThreadsGetTheSameBitsAsOne(@ForAll("problems") Problem<?> problem, @ForAll long seed) {
    Tensor x = problem.newInputs(5);
    Answers alone = Answers.of(problem.fit(), x, seed);
    LaplacePosterior<?> shared = problem.fit(); // nothing was asked of it before
    List<Answers> answers = IntStream.range(0, 16)
        .parallel()
        .mapToObj(i -> Answers.of(shared, x, seed))
        .toList();
    answers.forEach(each -> each.assertSameAs(alone));
  }

  @Property(tries = 30)
  void manyThreadsMayTuneOnePosterior(@ForAll("problems") Problem<?> problem) {
    var tuner = org.laplace4j.laplace.evidence.Tuner.marginalLikelihood();
    double alone = problem.fit().tune(tuner).report().after();
    LaplacePosterior<?> shared = problem.fit();
    IntStream.range(0, 4)
        .parallel()
        .mapToDouble(i -> shared.tune(tuner).report().after())
        .forEach(after -> assertThat(after).isEqualTo(alone));
  }
}
