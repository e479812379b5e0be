package org.laplace4j.linalg.rows;

import static org.laplace4j.linalg.rows.RowsArguments.require;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.laplace4j.linalg.Matrix;

/**
 * J = (J₁ | J₂ | …), rows side by side over the same examples and columns: the Jacobian of a model,
 * block by parameter.
 *
 * <pre>
 *   J v           = Σ_b J_b v_b                 Jᵀu = (J_bᵀ u)_b
 *   (JᵀJ)_bc      = J_bᵀ J_c                    ({@link BlockGram})
 *   J diag(d) Jᵀ  = Σ_b J_b diag(d_b) J_bᵀ
 * </pre>
 *
 * <p>There is no single pair of Kronecker factors for several weights: as for dense rows, all
 * columns are one weight (Θ, 1) with input one, B = JᵀJ and A = [N], which is exact. Blocks that
 * are block rows themselves are unpacked.
 *
 * @param blocks J₁, J₂, …, none of them block rows
 */
public record BlockRows(List<Rows> blocks) implements Rows {

  public BlockRows {
    blocks = blocks.stream().flatMap(BlockRows::unpacked).toList();
    require(!blocks.isEmpty(), "BlockRows: 0 blocks were given; give at least 1");
    long size = 0;
    for (Rows block : blocks) {
      Rows first = blocks.get(0);
      require(
          block.examples() == first.examples() && block.columns() == first.columns(),
          "BlockRows: a block with"
              + " (N, K) = (%,d, %,d) stands beside one with (%,d, %,d); give blocks of the same examples and columns",
          block.examples(),
          block.columns(),
          first.examples(),
          first.columns());
      size += block.size();
    }
    require(
        size <= Integer.MAX_VALUE,
        "BlockRows: the blocks have %,d columns together; at most %,d can be indexed",
        size,
        Integer.MAX_VALUE);
  }

  private static Stream<Rows> unpacked(Rows block) {
    return block instanceof BlockRows nested ? nested.blocks.stream() : Stream.of(block);
  }

  @Override
  public int examples() {
    return blocks.get(0).examples();
  }

  @Override
  public int columns() {
    return blocks.get(0).columns();
  }

  @Override
  public int size() {
    return blocks.stream().mapToInt(Rows::size).sum();
  }

  @Override
  public long storedNumbers() {
    return blocks.stream().mapToLong(Rows::storedNumbers).sum();
  }

  @Override
  public double[] times(double[] v) {
    RowsArguments.oneForEachColumn("BlockRows.times", v, this);
    return sum(v, Rows::times);
  }

  @Override
  public Matrix times(Matrix v) {
    RowsArguments.oneRowForEachColumn("BlockRows.times", v, this);
    Matrix sum = Matrix.zeros(examples() * columns(), v.cols());
    int at = 0;
    for (Rows block : blocks) {
      sum = sum.plus(block.times(v.rows(at, at + block.size())));
      at += block.size();
    }
    return sum;
  }

  @Override
  public double[] transposeTimes(double[] u) {
    RowsArguments.oneForEachRow("BlockRows.transposeTimes", u, this);
    return joined(block -> block.transposeTimes(u));
  }

  @Override
  public void addGramTo(MatrixSum sum, int at) {
    RowsArguments.blockFits("BlockRows.addGramTo", sum, at, size());
    BlockGram.add(this, sum, at);
  }

  @Override
  public double[] squares() {
    return joined(Rows::squares);
  }

  @Override
  public KroneckerFactors kroneckerFactors() {
    var gram = new MatrixSum(size(), size());
    addGramTo(gram, 0);
    return new KroneckerFactors(
        gram.total(), Matrix.diagonal(new double[] {examples()}), examples());
  }

  @Override
  public Matrix weightedGram(double[] d) {
    RowsArguments.oneForEachColumn("BlockRows.weightedGram", d, this);
    int rows = examples() * columns();
    return Matrix.adopt(
        rows, rows, sum(d, (block, part) -> block.weightedGram(part).array()));
  }

  @Override
  public Matrix weightedGramBlocks(double[] d) {
    RowsArguments.oneForEachColumn("BlockRows.weightedGramBlocks", d, this);
    return Matrix.adopt(
        examples() * columns(),
        columns(),
        sum(d, (block, part) -> block.weightedGramBlocks(part).array()));
  }

  @Override
  public double[] weightedGramDiagonal(double[] d) {
    RowsArguments.oneForEachColumn("BlockRows.weightedGramDiagonal", d, this);
    return sum(d, Rows::weightedGramDiagonal);
  }

  /**
   * Block by block against rows with the same blocks; any other rows are multiplied out, a chunk at
   * a time.
   */
  @Override
  public Matrix crossGram(Rows other, double[] d) {
    RowsArguments.sameSize("BlockRows.crossGram", this, other);
    RowsArguments.oneForEachColumn("BlockRows.crossGram", d, this);
    if (!(other instanceof BlockRows l) || !hasSameBlocks(l))
      return DenseProducts.CHUNKED.crossGram(this, other, d);
    var rights = l.blocks.iterator();
    return Matrix.adopt(
        examples() * columns(),
        l.examples() * l.columns(),
        sum(d, (block, part) -> block.crossGram(rights.next(), part).array()));
  }

  /** Multiplied out: one rotation of all columns mixes the blocks. */
  @Override
  public DenseRows rotated(Matrix uB, Matrix uA) {
    RowsArguments.bases("BlockRows.rotated", uB, uA, size());
    return new DenseRows(dense(), examples(), columns()).rotated(uB, uA);
  }

  @Override
  public BlockRows examples(int from, int to) {
    RowsArguments.examples("BlockRows.examples", from, to, examples());
    if (to - from == examples()) return this;
    return new BlockRows(blocks.stream().map(block -> block.examples(from, to)).toList());
  }

  /**
   * The selection of each block; a block of which nothing is selected is left out, and one block
   * alone stands for itself.
   */
  @Override
  public Rows select(int[] entries) {
    RowsArguments.entries("BlockRows.select", entries, size());
    var selected = new ArrayList<Rows>();
    int at = 0;
    int from = 0;
    for (Rows block : blocks) {
      int end = at + block.size();
      int to = from;
      while (to < entries.length && entries[to] < end) to++;
      if (to > from) selected.add(block.select(shifted(entries, from, to, at)));
      from = to;
      at = end;
    }
    return selected.size() == 1 ? selected.get(0) : new BlockRows(selected);
  }

  private static int[] shifted(int[] entries, int from, int to, int at) {
    var shifted = new int[to - from];
    for (int e = from; e < to; e++) shifted[e - from] = entries[e] - at;
    return shifted;
  }

  /** Block by block with rows of the same blocks, else multiplied out. */
  @Override
  public Rows plus(Rows other) {
    RowsArguments.sameShape("BlockRows.plus", this, other);
    if (!(other instanceof BlockRows l) || !hasSameBlocks(l)) {
      return new DenseRows(dense().plus(other.dense()), examples(), columns());
    }
    var sums = new ArrayList<Rows>();
    for (int b = 0; b < blocks.size(); b++) sums.add(blocks.get(b).plus(l.blocks.get(b)));
    return new BlockRows(sums);
  }

  @Override
  public BlockRows scaled(double c) {
    return new BlockRows(blocks.stream().map(block -> block.scaled(c)).toList());
  }

  @Override
  public BlockRows compact() {
    return new BlockRows(blocks.stream().map(Rows::compact).toList());
  }

  @Override
  public Matrix dense() {
    int rows = examples() * columns();
    var dense = new double[Math.multiplyExact(rows, size())];
    int at = 0;
    for (Rows block : blocks) {
      write(block, dense, at, size());
      at += block.size();
    }
    return Matrix.adopt(rows, size(), dense);
  }

  /** Factored rows are multiplied out where they go, any other are copied there. */
  private static void write(Rows block, double[] into, int at, int stride) {
    if (block instanceof KhatriRaoRows weight) {
      weight.writeTo(into, at, stride);
    } else if (block instanceof SelectedRows selected) {
      selected.writeTo(into, at, stride);
    } else {
      double[] own = block.dense().array();
      int size = block.size();
      for (int from = 0; from < own.length; from += size, at += stride) {
        System.arraycopy(own, from, into, at, size);
      }
    }
  }

  private boolean hasSameBlocks(BlockRows other) {
    return blocks.stream()
        .mapToInt(Rows::size)
        .boxed()
        .toList()
        .equals(other.blocks.stream().mapToInt(Rows::size).boxed().toList());
  }

  /** Σ_b f(J_b, d_b). */
  private double[] sum(double[] d, BiFunction<Rows, double[], double[]> term) {
    double[] sum = null;
    int at = 0;
    for (Rows block : blocks) {
      double[] value = term.apply(block, java.util.Arrays.copyOfRange(d, at, at + block.size()));
      sum = sum == null ? value : org.laplace4j.linalg.Arrays.plus(sum, value);
      at += block.size();
    }
    return sum;
  }

  /** (f(J_b))_b, one part for each block. */
  private double[] joined(Function<Rows, double[]> part) {
    var joined = new double[size()];
    int at = 0;
    for (Rows block : blocks) {
      System.arraycopy(part.apply(block), 0, joined, at, block.size());
      at += block.size();
    }
    return joined;
  }
}
