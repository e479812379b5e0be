package org.laplace4j.propertytests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.Derivatives;
import org.laplace4j.autodiff.Model;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Bernoulli;
import org.laplace4j.nn.likelihood.Categorical;
import org.laplace4j.nn.likelihood.ClassLikelihood;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * What every likelihood owes: score and Hessian root are derivatives of a normalised log-density.
 */
class LikelihoodProperties {
  /** Numbers up to about 1000 (the Gaussian's, at scale 10 and σ = 0.3), a few roundings each. */
  private static final double ROUNDING = 1e-12;

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
  Arbitrary<LikelihoodForm> gaussians() {
    return LikelihoodMarket.gaussian();
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

  private static Matrix lambda(LikelihoodForm form, int n) {
    Tensor roots = form.likelihood().hessianRoot(form.f(), form.y());
    assertThat(roots.shape().dim(1)).isEqualTo(form.outputs());
    Matrix s =
        roots.slice(0, n, n + 1).reshape(form.outputs(), roots.shape().dim(2)).matrix();
    return s.times(s.transpose());
  }

  @Property
  void densitiesOfTheClassesAddUpToOneAndAreTheProbabilities(
      @ForAll("classLikelihoods") LikelihoodForm form) {
    ClassLikelihood likelihood = (ClassLikelihood) form.likelihood();
    for (int n = 0; n < form.examples(); n++) {
      Tensor f = form.repeated(n, classes(form));
      double[] p = likelihood.logDensities(f, everyClass(form)).exp().array();
      assertThat(sum(p)).isCloseTo(1, within(ROUNDING));
      assertThat(likelihood.probabilities(form.f().slice(0, n, n + 1)).array())
          .containsExactly(p, within(ROUNDING));
    }
  }

  /** E[score] = 0 and E[score scoreᵀ] = Λ, over targets drawn from the model. */
  @Property
  void scoresOfTheModelsOwnTargetsHaveMeanZeroAndCovarianceLambda(
      @ForAll("classLikelihoods") LikelihoodForm form) {
    Likelihood likelihood = form.likelihood();
    for (int n = 0; n < form.examples(); n++) {
      Tensor f = form.repeated(n, classes(form));
      Tensor p = likelihood.logDensities(f, everyClass(form)).exp().reshape(classes(form), 1);
      Tensor score = likelihood.score(f, everyClass(form));
      assertThat(p.times(score).sum(false, 0).array())
          .containsExactly(new double[form.outputs()], within(ROUNDING));
      assertThat(p.times(score).matmul(true, score, false).array())
          .containsExactly(lambda(form, n).array(), within(ROUNDING));
    }
  }

  private static int classes(LikelihoodForm form) {
    return Math.max(2, form.outputs());
  }

  private static Targets everyClass(LikelihoodForm form) {
    return Targets.labels(IntStream.range(0, classes(form)).toArray());
  }

  /** The trapezium rule at thirds of σ, out to 9 σ: exact to rounding for a normal density. */
  @Property(tries = 50)
  void gaussianDensitiesIntegrateToOne(@ForAll("gaussians") LikelihoodForm form) {
    int c = form.outputs();
    double[] variances = ((Gaussian) form.likelihood()).variances(c);
    int points = 55;
    int count = c == 1 ? points : points * points;
    double[] y = new double[count * c];
    double cell = 1;
    for (int o = 0; o < c; o++) {
      double step = Math.sqrt(variances[o]) / 3;
      cell *= step;
      for (int i = 0; i < count; i++) {
        int at = o == 0 ? i % points : i / points;
        y[i * c + o] = form.f().get(0, o) + (at - points / 2) * step;
      }
    }
    Targets targets = Targets.values(Tensor.adopt(Shape.of(count, c), y));
    double[] densities =
        form.likelihood().logDensities(form.repeated(0, count), targets).exp().array();
    assertThat(cell * sum(densities)).isCloseTo(1, within(ROUNDING));
  }

  /** softmax(0, f) = (1 − p, p). */
  @Property
  void bernoulliIsCategoricalWithTheLogitsZeroAndF(@ForAll("bernoullis") LikelihoodForm form) {
    Tensor two = Tensor.concat(1, java.util.List.of(Tensor.zeros(form.f().shape()), form.f()));
    assertThat(new Bernoulli().logDensities(form.f(), form.y()).array())
        .containsExactly(new Categorical().logDensities(two, form.y()).array(), within(ROUNDING));
    assertThat(new Bernoulli().score(form.f(), form.y()).array())
        .containsExactly(
            new Categorical().score(two, form.y()).slice(1, 1, 2).array(), within(ROUNDING));
  }

  private static double sum(double[] values) {
    return java.util.Arrays.stream(values).sum();
  }
}
