package org.laplace4j.propertytests.laplace;

import static org.laplace4j.propertytests.linalg.Closeness.assertClose;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.curvature.Curvature;
import org.laplace4j.linalg.Matrix;

/** What is kept of H, against H multiplied out. */
class CurvatureProperties {

  /** Sums of some hundred products of numbers of order one, in another order. */
  private static final double ROUNDING = 1e-12;

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  @Property(tries = 300)
  void curvatureIsThatOfTheDenseMatrices(@ForAll("problems") Problem<?> problem) {
    assertClose(problem.fit().curvature().toDense(), new DenseLaplace(problem).h(), ROUNDING);
  }

  @Property(tries = 60)
  void batchesOfAnySplitGiveTheSameCurvature(@ForAll("problems") Problem<?> problem) {
    Matrix whole = problem.fit(problem.data().rebatched(problem.y().count())).curvature().toDense();
    for (int size = 1; size < problem.y().count(); size++) {
      assertClose(problem.fit(problem.data().rebatched(size)).curvature().toDense(), whole, ROUNDING);
    }
  }

  @Property(tries = 60)
  void curvaturesOfTwoPartsOfTheDataAddToThatOfAll(@ForAll("problems") Problem<?> problem) {
    int n = problem.y().count();
    for (int cut = 1; cut < n; cut++) {
      Curvature sum = problem
          .fit(problem.data(0, cut))
          .curvature()
          .plus(problem.fit(problem.data(cut, n)).curvature());
      assertClose(sum.toDense(), problem.fit().curvature().toDense(), ROUNDING);
    }
  }

  @Property(tries = 60)
  void aMultipleIsThatOfTheDenseMatrix(@ForAll("problems") Problem<?> problem) {
    Curvature h = problem.fit().curvature();
    assertClose(h.times(2.5).toDense(), h.toDense().times(2.5), ROUNDING);
    double[] delta = problem.prior().precisions(problem.space());
    assertClose(
        h.times(2.5).plusPrior(delta).toDense(),
        h.toDense().times(2.5).plusDiagonal(delta),
        PosteriorProperties.ROUNDING);
  }

  @Property(tries = 60)
  void precisionIsCurvaturePlusPrior(@ForAll("problems") Problem<?> problem) {
    LaplacePosterior<?> posterior = problem.fit();
    assertClose(
        posterior.precision().toDense(),
        new DenseLaplace(problem).precision(),
        PosteriorProperties.ROUNDING);
  }
}
