package org.laplace4j.propertytests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.laplace4j.autodiff.Derivatives;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.OutputOp;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.MatrixSum;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.likelihood.ExponentialFamily;
import org.laplace4j.nn.likelihood.FromLogDensity;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * What every likelihood owes: score and Hessian root are derivatives of a normalised log-density.
 */
class LikelihoodProperties {
  /** Numbers up to about 1000 (the Gaussian's, at scale 10 and σ = 0.3), a few roundings each. */
  private static final double ROUNDING = 1e-12;

  /** A thousand terms and more, added up. */
  private static final double ADDED_UP = 1e-10;

  /**
   * The outputs as the parameter of a model, so that autodiff differentiates with respect to them.
   */
  private record Outputs(Parameter f) implements Model<Tensor> {
    static Outputs of(Tensor f) {
      return new Outputs(Parameter.of("f", f));
    }

    @Override
    public Tensor forward(Weights at, Tensor x) {
      return at.get(f);
    }

    @Override
    public Map<String, Parameter> parameters() {
      return Map.of("f", f);
    }

    Tensor logDensity(Weights at, LikelihoodForm form) {
      return form.likelihood().logDensities(at.get(f), form.y()).sum();
    }
  }

  @Provide
  Arbitrary<LikelihoodForm> likelihoods() {
    return LikelihoodMarket.all();
  }

  @Provide
  Arbitrary<LikelihoodForm> classLikelihoods() {
    return LikelihoodMarket.classes();
  }

  @Provide
  Arbitrary<LikelihoodForm> bernoullis() {
    return LikelihoodMarket.bernoulli();
  }

  @Provide
  Arbitrary<LikelihoodForm> preferences() {
    return LikelihoodMarket.bradleyTerry();
  }

  @Property
  void checkAcceptsWhatFits(@ForAll("likelihoods") LikelihoodForm form) {
    form.likelihood().check(form.f(), form.y());
  }

  @Property
  void scoreIsTheGradientOfTheLogDensity(@ForAll("likelihoods") LikelihoodForm form) {
    Outputs outputs = Outputs.of(form.f());
    double[] gradient = Derivatives.gradient(
        ParameterSpace.of(outputs), Weights.of(outputs), at -> outputs.logDensity(at, form));
    Tensor score = form.likelihood().score(form.f(), form.y());
    assertThat(score.shape()).isEqualTo(form.f().shape());
    assertThat(score.array()).containsExactly(gradient, within(ROUNDING));
  }

  @Property
  void hessianRootSquaresToMinusTheSecondDerivative(@ForAll("likelihoods") LikelihoodForm form) {
    Assume.that(form.canonical());
    Outputs outputs = Outputs.of(form.f());
    ParameterSpace space = ParameterSpace.of(outputs);
    int c = form.outputs();
    for (int i = 0; i < space.size(); i++) {
      double[] unit = new double[space.size()];
      unit[i] = 1;
      double[] hessianColumn = Derivatives.hessianVectorProduct(
          space, Weights.of(outputs), at -> outputs.logDensity(at, form), unit);
      Matrix lambda = lambda(form, i / c);
      for (int j = 0; j < space.size(); j++) {
        double expected = j / c == i / c ? lambda.get(j % c, i % c) : 0;
        assertThat(-hessianColumn[j]).isCloseTo(expected, within(ROUNDING));
      }
    }
  }

  @Property
  void rootsThatAreNotWrittenOutSquareToTheSame(@ForAll("likelihoods") LikelihoodForm form) {
    Optional<OutputRoots> roots = form.likelihood().outputRoots(form.f(), form.y());
    Assume.that(roots.isPresent());
    int columns = form.likelihood().hessianRoot(form.f(), form.y()).shape().dim(2);
    assertThat(roots.get().columns()).isEqualTo(columns);
    Tensor stacked = OutputOp.stacked(roots.get()); // (K, B, C)
    for (int n = 0; n < form.examples(); n++) {
      Matrix s = stacked.slice(1, n, n + 1).reshape(columns, form.outputs()).matrix();
      Matrix lambda = lambda(form, n);
      assertClose(s.transposeTimes(s), lambda, ROUNDING);
    }
  }

  /**
   * However sure a network is, of whichever class: every entry of Λ = S Sᵀ and of Wᵀ Λ W has the
   * accuracy of the written root, relative to the diagonal.
   */
  @Property(tries = 200)
  void rootsOfSureClassesAreAsAccurateAsTheWrittenOnes(
      @ForAll @IntRange(min = 2, max = 6) int classes,
      @ForAll @DoubleRange(min = 0, max = 300) double gap,
      @ForAll Random random) {
    double[] logits = random.doubles(classes, -5, 5).toArray();
    logits[random.nextInt(classes)] += gap;
    Tensor f = Tensor.of(Shape.of(1, classes), logits);
    Targets y = Targets.labels(0);
    Tensor written = new Categorical().hessianRoot(f, y); // (1, C, K)
    Matrix s = written.reshape(classes, classes - 1).matrix();
    OutputRoots roots = new Categorical().outputRoots(f, y).orElseThrow();
    Matrix w = Matrix.adopt(classes, 3, random.doubles(3L * classes, -1, 1).toArray());

    var b = new MatrixSum(classes, classes);
    roots.addGramTo(b);
    assertCloseToDiagonal(b.total(), s.times(s.transpose()));
    assertCloseToDiagonal(
        roots.pulledBack(w).gram(), w.transposeTimes(s).times(s.transposeTimes(w)));
  }

  private static void assertCloseToDiagonal(Matrix actual, Matrix expected) {
    for (int i = 0; i < expected.rows(); i++) {
      for (int j = 0; j < expected.cols(); j++) {
        double scale = Math.sqrt(expected.get(i, i)) * Math.sqrt(expected.get(j, j));
        assertThat(actual.get(i, j)).isCloseTo(expected.get(i, j), within(ROUNDING * scale));
      }
    }
  }

  private static Matrix lambda(Tensor root) {
    Matrix s = root.reshape(root.shape().dim(1), root.shape().dim(2)).matrix();
    return s.times(s.transpose());
  }

  private static Matrix lambda(LikelihoodForm form, int n) {
    Tensor roots = form.likelihood().hessianRoot(form.f(), form.y());
    assertThat(roots.shape().dim(1)).isEqualTo(form.outputs());
    return lambda(roots.slice(0, n, n + 1));
  }

  @Property
  void densitiesOfTheClassesAreTheProbabilities(@ForAll("classLikelihoods") LikelihoodForm form) {
    ClassLikelihood likelihood = (ClassLikelihood) form.likelihood();
    for (int n = 0; n < form.examples(); n++) {
      double[] p = probabilities(form, n, form.supportOf(n));
      assertThat(likelihood.probabilities(form.f().slice(0, n, n + 1)).array())
          .containsExactly(p, within(ROUNDING));
    }
  }

  @Property
  void densitiesOfAllTargetsAddUpToOne(@ForAll("likelihoods") LikelihoodForm form) {
    Support support = form.supportOf(0);
    assertThat(sum(probabilities(form, 0, support))).isCloseTo(1, within(ADDED_UP));
  }

  /** E[score] = 0 and E[score scoreᵀ] = Λ, over targets drawn from the model. */
  @Property
  void scoresOfTheModelsOwnTargetsHaveMeanZeroAndCovarianceLambda(
      @ForAll("likelihoods") LikelihoodForm form) {
    Support support = form.supportOf(0);
    Tensor p = Tensor.adopt(Shape.of(support.size(), 1), probabilities(form, 0, support));
    Tensor score = form.likelihood().score(form.repeated(0, support.size()), support.y());
    double[] lambda = lambda(form, 0).array();
    double scale = 1 + Arrays.stream(lambda).map(Math::abs).max().orElseThrow();
    assertThat(p.times(score).sum(false, 0).array())
        .containsExactly(new double[form.outputs()], within(ADDED_UP * scale));
    assertThat(p.times(score).matmul(true, score, false).array())
        .containsExactly(lambda, within(ADDED_UP * scale));
  }

  /**
   * The means of two bounded functions of the score, over draws and over all targets: within 6
   * standard errors.
   */
  @Property(tries = 60)
  void drawsHaveTheDistributionOfTheDensity(
      @ForAll("likelihoods") LikelihoodForm form, @ForAll long seed) {
    int draws = 4000;
    Tensor f = form.repeated(0, draws);
    Tensor drawn =
        bounded(form.likelihood().score(f, form.likelihood().draw(f, new SplittableRandom(seed))));
    Support support = form.supportOf(0);
    double[] p = probabilities(form, 0, support);
    Tensor expected =
        bounded(form.likelihood().score(form.repeated(0, support.size()), support.y()));
    for (int c = 0; c < drawn.shape().dim(1); c++) {
      double mean = 0;
      double square = 0;
      for (int i = 0; i < support.size(); i++) {
        double value = expected.get(i, c);
        mean += p[i] * value;
        square += p[i] * value * value;
      }
      double error = Math.sqrt(Math.max(0, square - mean * mean) / draws);
      double average = drawn.slice(1, c, c + 1).sum().item() / draws;
      // A class of probability below 1/draws may come once: its share of the mean is added.
      assertThat(average).isCloseTo(mean, within(6 * error + 3 * 2.0 / draws));
    }
  }

  /** tanh s and tanh² s: the first says where targets lie, the second how far they spread. */
  private static Tensor bounded(Tensor score) {
    Tensor tanh = score.tanh();
    return Tensor.concat(1, List.of(tanh, tanh.square()));
  }

  private static double[] probabilities(LikelihoodForm form, int n, Support support) {
    double[] densities = form.likelihood()
        .logDensities(form.repeated(n, support.size()), support.y())
        .exp()
        .array();
    double[] p = new double[support.size()];
    Arrays.setAll(p, i -> support.weights()[i] * densities[i]);
    return p;
  }

  /** softmax(0, f) = (1 − p, p). */
  @Property
  void bernoulliIsCategoricalWithTheLogitsZeroAndF(@ForAll("bernoullis") LikelihoodForm form) {
    Tensor two = Tensor.concat(1, List.of(Tensor.zeros(form.f().shape()), form.f()));
    assertThat(new Bernoulli().logDensities(form.f(), form.y()).array())
        .containsExactly(new Categorical().logDensities(two, form.y()).array(), within(ROUNDING));
    assertThat(new Bernoulli().score(form.f(), form.y()).array())
        .containsExactly(
            new Categorical().score(two, form.y()).slice(1, 1, 2).array(), within(ROUNDING));
  }

  @Property
  void bradleyTerryIsCategoricalWithTheRewardsForLogits(
      @ForAll("preferences") LikelihoodForm form) {
    LikelihoodForm categorical = form.of(new Categorical());
    assertThat(form.likelihood().logDensities(form.f(), form.y()).array())
        .containsExactly(
            new Categorical().logDensities(form.f(), form.y()).array(), within(ROUNDING));
    assertThat(lambda(form, 0).array())
        .containsExactly(lambda(categorical, 0).array(), within(ROUNDING));
  }

  /** A(f) = eᶠ, log(1 + eᶠ) or ½ f², and t(y) = y: the likelihood that was written by hand. */
  @Property
  void exponentialFamiliesAreWhatTheyAreMadeFrom(@ForAll("remade") LikelihoodForm form) {
    Likelihood known = form.likelihood();
    ExponentialFamily family = Remade.exponentialFamily(known);
    family.check(form.f(), form.y());
    isTheSame(family, known, form);
  }

  @Property
  void likelihoodsMadeFromTheirLogDensityAreTheSame(@ForAll("remade") LikelihoodForm form) {
    FromLogDensity made =
        new FromLogDensity(form.likelihood()::logDensities, form.likelihood()::draw);
    made.check(form.f(), form.y());
    isTheSame(made, form.likelihood(), form);
  }

  private static void isTheSame(Likelihood made, Likelihood known, LikelihoodForm form) {
    isClose(made.logDensities(form.f(), form.y()), known.logDensities(form.f(), form.y()));
    isClose(made.score(form.f(), form.y()), known.score(form.f(), form.y()));
    for (int n = 0; n < form.examples(); n++) {
      isClose(Tensor.of(lambda(form.of(made), n)), Tensor.of(lambda(form, n)));
    }
  }

  private static void isClose(Tensor made, Tensor known) {
    double scale = 1 + Arrays.stream(known.array()).map(Math::abs).max().orElseThrow();
    assertThat(made.array()).containsExactly(known.array(), within(ROUNDING * scale));
  }

  @Provide
  Arbitrary<LikelihoodForm> remade() {
    return Arbitraries.oneOf(
        LikelihoodMarket.poisson(), LikelihoodMarket.bernoulli(), LikelihoodMarket.unitGaussian());
  }

  private static double sum(double[] values) {
    return Arrays.stream(values).sum();
  }
}
