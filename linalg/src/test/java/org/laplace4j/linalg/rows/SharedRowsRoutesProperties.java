package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.laplace4j.linalg.Matrix;

/** Every way to a product of shared rows, the counted choice between them, and their bounds. */
@Tag("scalar")
class SharedRowsRoutesProperties {

  /** Sums of up to some thousands of products of normal numbers, taken in another order. */
  private static final double ROUNDING = 1e-11;

  @Property(tries = 60)
  void pairsOfPositionsGiveWhatMultipliedOutRowsGive(
      @ForAll @IntRange(min = 1, max = 8) int examples,
      @ForAll @IntRange(min = 1, max = 5) int columns,
      @ForAll @IntRange(min = 1, max = 12) int out,
      @ForAll @IntRange(min = 1, max = 12) int in,
      @ForAll long seed) {
    var rng = new Random(seed);
    SharedRows j = shared(examples, columns, 1 + rng.nextInt(columns), out, in, rng);
    SharedRows l = shared(3, columns, 1 + rng.nextInt(columns), out, in, rng);
    PositionPairs pairs = PositionPairs.of(j).orElseThrow();
    double[] d = normal(1, j.size(), rng).array();

    var gram = new MatrixSum(j.size() + 1, j.size() + 1);
    pairs.addGram(gram, 1);
    var expected = new MatrixSum(j.size() + 1, j.size() + 1);
    expected.add(j.dense().gram(), 1, 1);
    assertClose(gram.total(), expected.total());
    assertThat(gram.total()).isEqualTo(gram.total().transpose());

    Matrix weighted = pairs.weightedGram(d);
    assertClose(weighted, j.dense().scaleColumns(d).timesTranspose(j.dense()));
    assertThat(weighted).isEqualTo(weighted.transpose());
    assertClose(
        pairs.crossGram(PositionPairs.of(l).orElseThrow(), d),
        j.dense().scaleColumns(d).timesTranspose(l.dense()));
    assertClose(new DenseProducts(40).weightedGram(j, d), weighted);
  }

  @Example
  void pairsAreTakenWherePositionsAreFewAgainstColumns() {
    var rng = new Random(1);
    SharedRows usedTwice = shared(4, 10, 2, 10, 65, rng);
    SharedRows convolution = shared(4, 10, 64, 4, 9, rng);
    assertThat(PositionPairs.of(usedTwice).orElseThrow().savesWorkBetweenExamples(usedTwice))
        .isTrue();
    assertThat(PositionPairs.of(convolution)).isEmpty();
    SharedRows many = shared(128, 10, 2, 10, 65, rng);
    assertThat(PositionPairs.of(many).orElseThrow().gramOperations())
        .isLessThan(DenseProducts.gramOperations(many));
    // One column leaves nothing to save.
    SharedRows one = shared(4, 1, 1, 4, 9, rng);
    assertThat(PositionPairs.of(one).orElseThrow().savesWorkBetweenExamples(one))
        .isFalse();
  }

  /** Many positions of a small filter, where J is smaller than Δ and A, and the other way round. */
  @Property(tries = 30)
  void rowsAreRotatedBeforeOrAfterTheyAreMultipliedOut(
      @ForAll @IntRange(min = 1, max = 40) int positions,
      @ForAll @IntRange(min = 1, max = 4) int columns,
      @ForAll long seed) {
    var rng = new Random(seed);
    SharedRows j = shared(3, columns, positions, 2 + rng.nextInt(4), 2 + rng.nextInt(9), rng);
    KhatriRaoRows each = j.each().touched();
    Matrix uB = normal(each.out(), each.out(), rng);
    Matrix uA = normal(each.in(), each.in(), rng);
    SharedRows factors =
        new SharedRows(new KhatriRaoRows(each.delta().times(uB), each.a().times(uA)), positions);
    assertClose(j.rotated(uB, uA).dense(), factors.dense());
    double[] d = normal(1, j.size(), rng).array();
    assertClose(j.rotated(uB, uA).weightedGramBlocks(d), factors.weightedGramBlocks(d));
  }

  @Example
  void manyPositionsOfASmallFilterAreMultipliedOutFirst() {
    var rng = new Random(1);
    Matrix uB = Matrix.identity(6);
    assertThat(shared(2, 10, 576, 6, 25, rng).rotated(uB, Matrix.identity(25)))
        .isInstanceOf(DenseRows.class);
    assertThat(shared(2, 10, 4, 6, 150, rng).rotated(uB, Matrix.identity(150)))
        .isInstanceOf(SharedRows.class);
  }

  @Property(tries = 20)
  void selectedColumnsHaveTheBitsOfTheWholeHoweverManyPositions(
      @ForAll @IntRange(min = 1, max = 600) int positions, @ForAll long seed) {
    var rng = new Random(seed);
    SharedRows j = shared(2, 2, positions, 6, 7, rng);
    int[] few = {3, 25};
    int[] most = IntStream.range(0, j.size()).filter(e -> e % 5 > 0).toArray();
    assertThat(j.select(few).dense()).isEqualTo(j.dense().selectColumns(few));
    assertThat(j.select(most).dense()).isEqualTo(j.dense().selectColumns(most));
  }

  @Property(tries = 40)
  void sharedBlocksMeetTheOthersInTheGramOfALayer(
      @ForAll @IntRange(min = 1, max = 20) int examples,
      @ForAll @IntRange(min = 1, max = 6) int columns,
      @ForAll long seed) {
    var rng = new Random(seed);
    SharedRows conv = shared(examples, columns, 5, 3, 4, rng);
    SharedRows bias = shared(examples, columns, 5, 3, 1, rng);
    var dense = new KhatriRaoRows(normal(examples * columns, 4, rng), normal(examples, 6, rng));
    var head = KhatriRaoRows.bias(dense.delta(), examples);
    var j = new BlockRows(List.of(dense, conv, head, bias));
    var sum = new MatrixSum(j.size(), j.size());
    j.addGramTo(sum, 0);
    assertClose(sum.total(), j.dense().gram());
    assertThat(sum.total()).isEqualTo(sum.total().transpose());
  }

  /** K·Θ = 3·720,000 numbers are more than a chunk of 2²¹, so the weight is cut by its rows. */
  @Example
  void oneExampleLargerThanAChunkIsTreatedAsSeveralWeightsSideBySide() {
    var rng = new Random(7);
    SharedRows j = shared(1, 3, 4, 900, 800, rng);
    double[] d = normal(1, j.size(), rng).array();
    Matrix dense = j.dense();
    Matrix gram = dense.scaleColumns(d).timesTranspose(dense);
    assertClose(j.weightedGram(d), gram);
    assertClose(j.weightedGramBlocks(d), gram);
    assertClose(j.crossGram(j, d), gram);
    assertClose(vector(j.weightedGramDiagonal(d)), vector(gram.diagonal()));
    assertClose(vector(j.squares()), vector(new DenseRows(dense, 1, 3).squares()));
  }

  private static SharedRows shared(
      int examples, int columns, int positions, int out, int in, Random rng) {
    int inputs = examples * positions;
    return new SharedRows(
        new KhatriRaoRows(normal(inputs * columns, out, rng), normal(inputs, in, rng)), positions);
  }

  private static Matrix normal(int rows, int cols, Random rng) {
    return Matrix.adopt(
        rows,
        cols,
        rng.doubles((long) rows * cols).map(unused -> rng.nextGaussian()).toArray());
  }

  private static Matrix vector(double[] v) {
    return Matrix.of(1, v.length, v);
  }

  private static void assertClose(Matrix actual, Matrix expected) {
    assertThat(actual.minus(expected).maxAbs())
        .isLessThanOrEqualTo(ROUNDING * Math.max(1, expected.maxAbs()));
  }
}
