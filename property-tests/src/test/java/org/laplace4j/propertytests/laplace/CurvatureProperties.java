package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.curvature.Curvature;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.propertytests.linalg.Draws;

/** What is kept of H, against H multiplied out. */
class CurvatureProperties {

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Property(tries = 300)
  void curvatureIsThatOfTheDenseMatrices(@ForAll("problems") Problem<?> problem) {
    assertClose(
        problem.fit().curvature().toDense(),
        new DenseLaplace(problem).h(),
        problem.form().rounding());
  }

  @Property(tries = 60)
  void batchesOfAnySplitGiveTheSameCurvature(@ForAll("problems") Problem<?> problem) {
    Matrix whole =
        problem.fit(problem.data().rebatched(problem.y().count())).curvature().toDense();
    for (int size = 1; size < problem.y().count(); size++) {
      assertClose(
          problem.fit(problem.data().rebatched(size)).curvature().toDense(),
          whole,
          problem.form().rounding());
    }
  }

  @Property(tries = 60)
  void curvaturesOfTwoPartsOfTheDataAddToThatOfAll(@ForAll("problems") Problem<?> problem) {
    Assume.that(!problem.drawsTargets()); // a second fit draws for its own first example again
    int n = problem.y().count();
    for (int cut = 1; cut < n; cut++) {
      Curvature sum = problem
          .fit(problem.data(0, cut))
          .curvature()
          .plus(problem.fit(problem.data(cut, n)).curvature());
      assertClose(
          sum.toDense(), problem.fit().curvature().toDense(), problem.form().rounding());
    }
  }

  /** Products are what Lanczos sees of H. */
  @Property(tries = 60)
  void productsWithHAreThoseOfTheDenseMatrix(@ForAll("problems") Problem<?> problem) {
    double[] v = Draws.normal(problem.space().size(), problem.rng());
    AtomicReference<double[]> product = new AtomicReference<>();
    Laplace.of(problem.network().module(), problem.likelihood())
        .over(WeightSubset.of(problem.mask()))
        .curvature(problem.source())
        .structure(g -> {
          product.set(g.times(v));
          return Structure.diagonal().curvature(g);
        })
        .fit(problem.data());
    assertClose(
        product.get(),
        new DenseLaplace(problem.with(Form.FULL).at(1)).h().times(v),
        Form.FULL.rounding());
  }

  @Property(tries = 60)
  void freezingTheOtherElementsIsTheSameAsSelectingThese(@ForAll("problems") Problem<?> problem) {
    Matrix selected = problem.fit().precision().toDense();
    problem.freezeTheOthers();
    assertThat(problem.fit().precision().toDense()).isEqualTo(selected);
    Curvature all = problem.fit(WeightSubset.all(), problem.data()).curvature();
    assertThat(all.plusPrior(problem.prior().precisions(problem.space())).toDense())
        .isEqualTo(selected);
  }

  @Property(tries = 60)
  void aMultipleIsThatOfTheDenseMatrix(@ForAll("problems") Problem<?> problem) {
    Curvature h = problem.fit().curvature();
    assertClose(h.times(2.5).toDense(), h.toDense().times(2.5), problem.form().rounding());
    double[] delta = problem.prior().precisions(problem.space());
    assertClose(
        h.times(2.5).plusPrior(delta).toDense(),
        h.toDense().times(2.5).plusDiagonal(delta),
        PosteriorProperties.ROUNDING);
  }

  /** Of the whole and of every parameter, where a structure gives them. */
  @Property(tries = 100)
  void eigenvaluesAreThoseOfTheDenseMatrix(@ForAll("problems") Problem<?> problem) {
    Curvature h = problem.fit().curvature();
    Matrix dense = h.toDense();
    assertEigenvalues(h, dense, 0, dense.rows(), problem.form().rounding());
    problem
        .space()
        .blocks()
        .forEach(
            b -> assertEigenvalues(h, dense, b.offset(), b.end(), problem.form().rounding()));
  }

  private static void assertEigenvalues(
      Curvature h, Matrix dense, int from, int to, double rounding) {
    int[] own = IntStream.range(from, to).toArray();
    h.eigenvalues(from, to).ifPresent(values -> {
      double[] ascending = values.clone();
      java.util.Arrays.sort(ascending);
      assertClose(ascending, SymmetricEigen.valuesOf(dense.select(own, own)), rounding);
    });
  }

  @Property(tries = 60)
  void precisionIsCurvaturePlusPrior(@ForAll("problems") Problem<?> problem) {
    DenseLaplace dense = new DenseLaplace(problem);
    assertClose(problem.fit().precision().toDense(), dense.precision(), dense.rounding());
  }
}
