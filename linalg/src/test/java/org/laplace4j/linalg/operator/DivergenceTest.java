package org.laplace4j.linalg.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.laplace4j.linalg.Matrix;

class DivergenceTest {

  /** A handful of roundings of numbers of order one. */
  private static final double ROUNDING = 1e-14;

  /** Variances 1/4 and 1/9 against 1 and 1/4: quotients 1/4 and 4/9. */
  @Test
  void traceOfQuotientSumsTheQuotientsOfThePrecisions() {
    SpdOperator p = DiagonalSpd.of(new double[] {4, 9});
    SpdOperator q = DiagonalSpd.of(new double[] {1, 4});
    assertThat(TraceOfQuotient.of(q, p)).isCloseTo(25.0 / 36, within(ROUNDING));
  }

  /** Standard deviations 1/2 and 1/3 against 1 and 1/2: (1/2)² + (1/6)². */
  @Test
  void buresDistanceIsThatOfTheStandardDeviations() {
    SpdOperator p = DiagonalSpd.of(new double[] {4, 9});
    SpdOperator q = DiagonalSpd.of(new double[] {1, 4});
    assertThat(BuresDistance.squared(p, q)).isCloseTo(10.0 / 36, within(ROUNDING));
  }

  /** P⁻¹ = diag(1, 4) and Q⁻¹ the same turned by a quarter: they commute, so 2 (2 − 1)². */
  @Test
  void aTurnedCovarianceIsAtTheDistanceOfItsStandardDeviations() {
    SpdOperator p = DenseSpd.of(Matrix.of(2, 2, new double[] {1, 0, 0, 0.25}));
    SpdOperator q = DenseSpd.of(Matrix.of(2, 2, new double[] {0.25, 0, 0, 1}));
    assertThat(BuresDistance.squared(p, q)).isCloseTo(2, within(ROUNDING));
  }

  @Test
  void aDiagonalIsCutWhereTheOtherHasBlocks() {
    SpdOperator dense = DenseSpd.of(Matrix.of(2, 2, new double[] {2, 1, 1, 2}));
    SpdOperator blocks = BlockDiagonalSpd.of(List.of(dense, DiagonalSpd.of(new double[] {5, 7})));
    List<OperatorPairs.Pair> pairs =
        OperatorPairs.of("test", blocks, DiagonalSpd.of(new double[] {1, 2, 3, 4}));
    assertThat(pairs).hasSize(2);
    assertThat(pairs.get(0).p()).isSameAs(dense);
    assertThat(pairs.get(0).q().diagonal()).containsExactly(1, 2);
    assertThat(pairs.get(1).q().diagonal()).containsExactly(3, 4);
  }

  @Test
  void blocksInsideBlocksAreBlocksAndOthersStayTogether() {
    SpdOperator one = DenseSpd.of(Matrix.identity(1));
    SpdOperator two = DenseSpd.of(Matrix.identity(2));
    SpdOperator p = BlockDiagonalSpd.of(List.of(BlockDiagonalSpd.of(List.of(one, two)), two));
    SpdOperator q = BlockDiagonalSpd.of(List.of(one, one, one, two));
    List<OperatorPairs.Pair> pairs = OperatorPairs.of("test", p, q);
    assertThat(pairs.stream().map(pair -> pair.p().size())).containsExactly(1, 2, 2);
    assertThat(pairs.get(1).p()).isSameAs(two);
    assertThat(pairs.get(1).q()).isInstanceOf(BlockDiagonalSpd.class);
  }

  @Test
  void blocksOfTheSameScatteredElementsArePairs() {
    List<int[]> places = List.of(new int[] {0, 2}, new int[] {1});
    SpdOperator two = DenseSpd.of(Matrix.identity(2));
    SpdOperator one = DenseSpd.of(Matrix.identity(1));
    SpdOperator p = BlockDiagonalSpd.of(List.of(two, one), places);
    SpdOperator q = BlockDiagonalSpd.of(List.of(DiagonalSpd.of(new double[] {4, 9}), one), places);
    assertThat(OperatorPairs.of("test", p, q)).hasSize(2);
    assertThat(TraceOfQuotient.of(q, p)).isCloseTo(14, within(ROUNDING));
    // (1 − 1/2)² + (1 − 1/3)²
    assertThat(BuresDistance.squared(p, q)).isCloseTo(25.0 / 36, within(ROUNDING));
  }

  @Test
  void whatHasNoClosedFormIsRefusedBeyondItsLimit() {
    SpdOperator p = inOwnBasis(100, 100);
    SpdOperator q = inOwnBasis(200, 50);
    assertThatThrownBy(() -> TraceOfQuotient.of(q, p))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10,000")
        .hasMessageContaining("8,192");
    assertThatThrownBy(() -> BuresDistance.squared(p, q))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10,000")
        .hasMessageContaining("1,024");
  }

  private static SpdOperator inOwnBasis(int out, int in) {
    double[] ones = new double[out * in];
    java.util.Arrays.fill(ones, 1);
    return KroneckerBasisSpd.of(
        Matrix.identity(out), Matrix.identity(in), Matrix.adopt(out, in, ones));
  }
}
