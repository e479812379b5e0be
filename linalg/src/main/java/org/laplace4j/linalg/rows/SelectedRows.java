package org.laplace4j.linalg.rows;

import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;

/**
 * Some columns of Khatri–Rao rows: entry e of row (n, k) is (δₙₖ)ᵢ (aₙ)ⱼ for the e-th selected
 * element (i, j) of a weight.
 *
 * <p>Only the rows R and columns C of the weight that the selection touches are kept: Δ (N·K, |R|),
 * A (N, |C|) and the places of the selected elements in (R, C). With V, D sparse matrices (|R|,
 * |C|) over these elements the formulas are those of {@link KhatriRaoRows}, at N·Θ + N·K·|R|
 * multiply-adds for a product, where Θ is the number selected.
 *
 * <p>JᵀJ and sums with other rows are made from chunks of dense rows. The Kronecker factors are
 * those of the touched rows and columns, so B ⊗ A is (|R|·|C|) wide: its principal submatrix at the
 * places belongs to the selection.
 */
public final class SelectedRows implements FactoredRows {

  private final KhatriRaoRows touched;
  private final SparsePattern selected;

  SelectedRows(KhatriRaoRows touched, SparsePattern selected) {
    this.touched = touched;
    this.selected = selected;
  }

  /** The same elements of other rows of the touched weight. */
  SelectedRows withRows(KhatriRaoRows other) {
    return new SelectedRows(other, selected);
  }

  @Override
  public int examples() {
    return touched.examples();
  }

  @Override
  public int columns() {
    return touched.columns();
  }

  @Override
  public int size() {
    return selected.size();
  }

  @Override
  public long storedNumbers() {
    return touched.storedNumbers() + selected.storedNumbers();
  }

  @Override
  public KhatriRaoRows touched() {
    return touched;
  }

  @Override
  public int[] places() {
    return selected.places();
  }

  @Override
  public double[] times(double[] v) {
    RowsArguments.oneForEachColumn("SelectedRows.times", v, this);
    return touched.pulledBack().times(selected.timesTranspose(touched.a(), examples(), v));
  }

  @Override
  public double[] transposeTimes(double[] u) {
    RowsArguments.oneForEachRow("SelectedRows.transposeTimes", u, this);
    return selected.transposeTimes(touched.pulledBack().combined(u), touched.a());
  }

  @Override
  public void addGramTo(MatrixSum sum, int at) {
    RowsArguments.blockFits("SelectedRows.addGramTo", sum, at, size());
    DenseProducts.CHUNKED.addGram(this, sum, at);
  }

  @Override
  public double[] squares() {
    return selected.transposeTimes(touched.pulledBack().combinedSquares(), inputSquares());
  }

  @Override
  public KroneckerFactors kroneckerFactors() {
    return touched.kroneckerFactors();
  }

  @Override
  public Matrix weightedGram(double[] d) {
    RowsArguments.oneForEachColumn("SelectedRows.weightedGram", d, this);
    return KhatriRaoPairs.gram(touched, jointInputs(touched, d));
  }

  @Override
  public Matrix weightedGramBlocks(double[] d) {
    RowsArguments.oneForEachColumn("SelectedRows.weightedGramBlocks", d, this);
    return touched.pulledBack().blocks(selected.timesTranspose(inputSquares(), examples(), d));
  }

  @Override
  public double[] weightedGramDiagonal(double[] d) {
    RowsArguments.oneForEachColumn("SelectedRows.weightedGramDiagonal", d, this);
    return touched
        .pulledBack()
        .squaredTimes(selected.timesTranspose(inputSquares(), examples(), d));
  }

  /**
   * Rows with the same selection stay factored; any other form is multiplied out, a chunk at a
   * time.
   */
  @Override
  public Matrix crossGram(Rows other, double[] d) {
    RowsArguments.sameSize("SelectedRows.crossGram", this, other);
    RowsArguments.oneForEachColumn("SelectedRows.crossGram", d, this);
    if (other instanceof SelectedRows l && l.selected.equalTo(selected)) {
      return KhatriRaoPairs.crossGram(touched, l.touched, jointInputs(l.touched, d));
    }
    return DenseProducts.CHUNKED.crossGram(this, other, d);
  }

  /** Multiplied out: a rotation mixes selected elements with those that are not there. */
  @Override
  public DenseRows rotated(Matrix uB, Matrix uA) {
    RowsArguments.bases("SelectedRows.rotated", uB, uA, size());
    return new DenseRows(dense(), examples(), columns()).rotated(uB, uA);
  }

  @Override
  public SelectedRows examples(int from, int to) {
    RowsArguments.examples("SelectedRows.examples", from, to, examples());
    return to - from == examples() ? this : new SelectedRows(touched.examples(from, to), selected);
  }

  @Override
  public FactoredRows select(int[] entries) {
    RowsArguments.entries("SelectedRows.select", entries, size());
    if (entries.length == size()) return this;
    int[] places = selected.places();
    return touched.select(java.util.Arrays.stream(entries).map(e -> places[e]).toArray());
  }

  /** Rows with the same selection add to {@link SharedRows}; any other are multiplied out. */
  @Override
  public Rows plus(Rows other) {
    RowsArguments.sameShape("SelectedRows.plus", this, other);
    return PositionSum.of(this, other);
  }

  @Override
  public SelectedRows scaled(double c) {
    return new SelectedRows(touched.scaled(c), selected);
  }

  /** Whether the same elements of the same touched rows and columns are selected. */
  boolean selectsLike(SelectedRows other) {
    return selected.equalTo(other.selected);
  }

  /** The same selection from other rows. */
  SelectedRows from(KhatriRaoRows others) {
    return new SelectedRows(others, selected);
  }

  /** Whether products of whole matrices pay. */
  boolean isNearlyWhole() {
    return selected.isNearlyWhole();
  }

  /** Adds row (n, k) to Θ numbers. */
  void addRow(int n, int k, double[] into) {
    selected.addOuter(
        touched.delta().array(),
        (n * columns() + k) * touched.out(),
        touched.a().array(),
        n * touched.in(),
        into);
  }

  @Override
  public Matrix dense() {
    int rows = examples() * columns();
    var dense = new double[Math.multiplyExact(rows, size())];
    writeTo(dense, 0, size());
    return Matrix.adopt(rows, size(), dense);
  }

  /** Writes J from the offset on, rows so far apart. */
  void writeTo(double[] into, int at, int stride) {
    Parallel.ranges(examples() * columns(), 2L * size(), (from, to) -> {
      for (int row = from; row < to; row++) {
        selected.outer(
            touched.delta().array(),
            row * touched.out(),
            touched.a().array(),
            row / columns() * touched.in(),
            into,
            at + row * stride);
      }
    });
  }

  private KhatriRaoPairs.JointInputs jointInputs(KhatriRaoRows other, double[] d) {
    return (n, count) -> selected
        .timesTranspose(other.a(), count, selected.scaleColumns(d, touched.a().row(n)))
        .array();
  }

  private Matrix inputSquares() {
    return touched.a().hadamard(touched.a());
  }
}
