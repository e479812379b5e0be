package org.laplace4j.propertytests.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.BuresDistance;
import org.laplace4j.linalg.operator.DiagonalSpd;
import org.laplace4j.linalg.operator.KroneckerBasisSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.operator.TraceOfQuotient;

/** How far two operators are from each other, against dense algebra. */
class DivergenceProperties {

  /** Condition numbers of both operators, up to about 1e4 each, multiply. */
  private static final double ROUNDING = 1e-8;

  /** Two operators over the same elements. */
  record Pair(SpdOperator p, SpdOperator q) {}

  /** Of any two forms; of one form; and of blocks that begin at the same places. */
  @Provide
  Arbitrary<Pair> pairs() {
    List<BiFunction<Integer, RandomGenerator, Pair>> kinds = List.of(
        (size, rng) -> new Pair(any(size, rng), any(size, rng)),
        DivergenceProperties::ofOneForm,
        DivergenceProperties::kronecker,
        DivergenceProperties::ofEqualBlocks,
        (size, rng) -> new Pair(
            OperatorMarket.blockDiagonal(size, rng).operator(),
            DiagonalSpd.of(Draws.positive(size, rng))));
    return Combinators.combine(
            Arbitraries.of(kinds),
            Arbitraries.integers().between(1, 16),
            Arbitraries.longs().withoutEdgeCases())
        .as((kind, size, seed) -> kind.apply(size, Draws.generator(seed)));
  }

  private static SpdOperator any(int size, RandomGenerator rng) {
    return OperatorMarket.of(size, rng).operator();
  }

  private static Pair ofOneForm(int size, RandomGenerator rng) {
    SpdOperator p = any(size, rng);
    SpdOperator q = any(size, rng);
    while (q.getClass() != p.getClass()) {
      q = any(size, rng);
    }
    return new Pair(p, q);
  }

  /** Of one shape; every other time in one basis. */
  private static Pair kronecker(int size, RandomGenerator rng) {
    int out = Draws.divisor(size, rng);
    int in = size / out;
    Matrix uB = Draws.orthogonal(out, rng);
    Matrix uA = Draws.orthogonal(in, rng);
    boolean oneBasis = rng.nextBoolean();
    return new Pair(
        KroneckerBasisSpd.of(uB, uA, Matrix.adopt(out, in, Draws.positive(size, rng))),
        KroneckerBasisSpd.of(
            oneBasis ? uB : Draws.orthogonal(out, rng),
            oneBasis ? uA : Draws.orthogonal(in, rng),
            Matrix.adopt(out, in, Draws.positive(size, rng))));
  }

  private static Pair ofEqualBlocks(int size, RandomGenerator rng) {
    int first = 1 + rng.nextInt(size);
    if (first == size) {
      return ofOneForm(size, rng);
    }
    Pair left = kronecker(first, rng);
    Pair right = ofOneForm(size - first, rng);
    return new Pair(
        BlockDiagonalSpd.of(List.of(left.p(), right.p())),
        BlockDiagonalSpd.of(List.of(left.q(), right.q())));
  }

  @Property(tries = 300)
  void traceOfQuotientIsThatOfTheDenseMatrices(@ForAll("pairs") Pair pair) {
    double expected = pair.q().toDense().times(inverse(pair.p())).trace();
    assertThat(TraceOfQuotient.of(pair.q(), pair.p()))
        .isCloseTo(expected, within(ROUNDING * Math.max(1, expected)));
  }

  @Property(tries = 300)
  void squaredBuresDistanceIsThatOfTheDenseMatrices(@ForAll("pairs") Pair pair) {
    Matrix c = inverse(pair.p());
    Matrix d = inverse(pair.q());
    Matrix root = root(c);
    double expected =
        c.trace() + d.trace() - 2 * root(root.times(d).times(root)).trace();
    assertThat(BuresDistance.squared(pair.p(), pair.q()))
        .isCloseTo(expected, within(ROUNDING * (c.trace() + d.trace())));
  }

  @Property(tries = 300)
  void anOperatorIsAtDistanceZeroOfItself(@ForAll("pairs") Pair pair) {
    SpdOperator p = pair.p();
    assertThat(TraceOfQuotient.of(p, p)).isCloseTo(p.size(), within(ROUNDING * p.size()));
    // A sum of squares of roundings.
    assertThat(BuresDistance.squared(p, p))
        .isBetween(0.0, ROUNDING * ROUNDING * inverse(p).trace());
  }

  @Property(tries = 300)
  void buresDistanceIsSymmetric(@ForAll("pairs") Pair pair) {
    double there = BuresDistance.squared(pair.p(), pair.q());
    assertThat(BuresDistance.squared(pair.q(), pair.p()))
        .isCloseTo(there, within(ROUNDING * Math.max(1, there)));
  }

  @Property(tries = 300)
  void buresDistanceHasTheTriangleInequality(@ForAll("pairs") Pair pair, @ForAll long seed) {
    SpdOperator between = any(pair.p().size(), Draws.generator(seed));
    double direct = Math.sqrt(BuresDistance.squared(pair.p(), pair.q()));
    double first = Math.sqrt(BuresDistance.squared(pair.p(), between));
    double second = Math.sqrt(BuresDistance.squared(between, pair.q()));
    assertThat(direct).isLessThanOrEqualTo((first + second) * (1 + ROUNDING));
  }

  @Property(tries = 20)
  void operatorsOfOtherSizesAreRefusedWithBothNumbers(@ForAll("pairs") Pair pair) {
    SpdOperator wider =
        DiagonalSpd.of(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1});
    assertThatThrownBy(() -> TraceOfQuotient.of(pair.p(), wider))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("17")
        .hasMessageContaining(String.valueOf(pair.p().size()));
    assertThatThrownBy(() -> BuresDistance.squared(pair.p(), wider))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("17")
        .hasMessageContaining(String.valueOf(pair.p().size()));
  }

  private static Matrix inverse(SpdOperator p) {
    return new Cholesky(p.toDense()).inverse();
  }

  /** The symmetric root; eigenvalues below zero are rounding. */
  private static Matrix root(Matrix symmetric) {
    SymmetricEigen eigen = new SymmetricEigen(symmetric);
    double[] roots = Arrays.map(eigen.values(), v -> Math.sqrt(Math.max(0, v)));
    return eigen.vectors().scaleColumns(roots).timesTranspose(eigen.vectors());
  }
}
