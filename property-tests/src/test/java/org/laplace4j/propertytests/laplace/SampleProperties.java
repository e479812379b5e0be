package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WeightSamples;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.prior.Prior;

/** Draws of the weights: which bits they have, and which they leave alone. */
class SampleProperties {

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Property(tries = 60)
  void theSameSeedGivesTheSameBits(@ForAll("problems") Problem<?> problem, @ForAll long seed) {
    Matrix first = problem.fit().samples(4, new SplittableRandom(seed)).active();
    assertThat(problem.fit().samples(4, new SplittableRandom(seed)).active()).isEqualTo(first);
    assertThat(problem.fit().samples(4, new SplittableRandom(seed + 1)).active())
        .isNotEqualTo(first);
  }

  @Property(tries = 60)
  void aDrawIsTheSameHoweverManyAreDrawn(
      @ForAll("problems") Problem<?> problem, @ForAll long seed) {
    LaplacePosterior<?> posterior = problem.fit();
    Matrix three = posterior.samples(3, new SplittableRandom(seed)).active();
    Matrix ten = posterior.samples(10, new SplittableRandom(seed)).active();
    assertThat(ten.rows(0, 3)).isEqualTo(three);
  }

  @Property(tries = 60)
  void aDrawIsTheSameInWhateverOrderTheyAreAskedFor(
      @ForAll("problems") Problem<?> problem, @ForAll long seed) {
    WeightSamples samples = problem.fit().samples(5, new SplittableRandom(seed));
    double[] last = samples.active(4);
    double[] first = samples.active(0);
    assertThat(samples.active().row(4)).isEqualTo(last);
    assertThat(samples.active(4)).isEqualTo(last);
    assertThat(samples.active(0)).isEqualTo(first);
  }

  /**
   * Where the structure has a precision of its own for each parameter, a parameter that is random
   * with others has the draws that it has alone: its noise is its own.
   */
  @Property(tries = 100)
  void theDrawsOfAParameterAreTheSameWhicheverOthersAreRandom(
      @ForAll("problems") Problem<?> any, @ForAll long seed) {
    RandomGenerator rng = any.rng();
    Problem<?> problem =
        any.with(rng.nextBoolean() ? Form.DIAGONAL : Form.KRONECKER).with(Prior.isotropic(0.5));
    LaplacePosterior<?> joint = problem.fit();
    List<ParameterSpace.Block> blocks = joint.space().blocks();
    ParameterSpace.Block one = blocks.get(rng.nextInt(blocks.size()));
    WeightSubset only = WeightSubset.of(WeightMask.of(one.parameter(), one.mask()));
    LaplacePosterior<?> alone = problem.fit(only, problem.data());
    double[] among = joint.samples(3, new SplittableRandom(seed)).active(2);
    assertThat(Arrays.copyOfRange(among, one.offset(), one.end()))
        .isEqualTo(alone.samples(3, new SplittableRandom(seed)).active(2));
  }

  /** What is computed once for all draws, and drawn and evaluated together, shows in no bit. */
  @Property(tries = 100)
  void sampledNetworksAreTheModelAtEachDraw(
      @ForAll("problems") Problem<?> problem, @ForAll long seed) {
    LaplacePosterior<?> posterior = problem.fit();
    Tensor x = problem.newInputs(3);
    Tensor outputs =
        posterior.predict(x, Predictive.sampledNetworkOutputs(5, new SplittableRandom(seed)));
    long key = new SplittableRandom(seed).nextLong();
    WeightSamples draws = posterior.samples(5, new SplittableRandom(key));
    for (int s = 0; s < 5; s++) {
      Tensor f = posterior.model().model().forward(draws.weights(s), x);
      assertThat(outputs.slice(0, s, s + 1).array()).isEqualTo(f.array());
    }
  }

  @Property(tries = 60)
  void noTwoDrawsAreAlike(@ForAll("problems") Problem<?> problem, @ForAll long seed) {
    Matrix two = problem.fit().samples(2, new SplittableRandom(seed)).active();
    for (int i = 0; i < two.cols(); i++) {
      assertThat(two.get(0, i)).isNotEqualTo(two.get(1, i));
    }
  }

  @Property(tries = 100)
  void frozenElementsKeepTheirBitsAndTheOthersAreTheActiveOnes(
      @ForAll("problems") Problem<?> problem, @ForAll long seed) {
    Weights thetaStar = Weights.of(problem.network().module());
    WeightSamples samples = problem.fit().samples(2, new SplittableRandom(seed));
    Matrix activeOfAll = samples.active();
    Matrix allOfAll = samples.all();
    for (int s = 0; s < samples.count(); s++) {
      Weights weights = samples.weights(s);
      assertThat(samples.active(s)).isEqualTo(activeOfAll.row(s));
      assertThat(samples.all(s)).isEqualTo(allOfAll.row(s));
      int active = 0;
      int all = 0;
      for (Parameter p : problem.network().module().parameters().values()) {
        ElementMask mask = problem.mask().get(p);
        for (int i = 0; i < p.shape().size(); i++) {
          double expected =
              mask.contains(i) ? activeOfAll.get(s, active++) : thetaStar.get(p).array()[i];
          assertThat(weights.get(p).array()[i]).isEqualTo(expected);
          assertThat(allOfAll.get(s, all++)).isEqualTo(expected);
        }
      }
      assertThat(active).isEqualTo(activeOfAll.cols());
      assertThat(all).isEqualTo(allOfAll.cols());
    }
  }

  @Property(tries = 40)
  void drawingChangesNoParameter(@ForAll("problems") Problem<?> problem, @ForAll long seed) {
    Map<String, Parameter> parameters = problem.network().module().parameters();
    Weights before = Weights.of(problem.network().module());
    problem.fit().samples(3, new SplittableRandom(seed)).all();
    parameters.values().forEach(p -> assertThat(p.value()).isSameAs(before.get(p)));
  }
}
