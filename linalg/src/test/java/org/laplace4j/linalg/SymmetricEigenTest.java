package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("scalar")
class SymmetricEigenTest {

  /** Backward stable to a few roundings of the largest entry for each of n columns. */
  private static final double ROUNDING = 1e-14;

  @Test
  void aSpectrumOnPaper() {
    // [2 1; 1 2] has (1, -1)/√2 at 1 and (1, 1)/√2 at 3.
    var eigen = new SymmetricEigen(Matrix.of(2, 2, new double[] {2, 1, 1, 2}));
    assertThat(eigen.values()[0]).isCloseTo(1, within(1e-15));
    assertThat(eigen.values()[1]).isCloseTo(3, within(1e-15));
    assertThat(eigen.vectors().column(1)[0]).isCloseTo(Math.sqrt(0.5), within(1e-15));
    assertThat(eigen.vectors().column(1)[1]).isCloseTo(Math.sqrt(0.5), within(1e-15));
    assertThat(eigen.vectors().column(0)[0])
        .isCloseTo(-eigen.vectors().column(0)[1], within(1e-15));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 20, 65, 130, 300})
  void vectorsAreOrthonormalAndRebuildTheMatrix(int n) {
    Matrix b =
        Matrix.adopt(n, n, new SplittableRandom(n).doubles((long) n * n, -1, 1).toArray());
    Matrix a = b.plus(b.transpose());
    var eigen = new SymmetricEigen(a);
    Matrix v = eigen.vectors();
    assertThat(v.gram().minus(Matrix.identity(n)).maxAbs()).isLessThan(n * ROUNDING);
    assertThat(v.scaleColumns(eigen.values()).timesTranspose(v).minus(a).maxAbs())
        .isLessThan(n * ROUNDING * a.maxAbs());
    assertThat(eigen.values()).isSorted();
    assertThat(new SymmetricEigen(a).vectors()).isEqualTo(v);
  }

  @Test
  void theLargestEntryOfEachVectorIsPositive() {
    var eigen = new SymmetricEigen(Matrix.of(2, 2, new double[] {1, -3, -3, 5}));
    for (int j = 0; j < 2; j++) {
      double[] vector = eigen.vectors().column(j);
      double largest = Math.abs(vector[0]) >= Math.abs(vector[1]) ? vector[0] : vector[1];
      assertThat(largest).isPositive();
    }
  }

  @Test
  void zeroAndEmptyMatricesAreDecomposed() {
    assertThat(new SymmetricEigen(Matrix.zeros(3, 3)).values()).containsExactly(0, 0, 0);
    assertThat(new SymmetricEigen(Matrix.zeros(3, 3)).vectors().gram())
        .isEqualTo(Matrix.identity(3));
    assertThat(new SymmetricEigen(Matrix.zeros(0, 0)).values()).isEmpty();
  }

  @Test
  void matricesThatHaveNoSpectrumAreRefused() {
    assertThatThrownBy(() -> new SymmetricEigen(Matrix.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 3)");
    assertThatThrownBy(() -> new SymmetricEigen(Matrix.diagonal(new double[] {1, Double.NaN})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }

  /** Where most eigenvalues are rounding, the sweeps must not chase it. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-290, 1e-20, 1, 1e20, 1e290})
  void aMatrixOfRankOneAtAnyScale(double scale) {
    int n = 100;
    double[] v = new double[n];
    java.util.Arrays.setAll(v, i -> Math.cos(i));
    Matrix a = Matrix.adopt(n, 1, v).outerGram().times(scale);
    double[] values = new SymmetricEigen(a).values();
    double norm = Arrays.dot(v, v) * scale;
    assertThat(values[n - 1] / norm).isCloseTo(1, within(1e-14));
    for (int i = 0; i < n - 1; i++) {
      assertThat(Math.abs(values[i]) / norm).isLessThan(1e-14);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 100})
  void valuesAloneAreThoseOfTheWholeDecomposition(int n) {
    var rng = new java.util.Random(n);
    double[] x = new double[n * n];
    java.util.Arrays.setAll(x, i -> rng.nextGaussian());
    Matrix a = Matrix.adopt(n, n, x).outerGram();
    double[] alone = SymmetricEigen.valuesOf(a);
    double[] whole = new SymmetricEigen(a).values();
    for (int i = 0; i < n; i++) {
      assertThat(alone[i]).isCloseTo(whole[i], within(1e-14 * n * whole[n - 1]));
    }
  }

  @Test
  void whatIsNotSquareIsRefusedWithItsShape() {
    Matrix a = Matrix.zeros(2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SymmetricEigen(a))
        .withMessageContaining("(2, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SymmetricEigen.valuesOf(a))
        .withMessageContaining("(2, 3)");
  }
}
