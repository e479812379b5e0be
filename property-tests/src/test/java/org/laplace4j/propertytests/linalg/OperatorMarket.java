package org.laplace4j.propertytests.linalg;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.DenseSpd;
import org.laplace4j.linalg.operator.DiagonalSpd;
import org.laplace4j.linalg.operator.KroneckerBasisSpd;
import org.laplace4j.linalg.operator.LowRankPlusDiagonal;
import org.laplace4j.linalg.operator.MaskedKroneckerSpd;
import org.laplace4j.linalg.operator.RowsPlusDiagonal;
import org.laplace4j.linalg.operator.WeightAndBiasSpd;
import org.laplace4j.linalg.rows.Rows;

/**
 * Where the suites get operators: every form, of any size, nested at random, none near to singular.
 * A new form joins every suite by one generator in {@link #FORMS}.
 */
final class OperatorMarket {

  /** An operator of size Θ. */
  interface Generator {
    OperatorForm of(int size, RandomGenerator rng);
  }

  private static final List<Generator> FORMS = List.of(
      OperatorMarket::diagonal,
      OperatorMarket::dense,
      OperatorMarket::kroneckerBasis,
      OperatorMarket::kroneckerPlusMultipleOfIdentity,
      OperatorMarket::lowRankPlusDiagonal,
      OperatorMarket::rowsPlusDiagonal,
      OperatorMarket::maskedKronecker,
      OperatorMarket::maskedEkfac,
      OperatorMarket::weightAndBias,
      OperatorMarket::blockDiagonal,
      OperatorMarket::blocksAmongEachOther);

  private OperatorMarket() {}

  /** An operator of any form with Θ from 1 to 24. */
  static Arbitrary<OperatorForm> operators() {
    return Combinators.combine(
            Arbitraries.of(FORMS),
            Arbitraries.integers().between(1, 24),
            Arbitraries.longs().withoutEdgeCases())
        .as((form, size, seed) -> form.of(size, Draws.generator(seed)));
  }

  /** An operator of any form and this size. */
  static OperatorForm of(int size, RandomGenerator rng) {
    return FORMS.get(rng.nextInt(FORMS.size())).of(size, rng);
  }

  static OperatorForm diagonal(int size, RandomGenerator rng) {
    return new OperatorForm(DiagonalSpd.of(Draws.positive(size, rng)), RowsMarket.over(size, rng));
  }

  static OperatorForm dense(int size, RandomGenerator rng) {
    Matrix p = Draws.normal(size, size, rng).gram().plusDiagonal(Draws.positive(size, rng));
    return new OperatorForm(DenseSpd.of(p), RowsMarket.over(size, rng));
  }

  static OperatorForm kroneckerBasis(int size, RandomGenerator rng) {
    int out = Draws.divisor(size, rng);
    int in = size / out;
    Matrix s = Matrix.adopt(out, in, Draws.positive(size, rng));
    return new OperatorForm(
        KroneckerBasisSpd.of(Draws.orthogonal(out, rng), Draws.orthogonal(in, rng), s),
        RowsMarket.khatriRao(out, in));
  }

  /** Of factors that are singular, so that the multiple of the identity is needed. */
  static OperatorForm kroneckerPlusMultipleOfIdentity(int size, RandomGenerator rng) {
    int out = Draws.divisor(size, rng);
    int in = size / out;
    var b = new SymmetricEigen(Draws.normal(1 + rng.nextInt(out), out, rng).gram());
    var a = new SymmetricEigen(Draws.normal(1 + rng.nextInt(in), in, rng).gram());
    return new OperatorForm(KroneckerBasisSpd.of(b, a, 0.5), RowsMarket.khatriRao(out, in));
  }

  static OperatorForm lowRankPlusDiagonal(int size, RandomGenerator rng) {
    Matrix f = Draws.normal(size, rng.nextInt(4), rng);
    return new OperatorForm(
        LowRankPlusDiagonal.of(Draws.positive(size, rng), f), RowsMarket.over(size, rng));
  }

  static OperatorForm rowsPlusDiagonal(int size, RandomGenerator rng) {
    RowsForm rows = RowsMarket.over(size, rng);
    Rows g = rows.of(1 + rng.nextInt(3), 1 + rng.nextInt(3), rng);
    return new OperatorForm(RowsPlusDiagonal.of(Draws.positive(size, rng), g), rows);
  }

  /** Some elements of a weight, of factors that are singular, each with its own precision. */
  static OperatorForm maskedKronecker(int size, RandomGenerator rng) {
    int out = 1 + rng.nextInt(6);
    int in = (size + out - 1) / out + rng.nextInt(5);
    int[] places = Draws.subset(out * in, size, rng);
    var b = new SymmetricEigen(Draws.normal(1 + rng.nextInt(out), out, rng).gram());
    var a = new SymmetricEigen(Draws.normal(1 + rng.nextInt(in), in, rng).gram());
    return new OperatorForm(
        MaskedKroneckerSpd.of(b, a, places, Draws.positive(size, rng), rng.nextLong()),
        RowsMarket.selection(out, in, places),
        OperatorForm.ITERATED);
  }

  static OperatorForm maskedEkfac(int size, RandomGenerator rng) {
    int out = 1 + rng.nextInt(6);
    int in = (size + out - 1) / out + rng.nextInt(5);
    int[] places = Draws.subset(out * in, size, rng);
    Matrix s = Matrix.adopt(out, in, Draws.positive(out * in, rng));
    Matrix uB = Draws.orthogonal(out, rng);
    Matrix uA = Draws.orthogonal(in, rng);
    return new OperatorForm(
        MaskedKroneckerSpd.of(uB, uA, s, places, Draws.positive(size, rng), rng.nextLong()),
        RowsMarket.selection(out, in, places),
        OperatorForm.ITERATED);
  }

  static OperatorForm weightAndBias(int size, RandomGenerator rng) {
    int out = Draws.divisor(size, rng);
    int in = size / out - 1;
    if (in == 0) return diagonal(size, rng);
    OperatorForm joined = of(size, rng);
    return new OperatorForm(
        WeightAndBiasSpd.of(joined.operator(), out, in),
        RowsMarket.weightAndBias(out, in),
        joined.tolerance());
  }

  static OperatorForm blockDiagonal(int size, RandomGenerator rng) {
    var parts = new ArrayList<OperatorForm>();
    for (int left = size; left > 0; left -= parts.get(parts.size() - 1).size()) {
      parts.add(of(1 + rng.nextInt(left), rng));
    }
    List<RowsForm> rows = parts.stream().map(OperatorForm::rows).toList();
    return new OperatorForm(
        BlockDiagonalSpd.of(parts.stream().map(OperatorForm::operator).toList()),
        new RowsForm(
            "blocks" + rows, 1, size, (n, k, numbers) -> RowsMarket.beside(rows, n, k, numbers)),
        parts.stream().mapToDouble(OperatorForm::tolerance).max().orElseThrow());
  }

  /** Two blocks whose elements lie among each other. */
  static OperatorForm blocksAmongEachOther(int size, RandomGenerator rng) {
    if (size == 1) return diagonal(size, rng);
    int[] first = Draws.subset(size, 1 + rng.nextInt(size - 1), rng);
    int[] second = IntStream.range(0, size)
        .filter(i -> java.util.Arrays.binarySearch(first, i) < 0)
        .toArray();
    OperatorForm one = of(first.length, rng);
    OperatorForm other = of(second.length, rng);
    return new OperatorForm(
        BlockDiagonalSpd.of(List.of(one.operator(), other.operator()), List.of(first, second)),
        RowsMarket.over(size, rng),
        Math.max(one.tolerance(), other.tolerance()));
  }
}
