package org.laplace4j.linalg.rows;

import static org.laplace4j.linalg.rows.RowsArguments.require;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;

/**
 * Row (n, k) is δₙₖ ⊗ aₙ: the Jacobian of one weight W (out, in) of a dense layer, with the
 * pulled-back Δ (N·K, out) and the layer's inputs A (N, in), so Θ = out·in. It keeps N·(K·out + in)
 * numbers; no row is multiplied out but in {@link #dense()}. A bias is W (out, 1) with aₙ = 1.
 *
 * <p>With V, D, Q the vectors v, d, q seen as (out, in), row-major:
 *
 * <pre>
 *   (J v)ₙₖ           = δₙₖᵀ (V aₙ)
 *   Jᵀu               = Σₙ (Σₖ uₙₖ δₙₖ) aₙᵀ
 *   JᵀJ               = Σₙ (Σₖ δₙₖ δₙₖᵀ) ⊗ (aₙ aₙᵀ)              ({@link ContractedGram})
 *   squares           = Σₙ (Σₖ δₙₖ ∘ δₙₖ) (aₙ ∘ aₙ)ᵀ
 *   block n           = Δₙ diag(wₙ) Δₙᵀ,   wₙ = D (aₙ ∘ aₙ)
 *   J diag(d) Lᵀ      = see {@link KhatriRaoPairs}
 *   J (U_B ⊗ U_A)     = rows of ΔU_B and AU_A
 *   B = ΔᵀΔ, A = AᵀA
 * </pre>
 *
 * <p>Two such rows add to a form with two terms a row: {@link SharedRows}.
 *
 * @param cotangents Δ, shape (N·K, out)
 * @param a A, shape (N, in)
 */
public record KhatriRaoRows(Cotangents cotangents, Matrix a) implements FactoredRows {

  public KhatriRaoRows {
    require(
        a.rows() > 0
            && cotangents.rows() > 0
            && cotangents.rows() % a.rows() == 0
            && a.cols() > 0
            && cotangents.out() > 0,
        "KhatriRaoRows: Δ (%,d, %,d) was given with inputs A (%,d, %,d); give K ≥ 1 rows of Δ for each row of A, and at"
            + " least one column",
        cotangents.rows(),
        cotangents.out(),
        a.rows(),
        a.cols());
    require(
        (long) cotangents.out() * a.cols() <= Integer.MAX_VALUE,
        "KhatriRaoRows: a weight of %,d by %,d has more elements than an array can hold, %,d",
        cotangents.out(),
        a.cols(),
        Integer.MAX_VALUE);
  }

  /** Rows of a Δ (N·K, out) that is in order: row n·K + k for example n and column k. */
  public KhatriRaoRows(Matrix delta, Matrix a) {
    this(Cotangents.byExample(delta), a);
  }

  /** The rows of a bias b (out) with such a Δ. */
  public static KhatriRaoRows bias(Matrix delta, int examples) {
    return bias(Cotangents.byExample(delta), examples);
  }

  /** The rows of a bias b (out): a weight (out, 1) whose input is one. */
  public static KhatriRaoRows bias(Cotangents cotangents, int examples) {
    require(
        examples > 0,
        "KhatriRaoRows.bias: %,d examples were given; at least 1 is required",
        examples);
    var ones = new double[examples];
    java.util.Arrays.fill(ones, 1);
    return new KhatriRaoRows(cotangents, Matrix.adopt(examples, 1, ones));
  }

  @Override
  public int examples() {
    return a.rows();
  }

  @Override
  public int columns() {
    return cotangents.rows() / a.rows();
  }

  @Override
  public int size() {
    return out() * in();
  }

  @Override
  public long storedNumbers() {
    return (long) cotangents.rows() * out() + (long) a.rows() * in();
  }

  /** These rows: every element of W is there. */
  @Override
  public KhatriRaoRows touched() {
    return this;
  }

  @Override
  public int[] places() {
    return java.util.stream.IntStream.range(0, size()).toArray();
  }

  /** Δ, shape (N·K, out), row n·K + k for example n and column k. */
  public Matrix delta() {
    return cotangents.byExample();
  }

  /** The number of rows of W. */
  int out() {
    return cotangents.out();
  }

  /** The number of columns of W. */
  int in() {
    return a.cols();
  }

  @Override
  public double[] times(double[] v) {
    RowsArguments.oneForEachColumn("KhatriRaoRows.times", v, this);
    return pulledBack().times(a.timesTranspose(weight(v)));
  }

  /** Row (n, k) is δₙₖᵀ Pₙ with Pₙ = V aₙ, shape (out, m), made for some examples at a time. */
  @Override
  public Matrix times(Matrix v) {
    RowsArguments.oneRowForEachColumn("KhatriRaoRows.times", v, this);
    return KhatriRaoProduct.of(this, v);
  }

  @Override
  public double[] transposeTimes(double[] u) {
    RowsArguments.oneForEachRow("KhatriRaoRows.transposeTimes", u, this);
    return pulledBack().combined(u).transposeTimes(a).array();
  }

  @Override
  public void addGramTo(MatrixSum sum, int at) {
    RowsArguments.blockFits("KhatriRaoRows.addGramTo", sum, at, size());
    if (ContractedGram.savesWork(this)) {
      ContractedGram.addGram(this, sum, at);
    } else {
      DenseProducts.CHUNKED.addGram(this, sum, at);
    }
  }

  @Override
  public double[] squares() {
    return pulledBack().combinedSquares().transposeTimes(a.hadamard(a)).array();
  }

  @Override
  public KroneckerFactors kroneckerFactors() {
    var b = new MatrixSum(out(), out());
    cotangents.addGramTo(b);
    return new KroneckerFactors(b.symmetricTotal(), a.gram(), examples());
  }

  @Override
  public Matrix weightedGram(double[] d) {
    RowsArguments.oneForEachColumn("KhatriRaoRows.weightedGram", d, this);
    if (isConstant(d)) return KhatriRaoPairs.constantGram(this, this, d[0]);
    return KhatriRaoPairs.gram(this, jointInputs(this, d));
  }

  @Override
  public Matrix weightedGramBlocks(double[] d) {
    RowsArguments.oneForEachColumn("KhatriRaoRows.weightedGramBlocks", d, this);
    return pulledBack().blocks(a.hadamard(a).timesTranspose(weight(d)));
  }

  /**
   * The blocks (Δₙ U_B) diag(wₙ) (Δₙ U_B)ᵀ, stacked (N·K, K), for U_B (out, out) and W (N, out):
   * those of {@link #weightedGramBlocks} of rotated rows, whose W is (A ∘ A) Dᵀ. Δ is rotated for a
   * few examples at a time.
   */
  public Matrix rotatedBlocks(Matrix uB, Matrix w) {
    RowsArguments.require(
        w.rows() == examples() && w.cols() == out() && uB.rows() == out() && uB.cols() == out(),
        "KhatriRaoRows.rotatedBlocks: U_B (%,d, %,d) and W (%,d, %,d) were given for %,d examples with"
            + " %,d outputs; give (out, out) and (N, out)",
        uB.rows(),
        uB.cols(),
        w.rows(),
        w.cols(),
        examples(),
        out());
    return pulledBack().rotatedBlocks(uB, w);
  }

  @Override
  public double[] weightedGramDiagonal(double[] d) {
    RowsArguments.oneForEachColumn("KhatriRaoRows.weightedGramDiagonal", d, this);
    return pulledBack().squaredTimes(a.hadamard(a).timesTranspose(weight(d)));
  }

  /** Rows of the same form stay factored; any other form is multiplied out, a chunk at a time. */
  @Override
  public Matrix crossGram(Rows other, double[] d) {
    RowsArguments.sameSize("KhatriRaoRows.crossGram", this, other);
    RowsArguments.oneForEachColumn("KhatriRaoRows.crossGram", d, this);
    if (!(other instanceof KhatriRaoRows l) || l.in() != in())
      return DenseProducts.CHUNKED.crossGram(this, other, d);
    if (isConstant(d)) return KhatriRaoPairs.constantGram(this, l, d[0]);
    return KhatriRaoPairs.crossGram(this, l, jointInputs(l, d));
  }

  /**
   * Bases of the shape of W keep the form; others, for the same Θ, have the rows multiplied out.
   */
  @Override
  public Rows rotated(Matrix uB, Matrix uA) {
    RowsArguments.bases("KhatriRaoRows.rotated", uB, uA, size());
    if (uB.rows() == out()) return rotatedWeight(uB, uA);
    return new DenseRows(dense(), examples(), columns()).rotated(uB, uA);
  }

  /** The rows rotated by bases of the shape of W. */
  KhatriRaoRows rotatedWeight(Matrix uB, Matrix uA) {
    return new KhatriRaoRows(delta().times(uB), a.times(uA));
  }

  @Override
  public KhatriRaoRows examples(int from, int to) {
    RowsArguments.examples("KhatriRaoRows.examples", from, to, examples());
    if (to - from == examples()) return this;
    return new KhatriRaoRows(delta().rows(from * columns(), to * columns()), a.rows(from, to));
  }

  /**
   * Rows × columns of W are a smaller weight; other entries keep the rows and columns of W that
   * they touch.
   */
  @Override
  public FactoredRows select(int[] entries) {
    RowsArguments.entries("KhatriRaoRows.select", entries, size());
    return entries.length == size() ? this : WeightSelection.of(entries, in()).from(this);
  }

  /** Rows of the same weight add to {@link SharedRows}; any other are multiplied out. */
  @Override
  public Rows plus(Rows other) {
    RowsArguments.sameShape("KhatriRaoRows.plus", this, other);
    return PositionSum.of(this, other);
  }

  @Override
  public KhatriRaoRows scaled(double c) {
    return new KhatriRaoRows(delta().times(c), a);
  }

  @Override
  public Matrix dense() {
    var rows = new double[Math.multiplyExact(cotangents.rows(), size())];
    writeTo(rows, 0, size());
    return Matrix.adopt(cotangents.rows(), size(), rows);
  }

  /** Writes J from the offset on, rows so far apart. */
  void writeTo(double[] into, int at, int stride) {
    int in = in();
    Matrix delta = delta();
    Parallel.ranges(delta.rows(), 2L * size(), (first, end) -> {
      for (int row = first; row < end; row++) {
        int to = at + row * stride;
        int input = row / columns() * in;
        for (int i = 0; i < out(); i++, to += in) {
          double factor = delta.get(row, i);
          for (int j = 0; j < in; j++) into[to + j] = factor * a.array()[input + j];
        }
      }
    });
  }

  /** The numbers of W's shape as (out, in). */
  private Matrix weight(double[] v) {
    return Matrix.adopt(out(), in(), v);
  }

  /** The first rows of S_n for a weight D (out, in): sₙₘ = (D diag(aₙ)) a'ₘ. */
  private KhatriRaoPairs.JointInputs jointInputs(KhatriRaoRows other, double[] d) {
    return (n, count) -> {
      Matrix scaled = weight(d).scaleColumns(a.row(n));
      var joint = new double[count * out()];
      Arrays.multiplyAdd(
          false,
          true,
          count,
          out(),
          in(),
          other.a.array(),
          0,
          in(),
          scaled.array(),
          0,
          in(),
          joint,
          0,
          out());
      return joint;
    };
  }

  /** Δ by itself. */
  PulledBack pulledBack() {
    return new PulledBack(delta(), columns());
  }

  private static boolean isConstant(double[] d) {
    for (double value : d) {
      if (value != d[0]) return false;
    }
    return true;
  }
}
