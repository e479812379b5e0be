package org.laplace4j.propertytests.extension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.laplace4j.laplace.curvature.Curvature;
import org.laplace4j.laplace.curvature.GradientRows;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.DenseSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.MatrixSum;

/**
 * A structure of one's own: every entry of H between elements of the same parameter, none between
 * parameters. {@code BlockDiagonal::of} is the structure.
 *
 * <pre>  H_b = G_bᵀ G_b          P = diag(H₁ + diag(δ₁), H₂ + diag(δ₂), …)  </pre>
 */
record BlockDiagonal(List<Matrix> blocks) implements Curvature {
  static BlockDiagonal of(GradientRows g) {
    List<MatrixSum> sums = g.space().blocks().stream()
        .map(block -> new MatrixSum(block.size(), block.size()))
        .toList();
    g.forEach(batch -> IntStream.range(0, sums.size())
        .forEach(b -> batch.blocks().get(b).addGramTo(sums.get(b), 0)));
    return new BlockDiagonal(sums.stream().map(MatrixSum::total).toList());
  }

  @Override
  public Curvature plus(Curvature other) {
    List<Matrix> added = ((BlockDiagonal) other).blocks;
    return new BlockDiagonal(IntStream.range(0, blocks.size())
        .mapToObj(b -> blocks.get(b).plus(added.get(b)))
        .toList());
  }

  @Override
  public Curvature times(double c) {
    return new BlockDiagonal(blocks.stream().map(block -> block.times(c)).toList());
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    List<SpdOperator> operators = new ArrayList<>();
    int at = 0;
    for (Matrix block : blocks) {
      double[] delta = Arrays.copyOfRange(precisions, at, at + block.rows());
      operators.add(DenseSpd.of(block.plusDiagonal(delta)));
      at += block.rows();
    }
    return BlockDiagonalSpd.of(operators);
  }

  @Override
  public Matrix toDense() {
    int size = blocks.stream().mapToInt(Matrix::rows).sum();
    MatrixSum sum = new MatrixSum(size, size);
    int at = 0;
    for (Matrix block : blocks) {
      sum.add(block, at, at);
      at += block.rows();
    }
    return sum.total();
  }
}
