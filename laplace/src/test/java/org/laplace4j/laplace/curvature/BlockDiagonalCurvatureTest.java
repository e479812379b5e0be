package org.laplace4j.laplace.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.Laplace;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.layer.Activation;
import org.laplace4j.nn.layer.Linear;
import org.laplace4j.nn.layer.Sequential;
import org.laplace4j.nn.likelihood.Categorical;

class BlockDiagonalCurvatureTest {

  /** Sums of some products in another order. */
  private static final double ROUNDING = 1e-13;

  private final SplittableRandom rng = new SplittableRandom(1);
  private final Sequential model =
      Sequential.of(Linear.random(3, 4, rng), Activation.tanh(), Linear.random(4, 2, rng));
  private final Tensor x = Tensor.of(Shape.of(7, 3), rng.doubles(21, -1, 1).toArray());
  private final Dataset data = Dataset.of(x, Targets.labels(0, 1, 1, 0, 1, 0, 0), 3);

  @Test
  void groupsKeepTheEntriesOfTheFullCurvatureWithinThem() {
    List<List<String>> groups =
        List.of(List.of("2.bias", "0.weight"), List.of("0.bias", "2.weight"));
    // 0.weight has elements 0 to 11, 0.bias 12 to 15, 2.weight 16 to 23, 2.bias 24 and 25.
    int[] group = new int[26];
    java.util.Arrays.fill(group, 12, 24, 1);
    Matrix full = fit(Structure.full()).curvature().toDense();
    LaplacePosterior<Categorical> posterior = fit(Structure.blockDiagonal(groups));
    Matrix kept = posterior.curvature().toDense();
    Matrix p = posterior.precision().toDense();
    for (int i = 0; i < 26; i++) {
      for (int j = 0; j < 26; j++) {
        double expected = group[i] == group[j] ? full.get(i, j) : 0;
        assertThat(kept.get(i, j)).isCloseTo(expected, within(ROUNDING));
        assertThat(p.get(i, j)).isCloseTo(expected + (i == j ? 1 : 0), within(ROUNDING));
      }
    }
  }

  @Test
  void oneGroupOfAllIsTheFullCurvature() {
    List<List<String>> all = List.of(List.of("0.weight", "0.bias", "2.weight", "2.bias"));
    Matrix full = fit(Structure.full()).curvature().toDense();
    Matrix kept = fit(Structure.blockDiagonal(all)).curvature().toDense();
    assertThat(kept.minus(full).maxAbs()).isLessThan(ROUNDING);
  }

  @Test
  void everyParameterBelongsToOneGroup() {
    assertRefused("'0.weigth' is not one of", List.of(List.of("0.weigth")));
    assertRefused("'0.bias' is named twice", List.of(List.of("0.bias"), List.of("0.bias")));
    assertRefused(
        "2 of the space's 4 parameters are in no group, [0.bias, 2.bias]",
        List.of(List.of("0.weight", "2.weight")));
    assertThatThrownBy(() -> Structure.blockDiagonal(List.of(List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  /** Of (0.weight, 2.bias), (0.bias), (2.weight) without 0.weight and 0.bias: 2.bias, 2.weight. */
  @Test
  void whatHasNoRandomElementLeavesItsGroup() {
    Structure groups = Structure.blockDiagonal(
        List.of(List.of("0.weight", "2.bias"), List.of("0.bias"), List.of("2.weight")));
    Laplace<Categorical> last =
        Laplace.of(model, new Categorical()).over(WeightSubset.lastLayer()).structure(groups);
    Matrix kept = last.fit(data).curvature().toDense();
    Matrix expected = Laplace.of(model, new Categorical())
        .over(WeightSubset.lastLayer())
        .structure(Structure.blockDiagonal())
        .fit(data)
        .curvature()
        .toDense();
    assertThat(kept.minus(expected).maxAbs()).isLessThan(ROUNDING);
    assertThat(last.plan(data).chosen().cost()).isPresent();
    // A name may be left out, but not twice.
    assertThatThrownBy(() -> Laplace.of(model, new Categorical())
            .over(WeightSubset.lastLayer())
            .structure(Structure.blockDiagonal(
                List.of(List.of("0.bias", "0.bias"), List.of("2.weight", "2.bias"))))
            .fit(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'0.bias' is named twice");
  }

  @Test
  void curvaturesOfOtherGroupsDoNotAdd() {
    Curvature one = fit(Structure.blockDiagonal(
            List.of(List.of("0.weight", "2.bias"), List.of("0.bias", "2.weight"))))
        .curvature();
    Curvature other = fit(Structure.blockDiagonal(
            List.of(List.of("0.bias", "2.weight", "2.bias"), List.of("0.weight"))))
        .curvature();
    assertThatThrownBy(() -> one.plus(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("group 0 of 2");
  }

  private void assertRefused(String said, List<List<String>> groups) {
    assertThatThrownBy(() -> fit(Structure.blockDiagonal(groups)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }

  private LaplacePosterior<Categorical> fit(Structure structure) {
    return Laplace.of(model, new Categorical()).structure(structure).fit(data);
  }
}
