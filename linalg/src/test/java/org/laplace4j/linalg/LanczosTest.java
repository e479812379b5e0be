package org.laplace4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("scalar")
class LanczosTest {

  private static final double TOLERANCE = 1e-9;

  /** The products themselves and the basis carry some roundings of the largest eigenvalue. */
  private static final double ROUNDING = 1e-13;

  @Test
  void theLargestAndSmallestOfADiagonalMatrix() {
    double[] d = {3, -7, 0, 5, 1};
    Lanczos.Result largest = Lanczos.largest(v -> Arrays.times(d, v), 5, 2, TOLERANCE);
    assertThat(largest.values()).containsExactly(new double[] {5, 3}, within(1e-14));
    assertThat(Math.abs(largest.vectors().get(0, 3))).isCloseTo(1, within(1e-14));
    assertThat(Math.abs(largest.vectors().get(1, 0))).isCloseTo(1, within(1e-14));
    Lanczos.Result smallest = Lanczos.smallest(v -> Arrays.times(d, v), 5, 2, TOLERANCE);
    assertThat(smallest.values()).containsExactly(new double[] {-7, 0}, within(1e-14));
    assertThat(Math.abs(smallest.vectors().get(0, 1))).isCloseTo(1, within(1e-14));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "5,3", "21,1", "22,2", "30,30", "40,7", "120,1", "120,10", "200,60"})
  void randomSpectraOfAnySize(int n, int k) {
    Random rng = new Random(n + 1000L * k);
    assertFinds(matrix(n, i -> rng.nextGaussian(), rng), k);
  }

  /** As H = I ⊗ G of a last layer with equal outputs has: every eigenvalue several times. */
  @ParameterizedTest
  @CsvSource({"60,2,6", "90,3,7", "120,10,25", "150,5,1", "80,80,3"})
  void multipleEigenvaluesComeWithTheirMultiplicity(int n, int multiplicity, int k) {
    assertFinds(matrix(n, i -> Math.pow(0.8, Math.floorDiv(i, multiplicity)), new Random(n)), k);
  }

  @Test
  void aMultipleOfTheIdentityHasOneEigenvalue() {
    Lanczos.Result found = Lanczos.largest(v -> Arrays.scale(v, 3), 50, 4, TOLERANCE);
    // One rounding of the norm 3 for each of the 24 vectors of the basis: 24 · 3 · 2e-16.
    assertThat(found.values()).containsExactly(new double[] {3, 3, 3, 3}, within(1.5e-14));
    assertOrthonormal(found.vectors());
    assertThat(found.converged()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"100,3,8", "100,30,25", "100,1,1", "24,2,24"})
  void eigenvaluesBeyondTheRankAreZero(int n, int rank, int k) {
    assertFinds(matrix(n, i -> i < rank ? rank - i : 0, new Random(rank)), k);
  }

  @Test
  void theZeroMatrixHasOnlyZeros() {
    Lanczos.Result found = Lanczos.largest(v -> new double[v.length], 40, 3, TOLERANCE);
    assertThat(found.values()).containsExactly(0, 0, 0);
    assertOrthonormal(found.vectors());
    assertThat(found.converged()).isTrue();
  }

  @Test
  void anIndefiniteMatrixWhoseLargestMagnitudesAreNegative() {
    Matrix a = matrix(100, i -> i < 90 ? -100 + i : i - 85, new Random(3));
    assertFinds(a, 12);
    Lanczos.Result ends = Lanczos.smallest(a::times, 100, 3, TOLERANCE);
    assertThat(ends.values()).containsExactly(new double[] {-100, -99, -98}, within(1e-7));
  }

  /** The leading eigenvalues lie within 1e-3 of each other, so that many restarts are needed. */
  @Test
  void slowDecayNeedsRestarts() {
    Matrix a = matrix(300, i -> 1 / (1 + 1e-4 * i * i), new Random(5));
    assertFinds(a, 5);
    assertThat(Lanczos.largest(a::times, 300, 5, TOLERANCE).products()).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-4, 1e-6, 1e-9, 1e-12})
  void reportedResidualsAreNoSmallerThanTheTrueOnes(double tolerance) {
    Matrix a = matrix(150, i -> Math.pow(0.9, Math.floorDiv(i, 2)), new Random(7));
    Lanczos.Result found = Lanczos.largest(a::times, 150, 9, tolerance);
    for (int i = 0; i < 9; i++) {
      assertThat(trueResidual(a, found, i)).isLessThan(found.residuals()[i] + ROUNDING);
      assertThat(found.residuals()[i]).isLessThanOrEqualTo(tolerance);
    }
    assertThat(found.converged()).isTrue();
  }

  @Test
  void aToleranceThatCannotBeMetIsReported() {
    Matrix a = matrix(100, i -> 1.0 / (1 + i), new Random(9));
    Lanczos.Result found = Lanczos.largest(a::times, 100, 3, 0);
    assertThat(found.converged()).isFalse();
    assertThat(found.values()[0]).isCloseTo(1, within(ROUNDING));
  }

  @Test
  void everyRunHasTheSameBits() {
    Matrix a = matrix(80, i -> Math.pow(0.7, Math.floorDiv(i, 3)), new Random(11));
    Lanczos.Result once = Lanczos.largest(a::times, 80, 6, TOLERANCE);
    Lanczos.Result again = Lanczos.largest(a::times, 80, 6, TOLERANCE);
    assertThat(again.values()).isEqualTo(once.values());
    assertThat(again.vectors()).isEqualTo(once.vectors());
    assertThat(again.products()).isEqualTo(once.products());
  }

  @Test
  void countsThatNoMatrixHasAreRefused() {
    assertThatThrownBy(() -> Lanczos.largest(v -> v, 4, 5, TOLERANCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5")
        .hasMessageContaining("4");
    assertThatThrownBy(() -> Lanczos.smallest(v -> v, 4, 0, TOLERANCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private static void assertFinds(Matrix a, int k) {
    int n = a.rows();
    double[] all = new SymmetricEigen(a).values();
    double scale = Math.max(Math.abs(all[0]), Math.abs(all[n - 1]));
    double[] expected = IntStream.range(0, k).mapToDouble(i -> all[n - 1 - i]).toArray();
    Lanczos.Result found = Lanczos.largest(a::times, n, k, TOLERANCE);
    assertThat(found.converged()).isTrue();
    // A residual of r moves an eigenvalue of a symmetric matrix by no more than r.
    assertThat(found.values()).containsExactly(expected, within(TOLERANCE * scale));
    assertOrthonormal(found.vectors());
    for (int i = 0; i < k; i++) {
      assertThat(trueResidual(a, found, i)).isLessThan(TOLERANCE * scale);
    }
  }

  private static double trueResidual(Matrix a, Lanczos.Result found, int i) {
    double[] v = found.vectors().row(i);
    double[] r = a.times(v);
    Arrays.addScaled(-found.values()[i], v, r);
    return Math.sqrt(Arrays.dot(r, r));
  }

  private static void assertOrthonormal(Matrix vectors) {
    assertThat(vectors.outerGram().minus(Matrix.identity(vectors.rows())).maxAbs())
        .isLessThan(ROUNDING);
  }

  /** Q diag(λ) Qᵀ with the eigenvectors Q of a random matrix. */
  private static Matrix matrix(int n, IntToDoubleFunction eigenvalue, Random rng) {
    double[] lambda =
        IntStream.range(0, n).mapToDouble(eigenvalue::applyAsDouble).toArray();
    Matrix g = Matrix.adopt(n, n, rng.doubles((long) n * n, -1, 1).toArray());
    Matrix q = new SymmetricEigen(g.plus(g.transpose())).vectors();
    return q.scaleColumns(lambda).timesTranspose(q);
  }
}
