package org.laplace4j.laplace.curvature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.laplace4j.laplace.TwoWeights;
import org.laplace4j.laplace.subset.WeightSubset;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.nn.Dataset;

/** H = (5 3; 3 2) on paper, see {@link TwoWeights}. */
class CurvatureTest {
  private static final List<Structure> EXACT = List.of(Structure.full(), Structure.diagonal());

  private static Curvature curvature(Structure structure, Dataset data) {
    return TwoWeights.laplace().structure(structure).fit(data).curvature();
  }

  private static Curvature ofBias(Structure structure) {
    return TwoWeights.laplace()
        .over(WeightSubset.named("bias"))
        .structure(structure)
        .fit(TwoWeights.data())
        .curvature();
  }

  @Test
  void twoHalvesAddToTheWhole() {
    Dataset one = TwoWeights.data(new double[] {1}, 2);
    Dataset other = TwoWeights.data(new double[] {2}, 3);
    for (Structure structure : EXACT) {
      Matrix sum = curvature(structure, one).plus(curvature(structure, other)).toDense();
      assertThat(sum).isEqualTo(curvature(structure, TwoWeights.data()).toDense());
    }
  }

  /** (1 · 1)/1 and (1 · 4)/1 for w alone; their factors add to (2 · 5)/2. */
  @Test
  void kroneckerFactorsAdd() {
    Structure kronecker = Structure.kronecker();
    Curvature one = curvature(kronecker, TwoWeights.data(new double[] {1}, 2));
    Curvature other = curvature(kronecker, TwoWeights.data(new double[] {2}, 3));
    assertThat(one.plus(other).toDense()).isEqualTo(Matrix.diagonal(new double[] {5, 2}));
  }

  @Test
  void aMultipleMultipliesEveryEntry() {
    for (Structure structure : EXACT) {
      Curvature h = curvature(structure, TwoWeights.data());
      assertThat(h.times(0.5).toDense()).isEqualTo(h.toDense().times(0.5));
    }
  }

  @Test
  void diagonalGivesItsEntries() {
    DiagonalCurvature h = (DiagonalCurvature) curvature(Structure.diagonal(), TwoWeights.data());
    assertThat(h.diagonal()).containsExactly(5, 2);
    h.diagonal()[0] = 7;
    assertThat(h.diagonal()).containsExactly(5, 2);
  }

  @Test
  void curvaturesOfDifferentStructuresDoNotAdd() {
    Curvature full = curvature(Structure.full(), TwoWeights.data());
    Curvature diagonal = curvature(Structure.diagonal(), TwoWeights.data());
    assertThatThrownBy(() -> full.plus(diagonal))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FullCurvature")
        .hasMessageContaining("DiagonalCurvature");
  }

  @Test
  void curvaturesOverDifferentSpacesDoNotAdd() {
    for (Structure structure : List.of(
        Structure.full(),
        Structure.diagonal(),
        Structure.blockDiagonal(),
        Structure.kronecker(),
        Structure.ekfac(),
        Structure.lowRank(2),
        Structure.lowRankHessian(2),
        Structure.functional(),
        Structure.hessian())) {
      Curvature both = curvature(structure, TwoWeights.data());
      assertThatThrownBy(() -> both.plus(ofBias(structure)))
          .as("%s", structure)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2")
          .hasMessageContaining("1");
      assertThatThrownBy(() -> ofBias(structure).plus(both))
          .as("%s", structure)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void structuresAndSourcesHaveNames() {
    assertThat(Structure.kronecker()).hasToString("kronecker");
    assertThat(Structure.lowRank(3)).hasToString("lowRank(3)");
    assertThat(CurvatureSource.ggn()).hasToString("Ggn[]");
  }
}
