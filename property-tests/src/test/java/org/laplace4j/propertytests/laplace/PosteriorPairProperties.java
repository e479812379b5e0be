package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.nn.prior.Prior;
import org.laplace4j.propertytests.linalg.Draws;

/** How far two posteriors over the same weights are from each other, against dense algebra. */
class PosteriorPairProperties {

  /** Condition numbers of both precisions, up to about 1e4 each, multiply. */
  private static final double ROUNDING = 1e-8;

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  /** A posterior, and the dense one that it should be. */
  private record Both(LaplacePosterior<?> posterior, Matrix precision, double[] mean) {
    static Both of(Problem<?> problem) {
      DenseLaplace dense = new DenseLaplace(problem);
      return new Both(problem.fit(), dense.precision(), dense.mean());
    }

    Matrix covariance() {
      return new Cholesky(precision).inverse();
    }

    double[] difference(Both other) {
      return Arrays.minus(other.mean, mean);
    }
  }

  /** The same weights elsewhere, kept in any form, under another prior. */
  private static Both another(Problem<?> problem, RandomGenerator rng) {
    problem.moveTo(Draws.normal(problem.space().size(), rng));
    Form form = Form.values()[rng.nextInt(Form.values().length)];
    return Both.of(problem.with(form).with(PriorMarket.prior(problem.space(), rng)));
  }

  @Property(tries = 100)
  void klDivergenceIsThatOfTheDenseNormals(
      @ForAll("problems") Problem<?> problem, @ForAll long seed) {
    Both p = Both.of(problem);
    Both q = another(problem, Draws.generator(seed));
    double expected = (q.precision().times(p.covariance()).trace()
            + Arrays.dot(p.difference(q), q.precision().times(p.difference(q)))
            - p.mean().length
            + new Cholesky(p.precision()).logDet()
            - new Cholesky(q.precision()).logDet())
        / 2;
    assertThat(p.posterior().klDivergence(q.posterior()))
        .isCloseTo(expected, within(ROUNDING * Math.max(1, expected)));
  }

  @Property(tries = 100)
  void wasserstein2IsThatOfTheDenseNormals(
      @ForAll("problems") Problem<?> problem, @ForAll long seed) {
    Both p = Both.of(problem);
    Both q = another(problem, Draws.generator(seed));
    Matrix root = root(p.covariance());
    double traces = p.covariance().trace() + q.covariance().trace();
    double expected = Arrays.dot(p.difference(q), p.difference(q))
        + traces
        - 2 * root(root.times(q.covariance()).times(root)).trace();
    double squared = p.posterior().wasserstein2Squared(q.posterior());
    assertThat(squared).isCloseTo(expected, within(ROUNDING * Math.max(1, expected + traces)));
    assertThat(p.posterior().wasserstein2(q.posterior())).isEqualTo(Math.sqrt(squared));
  }

  @Property(tries = 60)
  void aPosteriorIsAtZeroOfItself(@ForAll("problems") Problem<?> problem) {
    LaplacePosterior<?> p = problem.fit();
    assertThat(p.klDivergence(problem.fit()))
        .isBetween(0.0, ROUNDING * p.space().size());
    assertThat(p.wasserstein2(problem.fit()))
        .isBetween(0.0, ROUNDING * p.space().size());
  }

  @Property(tries = 60)
  void distancesAreSymmetricDivergencesNotNegative(
      @ForAll("problems") Problem<?> problem, @ForAll long seed) {
    RandomGenerator rng = Draws.generator(seed);
    LaplacePosterior<?> p = problem.fit();
    LaplacePosterior<?> q = another(problem, rng).posterior();
    LaplacePosterior<?> r = another(problem, rng).posterior();
    assertThat(p.klDivergence(q)).isNotNegative();
    assertThat(q.klDivergence(p)).isNotNegative();
    double pq = p.wasserstein2(q);
    assertThat(q.wasserstein2(p)).isCloseTo(pq, within(ROUNDING * Math.max(1, pq)));
    assertThat(pq).isLessThanOrEqualTo((p.wasserstein2(r) + r.wasserstein2(q)) * (1 + ROUNDING));
  }

  @Property(tries = 60)
  void posteriorsOfOtherWeightsAreRefused(@ForAll("problems") Problem<?> problem) {
    Problem<?> anyElements = problem.with(Prior.isotropic(1));
    LaplacePosterior<?> p = anyElements.fit();
    LaplacePosterior<?> all = anyElements.fit(WeightSubset.all(), problem.data());
    Assume.that(all.space().size() > p.space().size());
    assertThatThrownBy(() -> p.klDivergence(all))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(p.space().size()))
        .hasMessageContaining(String.valueOf(all.space().size()));
    assertThatThrownBy(() -> all.wasserstein2(p)).isInstanceOf(IllegalArgumentException.class);
  }

  /** The symmetric root; eigenvalues below zero are rounding. */
  private static Matrix root(Matrix symmetric) {
    SymmetricEigen eigen = new SymmetricEigen(symmetric);
    double[] roots = Arrays.map(eigen.values(), v -> Math.sqrt(Math.max(0, v)));
    return eigen.vectors().scaleColumns(roots).timesTranspose(eigen.vectors());
  }
}
