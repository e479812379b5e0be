package org.laplace4j.laplace.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.ElementMask;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.autodiff.WeightMask;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Module;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Gaussian;
import org.laplace4j.nn.prior.Prior;

class JointEkfacCurvatureTest {

  /** Sums of some dozens of products, and two small eigendecompositions. */
  private static final double ROUNDING = 1e-11;

  private final SplittableRandom rng = new SplittableRandom(1);
  private final Linear first = Linear.random(3, 2, rng);
  private final Linear last = Linear.random(2, 2, rng);
  private final Tensor x = Tensor.of(Shape.of(8, 3), rng.doubles(24, -1, 1).toArray());
  private final Tensor y = Tensor.of(Shape.of(8, 2), rng.doubles(16, -1, 1).toArray());
  private final Dataset data = Dataset.of(x, Targets.values(y), 3);
  private final Module network = Sequential.of(first, Activation.tanh(), last);

  /** There H is a Kronecker product, and so diagonal in its own eigenbasis. */
  @Test
  void onALinearModelWithOneNoiseItIsTheFullCurvature() {
    Matrix joint = fit(first, Structure.ekfacWithJoinedBias()).curvature().toDense();
    Matrix full = fit(first, Structure.full()).curvature().toDense();
    assertThat(joint.minus(full).maxAbs()).isLessThan(ROUNDING);
  }

  /** Of all diagonals in the basis the nearest to H, and that of the same trace. */
  @Test
  void itIsNearerToTheFirstLayersCurvatureThanKronecker() {
    Matrix full = fit(network, Structure.full()).curvature().toDense();
    Matrix joint = fit(network, Structure.ekfacWithJoinedBias()).curvature().toDense();
    Matrix kronecker =
        fit(network, Structure.kroneckerWithJoinedBias()).curvature().toDense();
    int[] layer = range(0, 8);
    Matrix h = full.select(layer, layer);
    assertThat(joint.select(layer, layer).trace()).isCloseTo(h.trace(), within(ROUNDING));
    assertThat(distance(joint.select(layer, layer), h))
        .isLessThan(distance(kronecker.select(layer, layer), h));
  }

  @Test
  void theLayersAreItsGroups() {
    LaplacePosterior<Gaussian> joint = fit(network, Structure.ekfacWithJoinedBias());
    assertThat(((JointEkfacCurvature) joint.curvature()).pairs()).isEqualTo(2);
    Matrix p = joint.curvature().toDense();
    for (Prior prior : new Prior[] {Prior.layerwise(2, 3, 4, 5), Prior.isotropic(4)}) {
      double[] delta = prior.precisions(joint.space());
      assertThat(joint
              .withPrior(prior)
              .precision()
              .toDense()
              .minus(p.plusDiagonal(delta))
              .maxAbs())
          .isLessThan(ROUNDING);
    }
  }

  @Test
  void aPairThatIsNotWholeFallsApart() {
    WeightSubset some = WeightSubset.of(WeightMask.of(Map.of(
        first.weight(), ElementMask.ofIndices(Shape.of(2, 3), 0, 4),
        first.bias(), ElementMask.ofIndices(Shape.of(2), 0, 1))));
    Laplace<Gaussian> laplace = Laplace.of(first, Gaussian.of(0.5)).over(some);
    var apart = (JointEkfacCurvature)
        laplace.structure(Structure.ekfacWithJoinedBias()).fit(data).curvature();
    assertThat(apart.pairs()).isZero();
    assertThat(apart.toDense())
        .isEqualTo(laplace.structure(Structure.ekfac()).fit(data).curvature().toDense());
  }

  private LaplacePosterior<Gaussian> fit(Module of, Structure structure) {
    return Laplace.of(of, Gaussian.of(0.5)).structure(structure).fit(data);
  }

  private static int[] range(int from, int to) {
    return java.util.stream.IntStream.range(from, to).toArray();
  }

  private static double distance(Matrix m, Matrix h) {
    double square = 0;
    for (double each : m.minus(h).array()) square += each * each;
    return Math.sqrt(square);
  }
}
