package org.laplace4j.propertytests.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.laplace4j.propertytests.linalg.Closeness.assertClose;
import static org.laplace4j.propertytests.linalg.Closeness.assertSameBits;

import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Preconditioner;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.Rows;

/** What every operator owes: to be a fast way to do what the dense matrix does slowly. */
@Tag("scalar")
class SpdOperatorProperties {

  /** In standard errors: so far off is an honest estimate once in some hundred thousand times. */
  private static final double ERRORS = 8;

  @Provide
  Arbitrary<OperatorForm> operators() {
    return OperatorMarket.operators();
  }

  @Property
  void denseMatrixIsSymmetricAndAsLargeAsSizeSays(@ForAll("operators") OperatorForm form) {
    Matrix p = form.operator().toDense();
    assertThat(p.rows()).isEqualTo(form.operator().size());
    assertClose(p, p.transpose(), form.tolerance());
  }

  @Property
  void logDetIsThatOfTheDenseMatrix(@ForAll("operators") OperatorForm form) {
    SpdOperator p = form.operator();
    assertThat(p.logDet())
        .isCloseTo(
            new Cholesky(p.toDense()).logDet(),
            within(form.tolerance() * p.size() + ERRORS * p.logDetStandardError()));
  }

  @Property
  void timesIsThatOfTheDenseMatrix(@ForAll("operators") OperatorForm form, @ForAll long seed) {
    SpdOperator p = form.operator();
    double[] v = Draws.normal(p.size(), Draws.generator(seed));
    assertClose(p.times(v), p.toDense().times(v), form.tolerance());
  }

  @Property
  void solveUndoesMultiplication(@ForAll("operators") OperatorForm form, @ForAll long seed) {
    SpdOperator p = form.operator();
    double[] v = Draws.normal(p.size(), Draws.generator(seed));
    assertClose(p.solve(p.toDense().times(v)), v, form.tolerance());
  }

  @Property
  void diagonalIsThatOfTheDenseMatrix(@ForAll("operators") OperatorForm form) {
    SpdOperator p = form.operator();
    assertClose(p.diagonal(), p.toDense().diagonal(), form.tolerance());
  }

  @Property
  void inverseDiagonalIsThatOfTheInverse(@ForAll("operators") OperatorForm form) {
    SpdOperator p = form.operator();
    assertClose(p.inverseDiagonal(), inverse(p).diagonal(), form.tolerance());
  }

  /**
   * The map ε ↦ M ε is linear, so its columns are what it makes of the unit vectors: no draw is
   * needed to know M Mᵀ.
   */
  @Property
  void unwhitenedNoiseHasCovarianceInverseP(@ForAll("operators") OperatorForm form) {
    SpdOperator p = form.operator();
    Matrix mTransposed = images(p.noiseSize(), p.size(), p::unwhiten);
    assertClose(p.toDense().times(mTransposed.gram()), Matrix.identity(p.size()), form.tolerance());
  }

  /** W of a preconditioner has W Wᵀ = P, which its solution takes to I. */
  @Property
  void colouredNoiseHasCovarianceP(@ForAll("operators") OperatorForm form) {
    SpdOperator p = form.operator();
    Preconditioner m = p.preconditioner();
    Matrix covariance = images(m.noiseSize(), m.size(), m.colour()).gram();
    Matrix solved = images(m.size(), m.size(), e -> m.solve().apply(covariance.times(e)));
    assertClose(solved, Matrix.identity(p.size()), form.tolerance());
  }

  /** What a linear map makes of the unit vectors, as rows. */
  private static Matrix images(int from, int to, UnaryOperator<double[]> map) {
    double[] rows = new double[from * to];
    for (int i = 0; i < from; i++) {
      double[] unit = new double[from];
      unit[i] = 1;
      System.arraycopy(map.apply(unit), 0, rows, i * to, to);
    }
    return Matrix.adopt(from, to, rows);
  }

  @Property
  void unwhiteningIsLinear(@ForAll("operators") OperatorForm form, @ForAll long seed) {
    SpdOperator p = form.operator();
    Matrix two = Draws.normal(2, p.noiseSize(), Draws.generator(seed));
    double[] ofSum = p.unwhiten(two.transposeTimes(new double[] {2, -3}));
    double[] sum = IntStream.range(0, p.size())
        .mapToDouble(i -> 2 * p.unwhiten(two.row(0))[i] - 3 * p.unwhiten(two.row(1))[i])
        .toArray();
    assertClose(ofSum, sum, form.tolerance());
  }

  /** Also of more draws than a product handles in one strip. */
  @Property
  void noiseInRowsIsUnwhitenedToTheSameBits(
      @ForAll("operators") OperatorForm form, @ForAll long seed) {
    SpdOperator p = form.operator();
    RandomGenerator rng = Draws.generator(seed);
    Matrix noise = Draws.normal(rng.nextInt(20), p.noiseSize(), rng);
    Matrix draws = p.unwhiten(noise);
    assertThat(draws.rows()).isEqualTo(noise.rows());
    assertThat(draws.cols()).isEqualTo(p.size());
    for (int s = 0; s < noise.rows(); s++) {
      assertThat(draws.row(s)).isEqualTo(p.unwhiten(noise.row(s)));
    }
  }

  @Property
  void inverseQuadraticOfItsOwnRowsIsThatOfTheDenseMatrices(
      @ForAll("operators") OperatorForm form, @ForAll long seed) {
    RandomGenerator rng = Draws.generator(seed);
    Rows j = form.rows(1 + rng.nextInt(4), 1 + rng.nextInt(4), rng);
    assertAllThreeQuadratics(form, j);
  }

  @Property
  void inverseQuadraticOfAnyRowsIsThatOfTheDenseMatrices(
      @ForAll("operators") OperatorForm form, @ForAll long seed) {
    RandomGenerator rng = Draws.generator(seed);
    Rows j = RowsMarket.over(form.size(), rng).of(1 + rng.nextInt(4), 1 + rng.nextInt(4), rng);
    assertAllThreeQuadratics(form, j);
  }

  private static void assertAllThreeQuadratics(OperatorForm form, Rows j) {
    SpdOperator p = form.operator();
    Matrix expected = j.dense().times(inverse(p)).times(j.dense().transpose());
    Matrix quadratic = p.inverseQuadratic(j);
    assertClose(quadratic, expected, form.tolerance());
    assertSameBits(quadratic, quadratic.transpose());
    assertClose(p.inverseQuadraticDiagonal(j), expected.diagonal(), form.tolerance());
    Matrix blocks = p.inverseQuadraticBlocks(j);
    for (int n = 0; n < j.examples(); n++) {
      int[] own = IntStream.range(n * j.columns(), (n + 1) * j.columns()).toArray();
      assertClose(blocks.selectRows(own), expected.select(own, own), form.tolerance());
    }
  }

  @Property
  void whatBelongsToOneExampleHasTheSameBitsInAnyBatch(
      @ForAll("operators") OperatorForm form, @ForAll long seed) {
    SpdOperator p = form.operator();
    RandomGenerator rng = Draws.generator(seed);
    RowsForm rows = rng.nextBoolean() ? form.rows() : RowsMarket.over(form.size(), rng);
    Rows j = rows.of(1 + rng.nextInt(5), 1 + rng.nextInt(4), rng);
    int n = rng.nextInt(j.examples());
    int first = n * j.columns();
    int end = first + j.columns();
    Rows alone = j.examples(n, n + 1);
    assertSameBits(p.inverseQuadraticBlocks(alone), p.inverseQuadraticBlocks(j).rows(first, end));
    assertThat(p.inverseQuadraticDiagonal(alone))
        .isEqualTo(java.util.Arrays.copyOfRange(p.inverseQuadraticDiagonal(j), first, end));
  }

  @Property
  void wrongLengthsAreRefusedWithBothNumbers(
      @ForAll("operators") OperatorForm form, @ForAll long seed) {
    SpdOperator p = form.operator();
    int size = p.size();
    RandomGenerator rng = Draws.generator(seed);
    Rows wider = RowsMarket.over(size + 1, rng).of(2, 2, rng);
    assertRefused(() -> p.times(new double[size + 1]), size, size + 1);
    assertRefused(() -> p.solve(new double[size + 1]), size, size + 1);
    assertRefused(
        () -> p.unwhiten(new double[p.noiseSize() + 1]), p.noiseSize(), p.noiseSize() + 1);
    assertRefused(
        () -> p.unwhiten(Matrix.zeros(2, p.noiseSize() + 1)), p.noiseSize(), p.noiseSize() + 1);
    assertRefused(() -> p.inverseQuadratic(wider), size, size + 1);
    assertRefused(() -> p.inverseQuadraticBlocks(wider), size, size + 1);
    assertRefused(() -> p.inverseQuadraticDiagonal(wider), size, size + 1);
  }

  private static void assertRefused(ThrowingCallable call, int required, int given) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(required))
        .hasMessageContaining(String.valueOf(given));
  }

  private static Matrix inverse(SpdOperator p) {
    return new Cholesky(p.toDense()).inverse();
  }
}
