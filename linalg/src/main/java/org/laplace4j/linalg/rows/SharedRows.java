package org.laplace4j.linalg.rows;

import static org.laplace4j.linalg.rows.RowsArguments.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Matrix;

/**
 * Row (n, k) is Σᵣ δₙᵣₖ ⊗ aₙᵣ: the Jacobian of one weight W (out, in) that is applied at R
 * positions of each example, as in convolutions and sequences, or that is used R times. It is that
 * of a dense layer with the positions taken for examples, and then summed over them:
 *
 * <pre>
 *   J = S E        E = rows δₙᵣₖ ⊗ aₙᵣ, shape (N·R·K, Θ)      (S u)ₙₖ = Σᵣ uₙᵣₖ
 *
 *   J v  = S (E v)                 Jᵀu = Eᵀ (Sᵀu)              factored: N·R·out·(in + K) multiply-adds
 *   B = ΔᵀΔ,  A = AᵀA,  count = N·R                            positions as data, KFAC-expand
 *   J (U_B ⊗ U_A) = S (E (U_B ⊗ U_A))                          and likewise for columns of J
 *   JᵀJ, J diag(d) Lᵀ, squares                                 contracted, or by pairs of positions
 * </pre>
 *
 * <p>Contracted: the rows of an example are one product, (K·out, R) · (R, in), and the rest is done
 * by dense rows, a chunk of examples at a time. By pairs: J = Σᵣ Jᵣ is a sum of R Khatri–Rao rows,
 * and Σᵣₛ Jᵣᵀ Jₛ or Σᵣₛ Jᵣ diag(d) Lₛᵀ takes less where R is small against K. Which one is decided
 * by counting multiply-adds.
 *
 * <p>No more than two chunks of 16 MiB are multiplied out at a time: a weight of which one example
 * alone has more is treated as several, side by side (but in JᵀJ, which is larger still).
 *
 * <p>E may be made when it is first asked for: its factors B and A, which a Kronecker curvature
 * takes alone, do without ({@link RowsByPosition}).
 */
public final class SharedRows implements Rows {

  private final RowsOnDemand rows;
  private final int positions;

  /**
   * The rows of E summed over the positions.
   *
   * @param each E: Δ (N·R·K, out), row (n·R + r)·K + k, and A (N·R, in), row n·R + r
   * @param positions R
   */
  public SharedRows(FactoredRows each, int positions) {
    this(RowsOnDemand.of(each), positions);
  }

  /** The same of rows that are made when they are asked for. */
  public SharedRows(RowsByPosition source, int positions) {
    this(RowsOnDemand.of(source), positions);
  }

  private SharedRows(RowsOnDemand rows, int positions) {
    require(
        positions > 0 && rows.inputs() % positions == 0,
        "SharedRows: %,d inputs were given for R = %,d positions of each example; give R ≥ 1 for each example",
        rows.inputs(),
        positions);
    this.rows = rows;
    this.positions = positions;
  }

  /** E, whose making is the end of what it was made from. */
  public FactoredRows each() {
    return rows.make();
  }

  /** The rows of E as far as they are made. */
  RowsByPosition byPosition() {
    return rows.byPosition(positions);
  }

  /** The columns of the smallest weight that holds every element. */
  public int in() {
    return byPosition().in();
  }

  /** The places of the elements in that weight; none where they are all of it. */
  public int[] places() {
    return rows.areMade() && each() instanceof SelectedRows selected
        ? selected.places()
        : new int[0];
  }

  /** R. */
  public int positions() {
    return positions;
  }

  @Override
  public int examples() {
    return rows.inputs() / positions;
  }

  @Override
  public int columns() {
    return rows.columns();
  }

  @Override
  public int size() {
    return rows.size();
  }

  /** As many as E keeps, made or not. */
  @Override
  public long storedNumbers() {
    return rows.storedNumbers();
  }

  /** The rows of the smallest rows × columns of the weight that hold every element. */
  public SharedRows touched() {
    return rows.areMade() ? new SharedRows(each().touched(), positions) : this;
  }

  /**
   * Rows of one position in place of R, (Σᵣ δₙᵣₖ) ⊗ (1/R Σᵣ aₙᵣ): not J, but what KFAC-reduce takes
   * for it (Eschenhagen et al. 2023).
   */
  public FactoredRows reduced() {
    KhatriRaoRows touched = each().touched();
    var delta = new double[Math.multiplyExact(examples() * columns(), touched.out())];
    var a = new double[examples() * touched.in()];
    for (int from = 0; from < rows.inputs() * columns(); from++) {
      addRow(touched.delta(), from, 1, delta, row(from));
    }
    for (int from = 0; from < rows.inputs(); from++) {
      addRow(touched.a(), from, 1.0 / positions, a, from / positions);
    }
    var sum = new KhatriRaoRows(
        Matrix.adopt(examples() * columns(), touched.out(), delta),
        Matrix.adopt(examples(), touched.in(), a));
    return each() instanceof SelectedRows selected ? selected.withRows(sum) : sum;
  }

  private static void addRow(Matrix rows, int from, double c, double[] sum, int to) {
    for (int i = 0; i < rows.cols(); i++) {
      sum[to * rows.cols() + i] += c * rows.get(from, i);
    }
  }

  @Override
  public double[] times(double[] v) {
    RowsArguments.oneForEachColumn("SharedRows.times", v, this);
    double[] apart = each().times(v);
    var product = new double[examples() * columns()];
    for (int from = 0; from < apart.length; from++) product[row(from)] += apart[from];
    return product;
  }

  /** Contracted, unless V has so few columns that multiplying out for them does not pay. */
  @Override
  public Matrix times(Matrix v) {
    RowsArguments.oneRowForEachColumn("SharedRows.times", v, this);
    if (!paysToContract(v.cols())) return Rows.super.times(v);
    if (isTooWide()) return sideBySide().times(v);
    var product = new double[Math.multiplyExact(examples() * columns(), v.cols())];
    DenseProducts.CHUNKED.forEach(this, (chunk, row) -> {
      double[] own = chunk.times(v).array();
      System.arraycopy(own, 0, product, row * v.cols(), own.length);
    });
    return Matrix.adopt(examples() * columns(), v.cols(), product);
  }

  /** R·K·out·in + K·out·in·m against R·(in + K)·out·m multiply-adds an example. */
  private boolean paysToContract(int m) {
    double in = each().touched().in();
    double contracted = columns() * in * ((double) positions + m);
    return contracted < positions * (in + columns()) * m;
  }

  @Override
  public double[] transposeTimes(double[] u) {
    RowsArguments.oneForEachRow("SharedRows.transposeTimes", u, this);
    var repeated = new double[rows.inputs() * columns()];
    for (int to = 0; to < repeated.length; to++) repeated[to] = u[row(to)];
    return each().transposeTimes(repeated);
  }

  /** The row n·K + k of J to which a row of E belongs. */
  private int row(int ofEach) {
    int ofExample = positions * columns();
    return ofEach / ofExample * columns() + ofEach % columns();
  }

  @Override
  public void addGramTo(MatrixSum sum, int at) {
    RowsArguments.blockFits("SharedRows.addGramTo", sum, at, size());
    Optional<PositionPairs> pairs = PositionPairs.of(this);
    if (pairs.isPresent() && pairs.get().gramOperations() < contractedGramOperations()) {
      pairs.get().addGram(sum, at);
    } else {
      DenseProducts.CHUNKED.addGram(this, sum, at);
    }
  }

  private double contractedGramOperations() {
    return DenseProducts.gramOperations(this)
        + (double) rows.inputs() * columns() * each().touched().size();
  }

  @Override
  public double[] squares() {
    if (isTooWide()) return sideBySide().squares();
    var squares = new double[size()];
    DenseProducts.CHUNKED.forEach(
        this, (chunk, row) -> org.laplace4j.linalg.Arrays.addScaled(1, chunk.squares(), squares));
    return squares;
  }

  @Override
  public KroneckerFactors kroneckerFactors() {
    RowsByPosition factored = byPosition();
    var b = new MatrixSum(factored.out(), factored.out());
    var a = new MatrixSum(factored.in(), factored.in());
    factored.addCotangentGramTo(b);
    factored.addInputGramTo(a);
    return new KroneckerFactors(b.symmetricTotal(), a.symmetricTotal(), factored.inputs());
  }

  @Override
  public Matrix weightedGram(double[] d) {
    RowsArguments.oneForEachColumn("SharedRows.weightedGram", d, this);
    Optional<PositionPairs> pairs = PositionPairs.of(this);
    if (pairs.isPresent() && pairs.get().savesWorkBetweenExamples(this)) {
      return pairs.get().weightedGram(d);
    }
    if (isTooWide()) return sideBySide().weightedGram(d);
    return DenseProducts.CHUNKED.weightedGram(this, d);
  }

  @Override
  public Matrix weightedGramBlocks(double[] d) {
    RowsArguments.oneForEachColumn("SharedRows.weightedGramBlocks", d, this);
    if (isTooWide()) return sideBySide().weightedGramBlocks(d);
    var blocks = new double[examples() * columns() * columns()];
    DenseProducts.CHUNKED.forEach(this, (chunk, row) -> {
      double[] own = chunk.weightedGramBlocks(d).array();
      System.arraycopy(own, 0, blocks, row * columns(), own.length);
    });
    return Matrix.adopt(examples() * columns(), columns(), blocks);
  }

  @Override
  public double[] weightedGramDiagonal(double[] d) {
    RowsArguments.oneForEachColumn("SharedRows.weightedGramDiagonal", d, this);
    if (isTooWide()) return sideBySide().weightedGramDiagonal(d);
    var diagonal = new double[examples() * columns()];
    DenseProducts.CHUNKED.forEach(this, (chunk, row) -> {
      double[] own = chunk.weightedGramDiagonal(d);
      System.arraycopy(own, 0, diagonal, row, own.length);
    });
    return diagonal;
  }

  /** By pairs with rows of the same weight where that saves work, else contracted, in chunks. */
  @Override
  public Matrix crossGram(Rows other, double[] d) {
    RowsArguments.sameSize("SharedRows.crossGram", this, other);
    RowsArguments.oneForEachColumn("SharedRows.crossGram", d, this);
    if (isSameWeight(other)) {
      var l = (SharedRows) other;
      Optional<PositionPairs> pairs = PositionPairs.of(this);
      if (pairs.isPresent() && pairs.get().savesWorkBetweenExamples(l)) {
        return pairs.get().crossGram(PositionPairs.of(l).orElseThrow(), d);
      }
      if (isTooWide()) return sideBySide().crossGram(l.sideBySide(widthSideBySide()), d);
    }
    return DenseProducts.CHUNKED.crossGram(this, other, d);
  }

  private boolean isSameWeight(Rows other) {
    return each() instanceof KhatriRaoRows weight
        && other instanceof SharedRows l
        && l.each() instanceof KhatriRaoRows its
        && weight.in() == its.in();
  }

  /**
   * Bases of the shape of W keep the form where that takes less than to multiply the rows out
   * first, or keeps fewer numbers.
   */
  @Override
  public Rows rotated(Matrix uB, Matrix uA) {
    RowsArguments.bases("SharedRows.rotated", uB, uA, size());
    if (paysToContract(uB.rows(), uA.rows())) return contracted().rotated(uB, uA);
    if (each() instanceof KhatriRaoRows weight && uB.rows() == weight.out()) {
      return new SharedRows(weight.rotatedWeight(uB, uA), positions);
    }
    return contracted().rotated(uB, uA);
  }

  /** K·out·in·(out + in) against R·(K·out² + in²) multiply-adds an example. */
  private boolean paysToContract(double out, double in) {
    boolean isSmaller = (long) examples() * columns() * size() <= storedNumbers();
    double contracted = columns() * out * in * (out + in);
    return isSmaller && contracted < positions * (columns() * out * out + in * in);
  }

  @Override
  public SharedRows examples(int from, int to) {
    RowsArguments.examples("SharedRows.examples", from, to, examples());
    if (to - from == examples()) return this;
    return new SharedRows(each().examples(from * positions, to * positions), positions);
  }

  @Override
  public SharedRows select(int[] entries) {
    RowsArguments.entries("SharedRows.select", entries, size());
    if (entries.length == size()) return this;
    return new SharedRows(each().select(entries), positions);
  }

  /** Rows of the same weight become its rows at further positions; any other are multiplied out. */
  @Override
  public Rows plus(Rows other) {
    RowsArguments.sameShape("SharedRows.plus", this, other);
    return PositionSum.of(this, other);
  }

  @Override
  public SharedRows scaled(double c) {
    return new SharedRows(each().scaled(c), positions);
  }

  /** Multiplied out where R·(K·out + in) numbers an example are more than K·out·in. */
  @Override
  public Rows compact() {
    long dense = (long) examples() * columns() * size();
    return storedNumbers() > dense ? contracted() : this;
  }

  @Override
  public Matrix dense() {
    return rows.areMade() ? Contraction.of(this) : byPosition().contracted();
  }

  /** The rows multiplied out. */
  DenseRows contracted() {
    return new DenseRows(dense(), examples(), columns());
  }

  private boolean isTooWide() {
    return widthSideBySide() < size();
  }

  /** The columns of J of which one example fits into a chunk: whole rows of W where there are. */
  private int widthSideBySide() {
    int most = Math.max(1, DenseProducts.CHUNKED.chunkNumbers() / columns());
    int in = each() instanceof KhatriRaoRows weight ? weight.in() : 1;
    return Math.min(size(), Math.max(1, most / in) * in);
  }

  private BlockRows sideBySide() {
    return sideBySide(widthSideBySide());
  }

  private BlockRows sideBySide(int width) {
    List<Rows> parts = new ArrayList<>();
    for (int from = 0; from < size(); from += width) {
      int end = Math.min(size(), from + width);
      parts.add(select(IntStream.range(from, end).toArray()));
    }
    return new BlockRows(parts);
  }
}
