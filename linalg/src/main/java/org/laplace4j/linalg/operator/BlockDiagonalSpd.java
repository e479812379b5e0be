package org.laplace4j.linalg.operator;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.Rows;

/**
 * P = diag(P₁, P₂, …): blocks that are independent of each other, one a parameter, say. A block's
 * elements follow each other, or lie at any places of their own.
 *
 * <pre>
 *   log det P = Σ_b log det P_b      P⁻¹ v = (P_b⁻¹ v_b)_b      M ε = (M_b ε_b)_b, the noises one after the other
 *   J P⁻¹ Jᵀ  = Σ_b J_b P_b⁻¹ J_bᵀ with J_b the columns of J that belong to block b
 * </pre>
 *
 * <p>Blocks of a weight and of its bias are one where they can be ({@link SharedOutputs}).
 *
 * <p>J_b is {@link Rows#select}ed: where J has the blocks of P it is the block itself, so nothing
 * is copied and each keeps its form; other partitions are regrouped, and only a block of P that
 * cuts through one of J makes new rows.
 */
public final class BlockDiagonalSpd implements SpdOperator {

  private final List<SpdOperator> blocks;
  private final List<BlockPlaces> places;
  private final int size;

  private BlockDiagonalSpd(List<SpdOperator> blocks, List<BlockPlaces> places, int size) {
    this.blocks = blocks;
    this.places = places;
    this.size = size;
  }

  /** diag(P₁, P₂, …), at least one block, one after the other. */
  public static BlockDiagonalSpd of(List<? extends SpdOperator> blocks) {
    int size = requireBlocks(blocks);
    var places = new ArrayList<BlockPlaces>();
    int at = 0;
    for (SpdOperator block : blocks) {
      places.add(BlockPlaces.range(at, at + block.size()));
      at += block.size();
    }
    return new BlockDiagonalSpd(List.copyOf(blocks), places, size);
  }

  /**
   * The matrix whose rows and columns at places[b] are P_b, and which is zero elsewhere.
   *
   * @param blocks P₁, P₂, …, at least one
   * @param places for each block the places of its elements, ascending; every place from 0 to Θ − 1
   *     belongs to one block
   */
  public static BlockDiagonalSpd of(List<? extends SpdOperator> blocks, List<int[]> places) {
    int size = requireBlocks(blocks);
    if (places.size() != blocks.size()) {
      throw new IllegalArgumentException("BlockDiagonalSpd: places were given for " + places.size()
          + " blocks, and " + blocks.size() + " blocks; give them for each.");
    }
    var taken = new BitSet(size);
    for (int b = 0; b < blocks.size(); b++) {
      requirePlaces(b, blocks.get(b).size(), places.get(b), size, taken);
    }
    return new BlockDiagonalSpd(
        List.copyOf(blocks), places.stream().map(BlockPlaces::of).toList(), size);
  }

  private static int requireBlocks(List<? extends SpdOperator> blocks) {
    if (blocks.isEmpty())
      throw new IllegalArgumentException("BlockDiagonalSpd: 0 blocks were given; give at least 1");
    int size = 0;
    for (SpdOperator block : blocks) size = Math.addExact(size, block.size());
    return size;
  }

  private static void requirePlaces(int b, int count, int[] places, int size, BitSet taken) {
    if (places.length != count) {
      throw new IllegalArgumentException("BlockDiagonalSpd: block " + b + " has " + count
          + " elements, " + places.length + " places were given for it; give one for each.");
    }
    for (int i = 0; i < places.length; i++) {
      int before = i == 0 ? -1 : places[i - 1];
      if (places[i] <= before || places[i] >= size || taken.get(places[i])) {
        throw new IllegalArgumentException("BlockDiagonalSpd: block " + b + " was given the place "
            + places[i] + " after " + before + " of " + size
            + "; give places that ascend, below that, each to one block.");
      }
      taken.set(places[i]);
    }
  }

  /** P₁, P₂, …, in order. */
  public List<SpdOperator> blocks() {
    return blocks;
  }

  /** The places of the elements of block b, ascending. */
  public int[] places(int b) {
    return places.get(b).array().clone();
  }

  /** Whether the blocks of the other have the same elements. */
  boolean hasPlacesOf(BlockDiagonalSpd other) {
    return places.equals(other.places);
  }

  /** Whether each block's elements follow those of the block before. */
  boolean isConsecutive() {
    int at = 0;
    for (BlockPlaces own : places) {
      if (!own.equals(BlockPlaces.range(at, at + own.size()))) return false;
      at += own.size();
    }
    return true;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int noiseSize() {
    return blocks.stream().mapToInt(SpdOperator::noiseSize).sum();
  }

  @Override
  public double logDet() {
    return blocks.stream().mapToDouble(SpdOperator::logDet).reduce(0, Double::sum);
  }

  /** √Σ_b (that of block b)²: the blocks are estimated from different seeds. */
  @Override
  public double logDetStandardError() {
    double squares = 0;
    for (SpdOperator block : blocks) {
      squares += block.logDetStandardError() * block.logDetStandardError();
    }
    return Math.sqrt(squares);
  }

  @Override
  public double[] diagonal() {
    return joined(b -> blocks.get(b).diagonal());
  }

  @Override
  public double[] times(double[] v) {
    Arrays.requireLength("BlockDiagonalSpd.times", size(), v);
    return joined(b -> blocks.get(b).times(part(v, b)));
  }

  @Override
  public double[] solve(double[] v) {
    Arrays.requireLength("BlockDiagonalSpd.solve", size(), v);
    return joined(b -> blocks.get(b).solve(part(v, b)));
  }

  @Override
  public double[] inverseDiagonal() {
    return joined(b -> blocks.get(b).inverseDiagonal());
  }

  @Override
  public double[] unwhiten(double[] noise) {
    Arrays.requireLength("BlockDiagonalSpd.unwhiten", noiseSize(), noise);
    int[] starts = noiseStarts();
    return joined(
        b -> blocks.get(b).unwhiten(java.util.Arrays.copyOfRange(noise, starts[b], starts[b + 1])));
  }

  @Override
  public Matrix unwhiten(Matrix noise) {
    OperatorArguments.noiseOf("BlockDiagonalSpd.unwhiten", noise, this);
    int[] starts = noiseStarts();
    var draws = new double[Math.multiplyExact(noise.rows(), size)];
    for (int b = 0; b < blocks.size(); b++) {
      Matrix part = blocks.get(b).unwhiten(noise.columns(starts[b], starts[b + 1]));
      BlockPlaces own = places.get(b);
      Parallel.ranges(noise.rows(), 2L * own.size(), (from, to) -> {
        for (int s = from; s < to; s++) own.scatter(part.array(), s * own.size(), draws, s * size);
      });
    }
    return Matrix.adopt(noise.rows(), size, draws);
  }

  /** Where the noise of each block begins, and the end. */
  private int[] noiseStarts() {
    var starts = new int[blocks.size() + 1];
    for (int b = 0; b < blocks.size(); b++)
      starts[b + 1] = starts[b] + blocks.get(b).noiseSize();
    return starts;
  }

  @Override
  public Matrix inverseQuadratic(Rows j) {
    OperatorArguments.sameSize("BlockDiagonalSpd.inverseQuadratic", j, this);
    return sum(
        j,
        SpdOperator::inverseQuadratic,
        shared -> shared.rotated().weightedGram(shared.weights()),
        Matrix::plus);
  }

  @Override
  public Matrix inverseQuadraticBlocks(Rows j) {
    OperatorArguments.sameSize("BlockDiagonalSpd.inverseQuadraticBlocks", j, this);
    return sum(j, SpdOperator::inverseQuadraticBlocks, SharedOutputs::blocks, Matrix::plus);
  }

  @Override
  public double[] inverseQuadraticDiagonal(Rows j) {
    OperatorArguments.sameSize("BlockDiagonalSpd.inverseQuadraticDiagonal", j, this);
    return sum(
        j,
        SpdOperator::inverseQuadraticDiagonal,
        shared -> shared.rotated().weightedGramDiagonal(shared.weights()),
        Arrays::plus);
  }

  @Override
  public Matrix toDense() {
    Matrix dense = Matrix.zeros(size, size);
    for (int b = 0; b < blocks.size(); b++) {
      Matrix block = blocks.get(b).toDense();
      int[] own = places.get(b).array();
      for (int i = 0; i < own.length; i++) {
        for (int j = 0; j < own.length; j++) {
          dense.array()[own[i] * size + own[j]] = block.get(i, j);
        }
      }
    }
    return dense;
  }

  /** v_b. */
  private double[] part(double[] v, int b) {
    return places.get(b).gather(v);
  }

  /** The vector whose part at the places of block b is f(b). */
  private double[] joined(IntFunction<double[]> f) {
    var joined = new double[size];
    for (int b = 0; b < blocks.size(); b++) {
      places.get(b).scatter(f.apply(b), 0, joined, 0);
    }
    return joined;
  }

  /**
   * Σ_b f(P_b, J_b), in the order of the blocks; those that share their outputs are one term, f of
   * their rotated rows and weights.
   */
  private <T> T sum(
      Rows j,
      BiFunction<SpdOperator, Rows, T> term,
      Function<SharedOutputs, T> weighted,
      BinaryOperator<T> plus) {
    List<Rows> rows = places.stream().map(own -> j.select(own.array())).toList();
    var taken = new BitSet();
    Optional<T> sum = Optional.empty();
    for (int b = 0; b < blocks.size(); b++) {
      if (taken.get(b)) continue;
      int first = b;
      int[] together = IntStream.range(b, blocks.size())
          .filter(c ->
              SharedOutputs.canJoin(blocks.get(first), rows.get(first), blocks.get(c), rows.get(c)))
          .toArray();
      IntStream.of(together).forEach(taken::set);
      T own = together.length > 1
          ? joined(together, rows, weighted)
          : term.apply(blocks.get(b), rows.get(b));
      sum = Optional.of(sum.map(before -> plus.apply(before, own)).orElse(own));
    }
    return sum.orElseThrow();
  }

  private <T> T joined(int[] together, List<Rows> rows, Function<SharedOutputs, T> weighted) {
    var shared = new SharedOutputs(
        IntStream.of(together).mapToObj(b -> (KroneckerBasisSpd) blocks.get(b)).toList(),
        IntStream.of(together).mapToObj(b -> (KhatriRaoRows) rows.get(b)).toList());
    return weighted.apply(shared);
  }
}
