package org.laplace4j.laplace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.curvature.CurvatureSource;
import org.laplace4j.laplace.curvature.KroneckerCurvature;
import org.laplace4j.laplace.curvature.Structure;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Isotropic;
import org.laplace4j.nn.prior.Prior;

class LaplaceTest {

  @Test
  void fullCurvatureIsTheSumOfOuterProducts() {
    var posterior = TwoWeights.laplace().structure(Structure.full()).fit(TwoWeights.data());
    // (1, 1)ᵀ(1, 1) + (2, 1)ᵀ(2, 1)
    assertThat(posterior.curvature().toDense()).isEqualTo(matrix(5, 3, 3, 2));
    // P is kept as its Cholesky factor, whose roots are not whole.
    assertThat(posterior.precision().times(new double[] {1, 0})[0])
        .isCloseTo(6, org.assertj.core.api.Assertions.within(1e-14));
  }

  @Test
  void diagonalCurvatureIsTheDiagonalOfThat() {
    var posterior = TwoWeights.laplace().structure(Structure.diagonal()).fit(TwoWeights.data());
    assertThat(posterior.curvature().toDense()).isEqualTo(matrix(5, 0, 0, 2));
    assertThat(posterior.precision().toDense()).isEqualTo(matrix(6, 0, 0, 3));
  }

  @Test
  void kroneckerKeepsOneProductForEachParameter() {
    var posterior = TwoWeights.laplace().fit(TwoWeights.data());
    // For w, B = 1 + 1 and A = 1 + 4 over two examples: 2 · 5 / 2; for b, A = 2: 2 · 2 / 2.
    assertThat(posterior.curvature().toDense()).isEqualTo(matrix(5, 0, 0, 2));
    var factors = ((KroneckerCurvature) posterior.curvature()).factors();
    assertThat(factors.get(0).b()).isEqualTo(matrix(2));
    assertThat(factors.get(0).a()).isEqualTo(matrix(5));
    assertThat(factors.get(0).count()).isEqualTo(2);
  }

  /**
   * Two logits w x at w = (log 3, 0) and x = 1, 0: p = (¾, ¼) and (½, ½), so Λ = 3/16 and 4/16 of
   * (1 −1; −1 1). The exact H has x² Λ = 3/16; Kronecker takes (Σ Λ)(Σ x²)/2 = 7/32.
   */
  @Test
  void kroneckerIsNotExactWhereInputsAndCurvatureGoTogether() {
    Linear model = Linear.of(Tensor.of(Shape.of(2, 1), Math.log(3), 0), Tensor.zeros(Shape.of(2)));
    Dataset data = Dataset.of(TwoWeights.column(1, 0), Targets.labels(0, 1));
    var laplace = Laplace.of(model, new org.laplace4j.nn.likelihood.Categorical())
        .over(WeightSubset.named("weight"));
    Matrix kronecker = laplace.fit(data).curvature().toDense();
    Matrix full = laplace.structure(Structure.full()).fit(data).curvature().toDense();
    Matrix difference = matrix(1, -1, -1, 1);
    assertThat(kronecker.minus(difference.times(7.0 / 32)).maxAbs()).isLessThan(1e-15);
    assertThat(full.minus(difference.times(3.0 / 16)).maxAbs()).isLessThan(1e-15);
  }

  @Test
  void empiricalFisherPullsBackResidualsOverTheVariance() {
    // With σ = 2 both scores are 1/4: H = (5 3; 3 2)/16, where the GGN has /4.
    var laplace = Laplace.of(TwoWeights.model(), Gaussian.of(2)).structure(Structure.full());
    assertThat(laplace.fit(TwoWeights.data()).curvature().toDense())
        .isEqualTo(matrix(5, 3, 3, 2).times(0.25));
    var fisher = laplace.curvature(CurvatureSource.empiricalFisher()).fit(TwoWeights.data());
    assertThat(fisher.curvature().toDense()).isEqualTo(matrix(5, 3, 3, 2).times(0.0625));
  }

  @Test
  void temperatureDividesCurvatureAndLogLikelihoodAlone() {
    var laplace = TwoWeights.laplace().structure(Structure.full());
    var warm = laplace.temperature(2).fit(TwoWeights.data());
    var plain = laplace.fit(TwoWeights.data());
    assertThat(warm.curvature().toDense()).isEqualTo(matrix(2.5, 1.5, 1.5, 1));
    assertThat(warm.evidence().logLikelihood()).isEqualTo(plain.evidence().logLikelihood() / 2);
    assertThat(warm.evidence().priorQuadratic()).isEqualTo(plain.evidence().priorQuadratic());
    assertThat(warm.dataFit()).isEqualTo(warm.dataFit());
    assertThat(warm.dataFit().logLikelihood()).isEqualTo(plain.dataFit().logLikelihood());
  }

  @Test
  void withoutAnyChoiceAllWeightsAreRandomUnderAPriorOfOne() {
    var posterior = TwoWeights.laplace().fit(TwoWeights.data());
    assertThat(posterior.space().size()).isEqualTo(2);
    assertThat(posterior.curvature()).isInstanceOf(KroneckerCurvature.class);
    assertThat(((Isotropic) posterior.prior()).precision()).isEqualTo(1);
    assertThat(posterior.temperature()).isEqualTo(1);
    assertThat(posterior.noisePower()).isEqualTo(2);
  }

  @Test
  void aSecondChoiceNamesBoth() {
    assertThatThrownBy(
            () -> TwoWeights.laplace().structure(Structure.full()).structure(Structure.diagonal()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("full")
        .hasMessageContaining("diagonal");
    assertThatThrownBy(
            () -> TwoWeights.laplace().prior(Prior.isotropic(2)).prior(Prior.isotropic(3)))
        .hasMessageContaining("isotropic(2.0)")
        .hasMessageContaining("isotropic(3.0)");
  }

  @Test
  void aChoiceLeavesTheLaplaceThatItIsMadeFromAsItWas() {
    var laplace = TwoWeights.laplace();
    laplace.temperature(2);
    assertThat(laplace.temperature(4).fit(TwoWeights.data()).temperature()).isEqualTo(4);
  }

  private static Matrix matrix(double... entries) {
    int n = (int) Math.sqrt(entries.length);
    return Matrix.of(n, n, entries);
  }
}
