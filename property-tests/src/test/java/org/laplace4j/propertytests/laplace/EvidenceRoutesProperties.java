package org.laplace4j.propertytests.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.WholeEvidence;
import org.laplace4j.laplace.curvature.KroneckerCurvature;
import org.laplace4j.laplace.evidence.Evidence;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.rows.KroneckerFactors;
import org.laplace4j.nn.prior.Prior;

/** The evidence by routes that have nothing in common but what they compute. */
class EvidenceRoutesProperties {
  private static final int PROBES = 40;

  /** The Lanczos steps of a probe stop at a residual of 1e-4, whose square is the error. */
  private static final double QUADRATURE = 1e-8;

  /** Of determinants of a few dozen weights. */
  private static final double ROUNDING = PosteriorProperties.ROUNDING;

  @Provide
  Arbitrary<Problem<?>> problems() {
    return ProblemMarket.problems();
  }

  /** A dense determinant, the dual form, eigenvalues of the whole, and products alone. */
  @Property(tries = 60)
  void routesToTheEvidenceOfTheWholeCurvatureAgree(@ForAll("problems") Problem<?> any) {
    double delta = any.prior().precisions(any.space())[0];
    Problem<?> problem = any.with(Prior.isotropic(delta)).with(Form.FULL);
    DenseLaplace dense = new DenseLaplace(problem);
    double expected = dense.logEvidence();
    double rounding = dense.rounding() * Math.max(1, Math.abs(expected));

    LaplacePosterior<?> full = problem.fit();
    LaplacePosterior<?> dual = problem.with(Form.FUNCTIONAL).fit();
    assertThat(full.evidence().logMarginalLikelihood()).isCloseTo(expected, within(rounding));
    assertThat(dual.evidence().logMarginalLikelihood()).isCloseTo(expected, within(rounding));

    int size = problem.space().size();
    double[] values = full.curvature().eigenvalues(0, size).orElseThrow();
    assertThat(withLogDetRatio(dense, logDetRatio(values, delta)))
        .isCloseTo(expected, within(rounding));

    Evidence byProducts =
        WholeEvidence.of(full, problem.data(), 0, PROBES, problem.rng()).whole();
    // Six standard errors.
    assertThat(byProducts.logMarginalLikelihood())
        .isCloseTo(expected, within(6 * byProducts.standardError() + rounding + QUADRATURE * size));
  }

  /** Eigenvalues of the factors, and a dense determinant of each product. */
  @Property(tries = 60)
  void routesToTheEvidenceOfAKroneckerCurvatureAgree(@ForAll("problems") Problem<?> any) {
    double delta = any.prior().precisions(any.space())[0];
    Problem<?> problem = any.with(Prior.isotropic(delta)).with(Form.KRONECKER);
    LaplacePosterior<?> posterior = problem.fit();
    var curvature = (KroneckerCurvature) posterior.curvature();
    Matrix dense = curvature.toDense();
    double ratio =
        new Cholesky(dense.plusDiagonal(problem.prior().precisions(problem.space()))).logDet()
            - problem.space().size() * Math.log(delta);
    double rounding = ROUNDING * Math.max(1, Math.abs(ratio));
    assertThat(posterior.evidence().logDetRatio()).isCloseTo(ratio, within(rounding));

    int size = problem.space().size();
    curvature
        .eigenvalues(0, size)
        .ifPresent(
            values -> assertThat(logDetRatio(values, delta)).isCloseTo(ratio, within(rounding)));
    if (curvature.eigenvalues(0, size).isPresent()) {
      double fromFactors =
          curvature.factors().stream().mapToDouble(f -> logDetRatio(f, delta)).sum();
      assertThat(fromFactors).isCloseTo(ratio, within(rounding));
    }
  }

  /** Σᵢⱼ log(1 + λᵢ(B) λⱼ(A) / (count δ)). */
  private static double logDetRatio(KroneckerFactors factors, double delta) {
    double[] b = SymmetricEigen.valuesOf(factors.b());
    double[] a = SymmetricEigen.valuesOf(factors.a());
    double sum = 0;
    for (double i : b) {
      for (double j : a) {
        sum += Math.log1p(Math.max(i, 0) * Math.max(j, 0) / factors.count() / delta);
      }
    }
    return sum;
  }

  private static double logDetRatio(double[] eigenvalues, double delta) {
    return IntStream.range(0, eigenvalues.length)
        .mapToDouble(i -> Math.log1p(eigenvalues[i] / delta))
        .sum();
  }

  private static double withLogDetRatio(DenseLaplace dense, double ratio) {
    return dense.logLikelihood() - (dense.priorQuadratic() + ratio) / 2;
  }
}
