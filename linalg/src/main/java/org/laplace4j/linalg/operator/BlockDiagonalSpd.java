package org.laplace4j.linalg.operator;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.MatrixSum;
import org.laplace4j.linalg.rows.Rows;

/**
 * P = diag(P₁, P₂, …): blocks that are independent of each other, one a parameter, say.
 *
 * <pre>
 *   log det P = Σ_b log det P_b      P⁻¹ v = (P_b⁻¹ v_b)_b      M ε = (M_b ε_b)_b, the noises one after the other
 *   J P⁻¹ Jᵀ  = Σ_b J_b P_b⁻¹ J_bᵀ with J_b the columns of J that belong to block b
 * </pre>
 *
 * <p>J_b is {@link Rows#select}ed: where J has the blocks of P it is the block itself, so nothing
 * is copied and each keeps its form; other partitions are regrouped, and only a block of P that
 * cuts through one of J makes new rows.
 */
public final class BlockDiagonalSpd implements SpdOperator {

  private final List<SpdOperator> blocks;
  private final int[] starts;

  private BlockDiagonalSpd(List<SpdOperator> blocks, int[] starts) {
    this.blocks = blocks;
    this.starts = starts;
  }

  /** diag(P₁, P₂, …), at least one block. */
  public static BlockDiagonalSpd of(List<? extends SpdOperator> blocks) {
    if (blocks.isEmpty())
      throw new IllegalArgumentException("BlockDiagonalSpd: 0 blocks were given; give at least 1");
    var starts = new int[blocks.size() + 1];
    for (int b = 0; b < blocks.size(); b++)
      starts[b + 1] = Math.addExact(starts[b], blocks.get(b).size());
    return new BlockDiagonalSpd(List.copyOf(blocks), starts);
  }

  /** P₁, P₂, …, in order. */
  public List<SpdOperator> blocks() {
    return blocks;
  }

  @Override
  public int size() {
    return starts[blocks.size()];
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
  public double[] times(double[] v) {
    Arrays.requireLength("BlockDiagonalSpd.times", size(), v);
    return joined(v, SpdOperator::size, SpdOperator::times);
  }

  @Override
  public double[] solve(double[] b) {
    Arrays.requireLength("BlockDiagonalSpd.solve", size(), b);
    return joined(b, SpdOperator::size, SpdOperator::solve);
  }

  @Override
  public double[] diagonal() {
    return joined(new double[size()], SpdOperator::size, (block, unused) -> block.diagonal());
  }

  @Override
  public double[] inverseDiagonal() {
    return joined(
        new double[size()], SpdOperator::size, (block, unused) -> block.inverseDiagonal());
  }

  @Override
  public double[] unwhiten(double[] noise) {
    Arrays.requireLength("BlockDiagonalSpd.unwhiten", noiseSize(), noise);
    return joined(noise, SpdOperator::noiseSize, SpdOperator::unwhiten);
  }

  @Override
  public Matrix inverseQuadratic(Rows j) {
    OperatorArguments.sameSize("BlockDiagonalSpd.inverseQuadratic", j, this);
    return sum(j, SpdOperator::inverseQuadratic, Matrix::plus);
  }

  @Override
  public Matrix inverseQuadraticBlocks(Rows j) {
    OperatorArguments.sameSize("BlockDiagonalSpd.inverseQuadraticBlocks", j, this);
    return sum(j, SpdOperator::inverseQuadraticBlocks, Matrix::plus);
  }

  @Override
  public double[] inverseQuadraticDiagonal(Rows j) {
    OperatorArguments.sameSize("BlockDiagonalSpd.inverseQuadraticDiagonal", j, this);
    return sum(j, SpdOperator::inverseQuadraticDiagonal, Arrays::plus);
  }

  @Override
  public Matrix toDense() {
    var sum = new MatrixSum(size(), size());
    for (int b = 0; b < blocks.size(); b++) sum.add(blocks.get(b).toDense(), starts[b], starts[b]);
    return sum.total();
  }

  /** (f(P_b, v_b))_b, the v_b of the length that {@code lengthOf} says. */
  private double[] joined(
      double[] v,
      ToIntFunction<SpdOperator> lengthOf,
      BiFunction<SpdOperator, double[], double[]> part) {
    var joined = new double[size()];
    int at = 0;
    for (int b = 0; b < blocks.size(); b++) {
      SpdOperator block = blocks.get(b);
      int end = at + lengthOf.applyAsInt(block);
      System.arraycopy(
          part.apply(block, java.util.Arrays.copyOfRange(v, at, end)),
          0,
          joined,
          starts[b],
          block.size());
      at = end;
    }
    return joined;
  }

  /** Σ_b f(P_b, J_b), in the order of the blocks. */
  private <T> T sum(Rows j, BiFunction<SpdOperator, Rows, T> term, BiFunction<T, T, T> plus) {
    T sum = term.apply(blocks.get(0), columnsOf(0, j));
    for (int b = 1; b < blocks.size(); b++)
      sum = plus.apply(sum, term.apply(blocks.get(b), columnsOf(b, j)));
    return sum;
  }

  /** J_b. */
  private Rows columnsOf(int b, Rows j) {
    return j.select(IntStream.range(starts[b], starts[b + 1]).toArray());
  }
}
