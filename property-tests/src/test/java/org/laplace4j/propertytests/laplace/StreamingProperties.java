package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Curvature;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.prior.Prior;

/** Data that come one part after the other. */
class StreamingProperties {

  /** Lanczos leaves a residual of 1e-9 of the largest eigenvalue, in vectors by its root. */
  private static final double LANCZOS = 1e-6;

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  /** Kronecker too: the factors of the union. */
  @Property(tries = 60)
  void aPosteriorOfPartsIsThatOfAllData(@ForAll("problems") Problem<?> problem) {
    Assume.that(problem.y().count() > 1);
    double rounding = new DenseLaplace(problem).rounding();
    LaplacePosterior<?> whole = problem.fit();
    int n = problem.y().count();
    int cut = 1 + problem.rng().nextInt(n - 1);
    LaplacePosterior<?> parts = problem.fit(problem.data(0, cut)).plus(problem.data(cut, n));
    assertClose(parts.precision().toDense(), whole.precision().toDense(), rounding);
    assertThat(parts.evidence().logMarginalLikelihood())
        .isCloseTo(
            whole.evidence().logMarginalLikelihood(),
            within(rounding * Math.max(1, Math.abs(whole.evidence().logLikelihood()))));
    assertThat(parts.dataFit().examples()).isEqualTo(n);
    assertThat(parts.mean()).isEqualTo(whole.mean());
  }

  @Property(tries = 60)
  void aPosteriorAsPriorIsAroundItsMeanWithTheDiagonalOfItsPrecision(
      @ForAll("problems") Problem<?> problem) {
    LaplacePosterior<?> posterior = problem.fit();
    Prior next = posterior.asPrior();
    assertThat(next.mean(posterior.space())).isEqualTo(posterior.mean());
    DenseLaplace dense = new DenseLaplace(problem);
    assertClose(next.precisions(posterior.space()), dense.precision().diagonal(), dense.rounding());
  }

  /** The diagonal structure loses nothing: the old curvature is all in the next prior. */
  @Property(tries = 60)
  void theDiagonalOfAStreamIsThatOfAllData(@ForAll("problems") Problem<?> any) {
    Assume.that(any.y().count() > 1);
    Assume.that(!any.drawsTargets()); // a second fit draws for its own first example again
    Problem<?> problem = any.with(Form.DIAGONAL);
    int n = problem.y().count();
    LaplacePosterior<?> first = problem.fit(problem.data(0, 1));
    LaplacePosterior<?> then = problem.with(first.asPrior()).fit(problem.data(1, n));
    assertClose(
        then.precision().diagonal(),
        problem.fit().precision().diagonal(),
        PosteriorProperties.ROUNDING);
  }

  /**
   * The basis changes and the trace does not: the squares of a rotation sum to one. Not so where
   * elements are missing from the rows × columns that the basis belongs to.
   */
  @Property(tries = 40)
  void addedEkfacCurvaturesKeepTheirTrace(@ForAll("problems") Problem<?> any) {
    Assume.that(any.y().count() > 1);
    Assume.that(any.space().blocks().stream().allMatch(b -> isRowsTimesColumns(b.mask())));
    int n = any.y().count();
    Problem<?> problem = any.with(Prior.isotropic(1));
    Curvature first = fit(problem, Structure.ekfac(), problem.data(0, 1));
    Curvature second = fit(problem, Structure.ekfac(), problem.data(1, n));
    double expected = first.toDense().trace() + second.toDense().trace();
    assertThat(first.plus(second).toDense().trace())
        .isCloseTo(expected, within(PosteriorProperties.ROUNDING * Math.max(1, expected)));
  }

  @Property(tries = 40)
  void addedLowRankCurvaturesAreTheLeadingPartOfTheirSum(@ForAll("problems") Problem<?> any) {
    Assume.that(any.y().count() > 1);
    int n = any.y().count();
    Problem<?> problem = any.with(Prior.isotropic(1));
    int k = Math.min(2, problem.space().size());
    Curvature first = fit(problem, Structure.lowRank(k), problem.data(0, 1));
    Curvature second = fit(problem, Structure.lowRank(k), problem.data(1, n));
    Matrix sum = first.toDense().plus(second.toDense());
    SymmetricEigen eigen = new SymmetricEigen(sum);
    int size = sum.rows();
    double gap = size > k ? eigen.values()[size - k] - eigen.values()[size - k - 1] : 1;
    Assume.that(gap > 1e-3 * sum.maxAbs()); // else the leading part is not unique
    int[] leading = IntStream.range(size - k, size).toArray();
    Matrix v = eigen.vectors().selectColumns(leading);
    double[] values = IntStream.of(leading).mapToDouble(i -> eigen.values()[i]).toArray();
    assertClose(first.plus(second).toDense(), v.scaleColumns(values).timesTranspose(v), LANCZOS);
  }

  private static Curvature fit(Problem<?> problem, Structure structure, Dataset data) {
    return Laplace.of(problem.network().module(), problem.likelihood())
        .over(WeightSubset.of(problem.mask()))
        .structure(structure)
        .curvature(problem.source())
        .prior(problem.prior())
        .fit(data)
        .curvature();
  }

  private static boolean isRowsTimesColumns(ElementMask mask) {
    int width = mask.shape().drop(1).size();
    long rows = IntStream.of(mask.indices()).map(i -> i / width).distinct().count();
    long columns = IntStream.of(mask.indices()).map(i -> i % width).distinct().count();
    return rows * columns == mask.count();
  }
}
