package org.laplace4j.laplace.curvature;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.WeightAndBiasSpd;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

class JointKroneckerCurvatureTest {

  /** Sums of some dozens of products, and two small eigendecompositions. */
  private static final double ROUNDING = 1e-11;

  private final SplittableRandom rng = new SplittableRandom(1);
  private final Linear model = Linear.random(3, 2, rng);
  private final Tensor x = Tensor.of(Shape.of(8, 3), rng.doubles(24, -1, 1).toArray());
  private final Tensor y = Tensor.of(Shape.of(8, 2), rng.doubles(16, -1, 1).toArray());
  private final Dataset data = Dataset.of(x, Targets.values(y), 3);

  /** B = 1 + 1, A = (1 + 4, 1 + 2; 1 + 2, 2) over 2: all of H = (5 3; 3 2). */
  @Test
  void aWeightAndItsBiasOnPaper() {
    var h = (JointKroneckerCurvature) TwoWeights.laplace()
        .structure(Structure.kroneckerWithJoinedBias())
        .fit(TwoWeights.data())
        .curvature();
    assertThat(h.pairs()).isEqualTo(1);
    assertThat(h.toDense().array()).containsExactly(5, 3, 3, 2);
  }

  /** Λ is the same for all examples, so H = Σ Λ ⊗ [a; 1][a; 1]ᵀ is a Kronecker product. */
  @Test
  void onALinearModelWithOneNoiseItIsTheFullCurvature() {
    Curvature joint = fit(Structure.kroneckerWithJoinedBias()).curvature();
    Matrix full = fit(Structure.full()).curvature().toDense();
    assertThat(joint.toDense().minus(full).maxAbs()).isLessThan(ROUNDING);
    assertThat(joint.times(3).toDense().minus(full.times(3)).maxAbs()).isLessThan(ROUNDING);
  }

  @Test
  void thePosteriorIsThatOfTheFullCurvature() {
    LaplacePosterior<Gaussian> joint = fit(Structure.kroneckerWithJoinedBias());
    LaplacePosterior<Gaussian> full = fit(Structure.full());
    var block =
        (WeightAndBiasSpd) ((BlockDiagonalSpd) joint.precision()).blocks().get(0);
    assertThat(block.toDense().minus(full.precision().toDense()).maxAbs()).isLessThan(ROUNDING);
    double difference = joint
        .model()
        .whole(
            x,
            (f, j) -> joint
                .precision()
                .inverseQuadratic(j)
                .minus(full.precision().inverseQuadratic(j))
                .maxAbs());
    assertThat(difference).isLessThan(ROUNDING);
    for (Prior prior : new Prior[] {Prior.layerwise(2, 3), Prior.isotropic(4)}) {
      assertThat(joint
              .withPrior(prior)
              .precision()
              .toDense()
              .minus(full.withPrior(prior).precision().toDense())
              .maxAbs())
          .isLessThan(ROUNDING);
    }
  }

  /** Of the joint product over all, the part that the mask selects. */
  @Test
  void rowsTimesColumnsWithTheirBiasesStayJoined() {
    // Row 1 of the weight, columns 0 and 2, and bias 1: elements 3, 5 and 7 of all.
    WeightSubset some = WeightSubset.of(WeightMask.of(Map.of(
        model.weight(), ElementMask.ofIndices(Shape.of(2, 3), 3, 5),
        model.bias(), ElementMask.ofIndices(Shape.of(2), 1))));
    var part =
        (JointKroneckerCurvature) fit(Structure.kroneckerWithJoinedBias(), some).curvature();
    int[] elements = {3, 5, 7};
    Matrix all = fit(Structure.kroneckerWithJoinedBias()).curvature().toDense();
    assertThat(part.pairs()).isEqualTo(1);
    assertThat(part.toDense().minus(all.select(elements, elements)).maxAbs()).isLessThan(ROUNDING);
  }

  @Test
  void aPairThatIsNotWholeFallsApart() {
    WeightSubset some = WeightSubset.of(WeightMask.of(Map.of(
        model.weight(), ElementMask.ofIndices(Shape.of(2, 3), 0, 4),
        model.bias(), ElementMask.ofIndices(Shape.of(2), 0, 1))));
    var apart =
        (JointKroneckerCurvature) fit(Structure.kroneckerWithJoinedBias(), some).curvature();
    assertThat(apart.pairs()).isZero();
    assertThat(apart.toDense())
        .isEqualTo(fit(Structure.kronecker(), some).curvature().toDense());
  }

  @Test
  void halvesOfTheDataAddToTheirFactors() {
    Structure joined = Structure.kroneckerWithJoinedBias();
    Curvature sum = fit(joined, WeightSubset.all(), data.select(0, 1, 2))
        .curvature()
        .plus(fit(joined, WeightSubset.all(), data.select(3, 4, 5, 6, 7)).curvature());
    assertThat(sum.toDense().minus(fit(joined).curvature().toDense()).maxAbs())
        .isLessThan(ROUNDING);
  }

  private LaplacePosterior<Gaussian> fit(Structure structure) {
    return fit(structure, WeightSubset.all());
  }

  private LaplacePosterior<Gaussian> fit(Structure structure, WeightSubset subset) {
    return fit(structure, subset, data);
  }

  private LaplacePosterior<Gaussian> fit(Structure structure, WeightSubset subset, Dataset on) {
    return Laplace.of(model, Gaussian.of(0.5)).over(subset).structure(structure).fit(on);
  }
}
