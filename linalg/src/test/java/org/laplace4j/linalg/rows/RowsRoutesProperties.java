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

/**
 * Where the same numbers can be had by two routes, both give them: sizes cross the tiles, blocks
 * and chunks of each.
 */
@Tag("scalar")
class RowsRoutesProperties {

  /** Sums of up to about a thousand products of normal numbers, taken in another order. */
  private static final double ROUNDING = 1e-11;

  /** More than one group of examples is rotated from 2¹⁵ numbers of Δ on. */
  @Property(tries = 20)
  void rowsThatAreRotatedAFewAtATimeHaveTheBitsOfAllRotated(
      @ForAll @IntRange(min = 1, max = 150) int examples,
      @ForAll @IntRange(min = 1, max = 8) int columns,
      @ForAll @IntRange(min = 1, max = 80) int out,
      @ForAll long seed) {
    var rng = new Random(seed);
    KhatriRaoRows j = khatriRao(examples, columns, out, 5, rng);
    Matrix uB = khatriRao(out, 1, out, 1, rng).delta();
    Matrix d = khatriRao(out, 1, 5, 1, rng).delta();
    Matrix w = j.a().hadamard(j.a()).timesTranspose(d);
    assertThat(j.rotatedBlocks(uB, w))
        .isEqualTo(new KhatriRaoRows(j.delta().times(uB), j.a()).weightedGramBlocks(d.array()));
  }

  @Property(tries = 40)
  void contractedGramIsThatOfTheMatrix(
      @ForAll @IntRange(min = 1, max = 600) int examples,
      @ForAll @IntRange(min = 1, max = 4) int columns,
      @ForAll @IntRange(min = 1, max = 36) int out,
      @ForAll @IntRange(min = 1, max = 36) int in,
      @ForAll long seed) {
    KhatriRaoRows j = khatriRao(capped(examples, out * in), columns, out, in, new Random(seed));
    var contracted = new MatrixSum(j.size() + 2, j.size() + 2);
    ContractedGram.addGram(j, contracted, 1);
    var dense = new MatrixSum(j.size() + 2, j.size() + 2);
    new DenseProducts(1000).addGram(j, dense, 1);
    assertClose(contracted.total(), dense.total());
    assertThat(contracted.total()).isEqualTo(contracted.total().transpose());
  }

  /** More outputs and inputs than one tile has, and than are one run. */
  @Example
  void wideWeightsAreContractedTileByTile() {
    for (int[] shape : new int[][] {{60, 3}, {3, 150}, {2, 300}}) {
      KhatriRaoRows j = khatriRao(5, 2, shape[0], shape[1], new Random(1));
      KhatriRaoRows l = khatriRao(5, 2, 2, 140, new Random(2));
      int size = j.size() + l.size();
      var contracted = new MatrixSum(size, size);
      ContractedGram.addGram(j, contracted, 0);
      ContractedGram.addGram(l, contracted, j.size());
      ContractedGram.addCross(j, 0, l, j.size(), contracted);
      assertClose(contracted.total(), new BlockRows(List.of(j, l)).dense().gram());
    }
  }

  @Example
  void moreExamplesThanAreContractedTogetherAddUp() {
    KhatriRaoRows j = khatriRao(2_500, 2, 3, 4, new Random(1));
    var contracted = new MatrixSum(j.size(), j.size());
    ContractedGram.addGram(j, contracted, 0);
    assertClose(contracted.total(), j.dense().gram());
  }

  @Property(tries = 40)
  void contractedCrossProductIsThatOfTheMatrices(
      @ForAll @IntRange(min = 1, max = 600) int examples,
      @ForAll @IntRange(min = 1, max = 4) int columns,
      @ForAll @IntRange(min = 1, max = 36) int out,
      @ForAll @IntRange(min = 1, max = 36) int in,
      @ForAll long seed) {
    var rng = new Random(seed);
    int kept = capped(examples, out * in);
    KhatriRaoRows j = khatriRao(kept, columns, out, in, rng);
    KhatriRaoRows l = khatriRao(kept, columns, 1 + rng.nextInt(8), 1 + rng.nextInt(40), rng);
    int size = j.size() + l.size();
    var contracted = new MatrixSum(size, size);
    ContractedGram.addCross(j, 0, l, j.size(), contracted);
    var chunked = new MatrixSum(size, size);
    new DenseProducts(1000).addCross(j, 0, l, j.size(), chunked);
    var expected = new MatrixSum(size, size);
    expected.add(j.dense().transposeTimes(l.dense()), 0, j.size());
    expected.add(l.dense().transposeTimes(j.dense()), j.size(), 0);
    assertClose(contracted.total(), expected.total());
    assertClose(chunked.total(), expected.total());
  }

  @Property(tries = 40)
  void gramOfALayerIsThatOfTheMatrixWhicheverRouteEachBlockTakes(
      @ForAll @IntRange(min = 1, max = 300) int examples,
      @ForAll @IntRange(min = 1, max = 10) int columns,
      @ForAll @IntRange(min = 1, max = 12) int out,
      @ForAll @IntRange(min = 1, max = 40) int in,
      @ForAll long seed) {
    KhatriRaoRows weight =
        khatriRao(capped(examples, out * in), columns, out, in, new Random(seed));
    var layer =
        new BlockRows(List.of(weight, KhatriRaoRows.bias(weight.delta(), weight.examples())));
    var sum = new MatrixSum(layer.size(), layer.size());
    layer.addGramTo(sum, 0);
    assertClose(sum.total(), layer.dense().gram());
  }

  @Property(tries = 40)
  void triangularProductIsThatOfTheMatrices(
      @ForAll @IntRange(min = 1, max = 30) int examples,
      @ForAll @IntRange(min = 1, max = 6) int columns,
      @ForAll @IntRange(min = 1, max = 20) int out,
      @ForAll @IntRange(min = 1, max = 20) int in,
      @ForAll long seed) {
    var rng = new Random(seed);
    KhatriRaoRows weight = khatriRao(examples, columns, out, in, rng);
    var j = new BlockRows(List.of(
        khatriRao(examples, columns, 3, 5, rng),
        weight,
        khatriRao(examples, columns, out, 1, rng)));
    double[] lower = normal(j.size(), j.size(), rng).array();
    for (int i = 0; i < j.size(); i++) {
      java.util.Arrays.fill(lower, i * j.size() + i + 1, (i + 1) * j.size(), 0);
    }
    Matrix m = Matrix.adopt(j.size(), j.size(), lower);
    assertClose(TriangularProduct.of(j, m), j.dense().timesTranspose(m));
  }

  @Example
  void columnsAreContractedWhereThatSavesWork() {
    KhatriRaoRows lastLayer = khatriRao(128, 10, 10, 65, new Random(1));
    KhatriRaoRows bias = KhatriRaoRows.bias(lastLayer.delta(), 128);
    // Contracting a bias saves nothing, and forming the products costs.
    assertThat(ContractedGram.savesWork(lastLayer)).isTrue();
    assertThat(ContractedGram.savesWork(bias)).isFalse();
    // One column for each example is contracted already.
    assertThat(ContractedGram.savesWork(khatriRao(128, 1, 64, 10, new Random(1))))
        .isFalse();
    assertThat(ContractedGram.savesWork(lastLayer, bias)).isTrue();
  }

  @Property(tries = 40)
  void crossGramInChunksHasTheBitsOfTheWhole(
      @ForAll @IntRange(min = 1, max = 20) int examples,
      @ForAll @IntRange(min = 1, max = 400) int size,
      @ForAll @IntRange(min = 1, max = 3000) int chunk,
      @ForAll long seed) {
    var rng = new Random(seed);
    var j = new DenseRows(normal(examples * 2, size, rng), examples, 2);
    var l = new DenseRows(normal(9, size, rng), 3, 3);
    double[] d = normal(1, size, rng).array();
    var whole = new DenseProducts(Integer.MAX_VALUE);
    assertThat(new DenseProducts(chunk).crossGram(j, l, d)).isEqualTo(whole.crossGram(j, l, d));
    assertThat(new DenseProducts(chunk).weightedGram(j.matrix(), d))
        .isEqualTo(whole.weightedGram(j.matrix(), d));
  }

  @Property(tries = 100)
  void sparseAndNearlyWholeSelectionsAgreeWithTheMatrix(
      @ForAll @IntRange(min = 2, max = 20) int out,
      @ForAll @IntRange(min = 2, max = 20) int in,
      @ForAll @IntRange(min = 1, max = 16) int oneIn,
      @ForAll long seed) {
    var rng = new Random(seed);
    KhatriRaoRows j = khatriRao(3, 2, out, in, rng);
    // The corners are always in, so that rows and columns are touched although few elements are
    // selected.
    int[] entries = IntStream.range(0, out * in)
        .filter(e -> e == 0 || e == out * in - 1 || rng.nextInt(oneIn) == 0)
        .toArray();
    Rows selected = j.select(entries);
    Matrix dense = j.dense().selectColumns(entries);
    double[] d = normal(1, entries.length, rng).array();
    double[] u = normal(1, 6, rng).array();
    assertClose(selected.weightedGram(d), dense.scaleColumns(d).timesTranspose(dense));
    assertClose(vector(selected.times(d)), vector(dense.times(d)));
    assertClose(vector(selected.transposeTimes(u)), vector(dense.transposeTimes(u)));
    assertClose(vector(selected.squares()), vector(dense.gram().diagonal()));
  }

  /** Few examples where rows are long, so that the slow route stays quick. */
  private static int capped(int examples, int size) {
    return Math.max(1, Math.min(examples, 40_000 / size));
  }

  private static KhatriRaoRows khatriRao(int examples, int columns, int out, int in, Random rng) {
    return new KhatriRaoRows(normal(examples * columns, out, rng), normal(examples, in, rng));
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
