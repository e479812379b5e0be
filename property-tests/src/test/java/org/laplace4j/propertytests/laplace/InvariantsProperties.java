package org.laplace4j.propertytests.laplace;

import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.propertytests.invariants.EvidenceClaim;
import org.laplace4j.propertytests.invariants.GaussianSubject;
import org.laplace4j.propertytests.invariants.Invariants;
import org.laplace4j.propertytests.invariants.LaplaceSubject;
import org.laplace4j.propertytests.invariants.MoreData;
import org.laplace4j.propertytests.invariants.PriorLimits;

/** The invariant kit on random problems. */
class InvariantsProperties {

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Provide
  Arbitrary<Problem<Gaussian>> linearRegressions() {
    return ProblemMarket.linearRegressions();
  }

  private static LaplaceSubject subject(Problem<?> problem, LaplacePosterior<?> posterior) {
    return LaplaceSubject.of(posterior, problem.newInputs(2));
  }

  /** Three statistical invariants at 1e-6 a try: a false alarm once in 10,000 runs. */
  @Property(tries = 30)
  void everyPosteriorKeepsTheInvariants(@ForAll("problems") Problem<?> problem, @ForAll int seed) {
    LaplacePosterior<?> posterior = problem.fit();
    Invariants.of(subject(problem, posterior))
        .seed(seed)
        .draws(200)
        .allowing(cancelled(posterior))
        .requireAll();
  }

  /**
   * What the dual forms lose, even of a single weight: they take a variance 1/P from the prior's
   * 1/δ, so a few roundings of the prior's are P/δ times as large beside it.
   */
  private static double cancelled(LaplacePosterior<?> posterior) {
    double[] p = posterior.precision().diagonal();
    double[] delta = posterior.prior().precisions(posterior.space());
    double largest = 0;
    for (int i = 0; i < p.length; i++) {
      largest = Math.max(largest, p[i] / delta[i]);
    }
    return 8 * Math.ulp(1.0) * p.length * largest;
  }

  @Property(tries = 30)
  void everyPosteriorHasTheLimitsOfWeakAndStrongPriors(@ForAll("problems") Problem<?> problem) {
    LaplacePosterior<?> posterior = problem.with(Prior.isotropic(1)).fit();
    PriorLimits.of(delta -> subject(problem, posterior.withPrior(Prior.isotropic(delta))))
        .requireAll();
  }

  @Property(tries = 20)
  void moreDataNeverRaiseAVarianceOfALinearModel(
      @ForAll("linearRegressions") Problem<Gaussian> problem) {
    for (Form form : new Form[] {Form.FULL, Form.DIAGONAL, Form.FUNCTIONAL}) {
      Problem<Gaussian> one = problem.with(form);
      MoreData.of(n -> subject(one, one.fit(one.data(0, n))), 1, problem.y().count())
          .requireAll();
    }
  }

  /**
   * At the MAP of a linear regression the quadratic is the log-joint density itself, all of whose
   * terms are the library's likelihood and prior: the evidence is its integral, by quadrature where
   * there are at most three weights.
   */
  @Property(tries = 30)
  void theEvidenceOfALinearRegressionIsTheIntegralOfItsJointDensity(
      @ForAll("linearRegressions") Problem<Gaussian> problem) {
    Problem<Gaussian> atTheMap = problem.with(Form.FULL).at(1);
    LaplacePosterior<Gaussian> before = atTheMap.fit();
    double[] step = before.precision().solve(gradient(atTheMap));
    atTheMap.moveTo(Arrays.plus(before.mean(), step));
    Invariants.of(new TrueJoint(atTheMap, atTheMap.fit())).draws(50).requireAll();
  }

  /**
   * The gradient of log p(D, θ), of which a Newton step goes to the top where it is a quadratic.
   */
  private static double[] gradient(Problem<Gaussian> problem) {
    ParameterSpace space = problem.space();
    Weights at = Weights.of(problem.network().module());
    Linearization f = Linearization.of(problem.network().module(), space, at, problem.x());
    double[] r = Arrays.minus(space.gather(at), problem.prior().mean(space));
    return Arrays.minus(
        f.pullback(problem.likelihood().score(f.output(), problem.y())),
        Arrays.times(problem.prior().precisions(space), r));
  }

  /** A posterior whose evidence is to be the integral of the likelihood times the prior. */
  private record TrueJoint(Problem<Gaussian> problem, LaplacePosterior<Gaussian> posterior)
      implements GaussianSubject {
    @Override
    public double[] mean() {
      return posterior.mean();
    }

    @Override
    public double[] draw(long seed, int index) {
      return posterior.samples(index + 1, new SplittableRandom(seed)).active(index);
    }

    @Override
    public Optional<Matrix> precision() {
      return Optional.of(posterior.precision().toDense());
    }

    @Override
    public Optional<EvidenceClaim> evidence() {
      double stated = posterior.evidence().logMarginalLikelihood();
      return Optional.of(new EvidenceClaim(stated, theta -> {
        Weights at = posterior.space().scatter(theta, posterior.model().thetaStar());
        Tensor f = posterior.model().model().forward(at, problem.x());
        return problem.likelihood().logDensity(f, problem.y())
            + posterior.prior().logDensity(posterior.space(), theta);
      }));
    }
  }
}
