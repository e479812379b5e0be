package org.laplace4j.propertytests.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;
import static org.laplace4j.propertytests.linalg.Closeness.assertSameBits;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.KroneckerFactors;
import org.laplace4j.linalg.rows.MatrixSum;
import org.laplace4j.linalg.rows.Rows;
import org.laplace4j.linalg.rows.SelectedRows;
import org.laplace4j.linalg.rows.SharedRows;

/** What every form of rows owes: to be a fast way to do what the matrix does slowly. */
@Tag("scalar")
class RowsProperties {

  /**
   * Sums of at most some hundreds of products of a few normal numbers: a rounding each, and room.
   */
  private static final double ROUNDING = 1e-12;

  /** A form with a shape and a seed for its numbers. */
  record Case(RowsForm form, int examples, int columns, long seed) {

    Rows rows() {
      return form.of(examples, columns, Draws.generator(seed));
    }

    /** For whatever else a property needs, independent of the rows. */
    RandomGenerator rng() {
      return Draws.generator(~seed);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(
            RowsMarket.forms(),
            Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(1, 6),
            Arbitraries.longs().withoutEdgeCases())
        .as(Case::new);
  }

  @Property
  void shapeIsThatOfTheMatrix(@ForAll("cases") Case c) {
    Rows j = c.rows();
    assertThat(j.dense().rows()).isEqualTo(j.examples() * j.columns());
    assertThat(j.dense().cols()).isEqualTo(j.size()).isEqualTo(c.form.size());
    assertThat(j.examples()).isEqualTo(c.examples);
    assertThat(j.columns()).isEqualTo(c.columns);
  }

  @Property
  void timesIsThatOfTheMatrix(@ForAll("cases") Case c) {
    Rows j = c.rows();
    double[] v = Draws.normal(j.size(), c.rng());
    assertClose(j.times(v), j.dense().times(v), ROUNDING);
  }

  @Property
  void timesAMatrixIsThatOfTheMatrices(@ForAll("cases") Case c) {
    Rows j = c.rows();
    Matrix v = Draws.normal(j.size(), c.rng().nextInt(6), c.rng());
    assertClose(j.times(v), j.dense().times(v), ROUNDING);
  }

  @Property
  void transposeTimesIsThatOfTheMatrix(@ForAll("cases") Case c) {
    Rows j = c.rows();
    double[] u = Draws.normal(c.examples * c.columns, c.rng());
    assertClose(j.transposeTimes(u), j.dense().transposeTimes(u), ROUNDING);
  }

  @Property
  void gramIsAddedToItsBlockAndNowhereElse(@ForAll("cases") Case c) {
    Rows j = c.rows();
    int at = c.rng().nextInt(3);
    int width = at + j.size() + c.rng().nextInt(3);
    Matrix before = Draws.normal(2, width, c.rng()).gram();
    var sum = new MatrixSum(width, width);
    sum.add(before, 0, 0);
    j.addGramTo(sum, at);

    var expected = new MatrixSum(width, width);
    expected.add(before, 0, 0);
    expected.add(j.dense().gram(), at, at);
    assertClose(sum.total(), expected.total(), ROUNDING);
    assertSameBits(sum.total(), sum.total().transpose());
  }

  @Property
  void squaresAreTheDiagonalOfTheGram(@ForAll("cases") Case c) {
    Rows j = c.rows();
    assertClose(j.squares(), j.dense().gram().diagonal(), ROUNDING);
  }

  @Property
  void weightedGramIsThatOfTheMatrix(@ForAll("cases") Case c) {
    Rows j = c.rows();
    double[] d = Draws.normal(j.size(), c.rng());
    Matrix gram = j.weightedGram(d);
    assertClose(gram, gram(j, d), ROUNDING);
    assertSameBits(gram, gram.transpose());
  }

  @Property
  void weightedGramWithOneWeightForAllIsThatOfTheMatrix(@ForAll("cases") Case c) {
    Rows j = c.rows();
    double[] d = new double[j.size()];
    java.util.Arrays.fill(d, 0.7);
    Matrix gram = j.weightedGram(d);
    assertClose(gram, gram(j, d), ROUNDING);
    assertSameBits(gram, gram.transpose());
    assertClose(j.crossGram(j, d), gram, ROUNDING);
  }

  @Property
  void weightedGramBlocksAreThoseOnTheDiagonalOfTheWhole(@ForAll("cases") Case c) {
    Rows j = c.rows();
    double[] d = Draws.normal(j.size(), c.rng());
    Matrix blocks = j.weightedGramBlocks(d);
    assertClose(blocks, diagonalBlocks(gram(j, d), c.columns), ROUNDING);
    for (int n = 0; n < c.examples; n++) {
      Matrix block = blocks.rows(n * c.columns, (n + 1) * c.columns);
      assertSameBits(block, block.transpose());
    }
  }

  @Property
  void weightedGramDiagonalIsTheDiagonalOfTheWhole(@ForAll("cases") Case c) {
    Rows j = c.rows();
    double[] d = Draws.normal(j.size(), c.rng());
    assertClose(j.weightedGramDiagonal(d), gram(j, d).diagonal(), ROUNDING);
  }

  @Property
  void crossGramWithOtherExamplesIsThatOfTheMatrices(@ForAll("cases") Case c) {
    Rows j = c.rows();
    Rows other = c.form.of(1 + c.rng().nextInt(4), 1 + c.rng().nextInt(3), c.rng());
    double[] d = Draws.normal(j.size(), c.rng());
    assertClose(j.crossGram(other, d), crossGram(j, other, d), ROUNDING);
  }

  @Property
  void crossGramWithAnyOtherFormIsThatOfTheMatrices(@ForAll("cases") Case c) {
    Rows j = c.rows();
    RandomGenerator rng = c.rng();
    Rows other = RowsMarket.over(j.size(), rng).of(1 + rng.nextInt(4), 1 + rng.nextInt(3), rng);
    double[] d = Draws.normal(j.size(), rng);
    assertClose(j.crossGram(other, d), crossGram(j, other, d), ROUNDING);
  }

  @Property
  void rotatedRowsAreTheMatrixTimesTheKroneckerProduct(@ForAll("cases") Case c) {
    Rows j = c.rows();
    RandomGenerator rng = c.rng();
    // The form's own shape of the weight, and any other of the same size.
    int out = rng.nextBoolean() ? c.form.out() : Draws.divisor(j.size(), rng);
    Matrix uB = Draws.normal(out, 1 + rng.nextInt(4), rng);
    Matrix uA = Draws.normal(j.size() / out, 1 + rng.nextInt(4), rng);
    Rows rotated = j.rotated(uB, uA);
    assertClose(rotated.dense(), j.dense().times(kronecker(uB, uA)), ROUNDING);
    assertThat(rotated.examples()).isEqualTo(c.examples);
  }

  @Property
  void rowsOfSomeExamplesAreThoseOfTheMatrix(@ForAll("cases") Case c) {
    Rows j = c.rows();
    int from = c.rng().nextInt(c.examples);
    int to = from + 1 + c.rng().nextInt(c.examples - from);
    Rows some = j.examples(from, to);
    assertSameBits(some.dense(), j.dense().rows(from * c.columns, to * c.columns));
    assertThat(some.examples()).isEqualTo(to - from);
    assertThat(some.columns()).isEqualTo(c.columns);
  }

  @Property
  void selectedColumnsAreThoseOfTheMatrix(@ForAll("cases") Case c) {
    Rows j = c.rows();
    int[] entries = Draws.mask(j.size(), c.rng());
    assertSameBits(j.select(entries).dense(), j.dense().selectColumns(entries));
  }

  @Property
  void selectionsCompose(@ForAll("cases") Case c) {
    Rows j = c.rows();
    RandomGenerator rng = c.rng();
    int[] first = Draws.mask(j.size(), rng);
    int[] second = Draws.mask(first.length, rng);
    int[] both = IntStream.of(second).map(e -> first[e]).toArray();
    assertSameBits(j.select(first).select(second).dense(), j.select(both).dense());
  }

  @Property
  void selectingEveryColumnChangesNothing(@ForAll("cases") Case c) {
    Rows j = c.rows();
    Rows all = j.select(IntStream.range(0, j.size()).toArray());
    assertSameBits(all.dense(), j.dense());
    assertThat(all.storedNumbers()).isLessThanOrEqualTo(j.storedNumbers());
  }

  @Property
  void compactRowsAreTheSameMatrixInNoMoreNumbers(@ForAll("cases") Case c) {
    Rows j = c.rows();
    Rows compact = j.compact();
    assertSameBits(compact.dense(), j.dense());
    assertThat(compact.storedNumbers()).isLessThanOrEqualTo(j.storedNumbers());
    if (j instanceof SharedRows) {
      assertThat(compact.storedNumbers())
          .isLessThanOrEqualTo((long) c.examples * c.columns * j.size());
    }
  }

  @Property
  void sumIsThatOfTheMatrices(@ForAll("cases") Case c) {
    Rows j = c.rows();
    RandomGenerator rng = c.rng();
    RowsForm otherForm = rng.nextBoolean() ? c.form : RowsMarket.over(j.size(), rng);
    Rows other = otherForm.of(c.examples, c.columns, rng);
    assertClose(j.plus(other).dense(), j.dense().plus(other.dense()), ROUNDING);
  }

  @Property
  void scaledRowsAreTheMatrixTimesTheNumber(@ForAll("cases") Case c) {
    Rows j = c.rows();
    double factor = c.rng().nextGaussian();
    assertClose(j.scaled(factor).dense(), j.dense().times(factor), ROUNDING);
    assertThat(j.scaled(factor).examples()).isEqualTo(c.examples);
  }

  /** Of the same form they keep it; with rows of any other form, the numbers are the same. */
  @Property
  void concatenatedExamplesFollowEachOther(@ForAll("cases") Case c) {
    Rows j = c.rows();
    RandomGenerator rng = c.rng();
    Rows alike = c.form.of(1 + rng.nextInt(4), c.columns, rng);
    Rows other = RowsMarket.over(j.size(), rng).of(1 + rng.nextInt(4), c.columns, rng);
    Rows three = Rows.concat(List.of(j, alike, other));
    assertSameBits(
        three.dense(),
        Matrix.of(
            three.examples() * c.columns,
            j.size(),
            concatenation(
                concatenation(j.dense().array(), alike.dense().array()),
                other.dense().array())));
    assertThat(three.examples()).isEqualTo(c.examples + alike.examples() + other.examples());
    assertThat(three.columns()).isEqualTo(c.columns);
    assertThat(Rows.concat(List.of(j, alike)).storedNumbers())
        .isLessThanOrEqualTo(j.storedNumbers() + alike.storedNumbers());
  }

  @Property
  void kroneckerFactorsOfOneInputAreExact(@ForAll("cases") Case c) {
    Rows j = inputs(c.rows()).examples(0, 1);
    KroneckerFactors factors = j.kroneckerFactors();
    Matrix product = kronecker(factors.b(), factors.a()).times(1.0 / factors.count());
    // Selected elements lie among the rows and columns that they touch.
    if (j instanceof SelectedRows selected)
      product = product.select(selected.places(), selected.places());
    assertClose(product, j.dense().gram(), ROUNDING);
    assertThat(factors.count()).isEqualTo(1);
  }

  /** Positions count as examples for the Kronecker factors. */
  private static Rows inputs(Rows j) {
    return j instanceof SharedRows shared ? shared.each() : j;
  }

  @Property
  void kroneckerFactorsOfBatchesAddToThoseOfTheWhole(@ForAll("cases") Case c) {
    Rows j = c.rows();
    int split = c.rng().nextInt(c.examples);
    KroneckerFactors whole = j.kroneckerFactors();
    KroneckerFactors sum = split == 0
        ? whole
        : j.examples(0, split)
            .kroneckerFactors()
            .plus(j.examples(split, c.examples).kroneckerFactors());
    assertClose(sum.b(), whole.b(), ROUNDING);
    assertClose(sum.a(), whole.a(), ROUNDING);
    assertThat(sum.count()).isEqualTo(whole.count()).isEqualTo(inputs(j).examples());
  }

  @Property
  void whatBelongsToOneExampleHasTheSameBitsInAnyBatch(@ForAll("cases") Case c) {
    Rows j = c.rows();
    double[] d = Draws.normal(j.size(), c.rng());
    int n = c.rng().nextInt(c.examples);
    int first = n * c.columns;
    int end = first + c.columns;
    Rows alone = j.examples(n, n + 1);
    assertSameBits(alone.weightedGramBlocks(d), j.weightedGramBlocks(d).rows(first, end));
    assertThat(alone.weightedGramDiagonal(d))
        .isEqualTo(java.util.Arrays.copyOfRange(j.weightedGramDiagonal(d), first, end));
    assertThat(alone.times(d)).isEqualTo(java.util.Arrays.copyOfRange(j.times(d), first, end));
    Matrix v = Draws.normal(j.size(), 3, c.rng());
    assertSameBits(alone.times(v), j.times(v).rows(first, end));
    assertSameBits(
        alone.weightedGram(d), diagonalBlocks(j.weightedGram(d), c.columns).rows(first, end));
  }

  @Property
  void aSelectionKeepsOnlyTheRowsAndColumnsThatItTouches(
      @ForAll("weights") RowsForm form, @ForAll long seed) {
    RandomGenerator rng = Draws.generator(seed);
    int examples = 1 + rng.nextInt(4);
    int columns = 1 + rng.nextInt(4);
    Rows j = form.of(examples, columns, rng);
    int[] entries = Draws.mask(j.size(), rng);
    long rows = IntStream.of(entries).map(e -> e / form.in()).distinct().count();
    long cols = IntStream.of(entries).map(e -> e % form.in()).distinct().count();

    Rows selected = j.select(entries);

    long factors = examples * (columns * rows + cols);
    if (entries.length == rows * cols) {
      assertThat(selected.storedNumbers()).isEqualTo(factors);
    } else {
      // The places are one number a selected element and one a touched row.
      assertThat(selected.storedNumbers()).isEqualTo(factors + entries.length + rows + 1);
    }
  }

  @Provide
  Arbitrary<RowsForm> weights() {
    Arbitrary<Integer> widths = Arbitraries.integers().between(1, 20);
    return Combinators.combine(widths, widths).as(RowsMarket::khatriRao);
  }

  @Property
  void wrongLengthsAreRefusedWithBothNumbers(@ForAll("cases") Case c) {
    Rows j = c.rows();
    int rows = c.examples * c.columns;
    var tooLong = new double[j.size() + 1];
    DenseRows wider = new DenseRows(Matrix.zeros(1, j.size() + 1), 1, 1);
    assertRefused(() -> j.times(tooLong), j.size(), tooLong.length);
    assertRefused(() -> j.times(Matrix.zeros(j.size() + 1, 2)), j.size(), j.size() + 1);
    assertRefused(() -> Rows.concat(List.of(j, wider)), j.size(), wider.size());
    assertRefused(() -> j.weightedGram(tooLong), j.size(), tooLong.length);
    assertRefused(() -> j.weightedGramBlocks(tooLong), j.size(), tooLong.length);
    assertRefused(() -> j.weightedGramDiagonal(tooLong), j.size(), tooLong.length);
    assertRefused(() -> j.crossGram(j, tooLong), j.size(), tooLong.length);
    assertRefused(() -> j.crossGram(wider, tooLong), j.size(), wider.size());
    assertRefused(() -> j.transposeTimes(new double[rows + 1]), rows, rows + 1);
    assertRefused(() -> j.plus(wider), j.size(), wider.size());
    assertRefused(() -> j.addGramTo(new MatrixSum(j.size(), j.size()), 1), j.size(), j.size() + 1);
    assertRefused(
        () -> j.rotated(Matrix.identity(1), Matrix.identity(j.size() + 1)), j.size(), j.size() + 1);
    assertRefused(() -> j.examples(0, c.examples + 1), c.examples, c.examples + 1);
    assertRefused(() -> j.select(new int[] {j.size()}), j.size());
    assertRefused(() -> j.select(new int[] {0, 0}), 0);
    assertRefused(() -> j.select(new int[0]), j.size());
  }

  private static void assertRefused(ThrowingCallable call, int... numbers) {
    var refusal = assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    for (int number : numbers) refusal.hasMessageContaining(String.valueOf(number));
  }

  private static Matrix gram(Rows j, double[] d) {
    return crossGram(j, j, d);
  }

  private static Matrix crossGram(Rows j, Rows other, double[] d) {
    return j.dense().times(Matrix.diagonal(d)).times(other.dense().transpose());
  }

  private static Matrix diagonalBlocks(Matrix whole, int columns) {
    int examples = whole.rows() / columns;
    var blocks = new double[0];
    for (int n = 0; n < examples; n++) {
      int[] own = IntStream.range(n * columns, (n + 1) * columns).toArray();
      blocks = concatenation(blocks, whole.select(own, own).array());
    }
    return Matrix.adopt(whole.rows(), columns, blocks);
  }

  private static double[] concatenation(double[] first, double[] second) {
    double[] both = java.util.Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static Matrix kronecker(Matrix b, Matrix a) {
    Matrix product = Matrix.zeros(b.rows() * a.rows(), b.cols() * a.cols());
    for (int row = 0; row < product.rows(); row++) {
      for (int col = 0; col < product.cols(); col++) {
        product.array()[row * product.cols() + col] =
            b.get(row / a.rows(), col / a.cols()) * a.get(row % a.rows(), col % a.cols());
      }
    }
    return product;
  }
}
