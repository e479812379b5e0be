package org.laplace4j.linalg.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.laplace4j.linalg.Matrix;

/** Roots that are not written out do what the written ones do. */
@Tag("scalar")
class OutputRootsTest {

  /** Sums of up to some hundred products of normal numbers, taken in another order. */
  private static final double ROUNDING = 1e-12;

  @Example
  void columnsHaveOneEntryOfTheirOwn() {
    var roots = OutputRoots.of(
        Matrix.of(1, 2, new double[] {7, 8}),
        Matrix.of(1, 3, new double[] {1, 2, 3}),
        Matrix.of(1, 2, new double[] {10, 100}));

    assertThat(roots.stacked()).isEqualTo(Matrix.of(2, 3, new double[] {7, 20, 30, 100, 8, 300}));
  }

  @Example
  void theColumnOfTheOutputThatIsSetApartHasItsEntryAtTheLast() {
    var roots = OutputRoots.withOneApart(
        Matrix.of(2, 2, new double[] {7, 8, 7, 8}),
        Matrix.of(2, 3, new double[] {1, 2, 3, 1, 2, 3}),
        Matrix.of(2, 2, new double[] {10, 100, 10, 100}),
        new int[] {0, 2});

    assertThat(roots.byExample())
        .isEqualTo(Matrix.of(4, 3, new double[] {10, 20, 7, 100, 8, 300, 7, 20, 30, 100, 8, 300}));
  }

  @Example
  void unitColumnsAreThoseOfTheIdentity() {
    assertThat(OutputRoots.units(2, 2).stacked())
        .isEqualTo(Matrix.of(4, 2, new double[] {1, 0, 1, 0, 0, 1, 0, 1}));
  }

  @Property(tries = 100)
  void pulledBackColumnsAreTheWrittenOnesTimesTheWeight(
      @ForAll @IntRange(min = 1, max = 9) int examples,
      @ForAll @IntRange(min = 1, max = 40) int outputs,
      @ForAll @IntRange(min = 1, max = 70) int in,
      @ForAll long seed) {
    var rng = new Random(seed);
    OutputRoots roots = random(examples, outputs, rng);
    Matrix w = normal(outputs, in, rng);
    assertClose(roots.pulledBack(w), roots.stacked().times(w));
  }

  @Property(tries = 100)
  void factorBIsThatOfTheWrittenColumns(
      @ForAll @IntRange(min = 1, max = 9) int examples,
      @ForAll @IntRange(min = 1, max = 40) int outputs,
      @ForAll long seed) {
    OutputRoots roots = random(examples, outputs, new Random(seed));
    KhatriRaoRows j = KhatriRaoRows.bias(roots.cotangents(), examples);
    assertClose(j.kroneckerFactors().b(), roots.stacked().gram());
  }

  @Property(tries = 50)
  void cotangentsAreTheColumnsInTheOrderOfExamples(
      @ForAll @IntRange(min = 1, max = 9) int examples,
      @ForAll @IntRange(min = 1, max = 12) int outputs,
      @ForAll long seed) {
    OutputRoots roots = random(examples, outputs, new Random(seed));
    assertThat(roots.cotangents()).isEqualTo(Cotangents.stacked(roots.stacked(), roots.columns()));
    assertThat(roots.cotangents()).isSameAs(roots.cotangents());
  }

  @Property(tries = 50)
  void scaledRootsAreEveryEntryTimesThatOfTheExample(
      @ForAll @IntRange(min = 1, max = 9) int examples,
      @ForAll @IntRange(min = 1, max = 12) int outputs,
      @ForAll long seed) {
    var rng = new Random(seed);
    OutputRoots roots = random(examples, outputs, rng);
    double[] c = normal(1, examples, rng).array();
    double[] each = new double[roots.columns() * examples];
    for (int row = 0; row < each.length; row++) each[row] = c[row % examples];
    assertClose(
        roots.scaled(c).stacked(),
        roots.stacked().hadamard(column(each).times(ones(roots.outputs()))));
  }

  /** A diagonal entry of 1e-20 beside others of order one is not lost in their rounding. */
  @Example
  void smallDiagonalEntriesOfFactorBAreNotLost() {
    double small = 1e-10;
    var roots = OutputRoots.of(
        Matrix.of(1, 2, new double[] {small, 0}),
        Matrix.of(1, 2, new double[] {-1, 0}),
        Matrix.of(1, 2, new double[] {1, 0}));
    var b = new MatrixSum(2, 2);
    roots.addGramTo(b);
    assertThat(b.total().get(0, 0)).isEqualTo(small * small);
  }

  @Example
  void refusesWhatDoesNotFit() {
    Matrix one = Matrix.zeros(2, 1);
    assertThatThrownBy(() -> OutputRoots.of(Matrix.zeros(2, 3), one, Matrix.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("K ≤ C");
    assertThatThrownBy(() -> OutputRoots.of(Matrix.zeros(2, 0), one, Matrix.zeros(2, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 ≤ K");
    assertThatThrownBy(
            () -> OutputRoots.withOneApart(one, Matrix.zeros(2, 2), one, new int[] {0, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("output 2 was set apart of 2");
    assertThatThrownBy(() -> OutputRoots.withOneApart(one, Matrix.zeros(2, 2), one, new int[] {0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one output of each example");
    assertThatThrownBy(() -> OutputRoots.diagonal(one).pulledBack(Matrix.zeros(2, 5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(2, 5) was given for 1 outputs");
    assertThatThrownBy(() -> OutputRoots.diagonal(one).addGramTo(new MatrixSum(2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give (C, C)");
    assertThatThrownBy(() -> OutputRoots.diagonal(one).scaled(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 numbers are required");
  }

  /** K of C columns, now and then of independent outputs. */
  private static OutputRoots random(int examples, int outputs, Random rng) {
    if (rng.nextInt(4) == 0) return OutputRoots.diagonal(normal(examples, outputs, rng));
    if (outputs > 1 && rng.nextBoolean()) {
      return OutputRoots.withOneApart(
          normal(examples, outputs - 1, rng),
          normal(examples, outputs, rng),
          normal(examples, outputs - 1, rng),
          rng.ints(examples, 0, outputs).toArray());
    }
    int columns = 1 + rng.nextInt(outputs);
    return OutputRoots.of(
        normal(examples, columns, rng),
        normal(examples, outputs, rng),
        normal(examples, columns, rng));
  }

  private static Matrix normal(int rows, int cols, Random rng) {
    return Matrix.adopt(
        rows, cols, rng.doubles((long) rows * cols).map(u -> rng.nextGaussian()).toArray());
  }

  private static Matrix column(double[] values) {
    return Matrix.of(values.length, 1, values);
  }

  private static Matrix ones(int n) {
    double[] ones = new double[n];
    java.util.Arrays.fill(ones, 1);
    return Matrix.adopt(1, n, ones);
  }

  private static void assertClose(Matrix actual, Matrix expected) {
    assertThat(actual.minus(expected).maxAbs())
        .isLessThanOrEqualTo(ROUNDING * Math.max(1, expected.maxAbs()));
  }
}
