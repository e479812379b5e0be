package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.HomogeneousInput;
import org.laplace4j.linalg.rows.KhatriRaoRows;
import org.laplace4j.linalg.rows.MatrixSum;
import org.laplace4j.linalg.rows.Rows;

/**
 * H as one Kronecker product a layer: a weight and its bias are one weight [W b] of the inputs [a;
 * 1] (Martens and Grosse 2015), so that what H has between them is kept too.
 *
 * <pre>
 *   H_b = B ⊗ A / count      B = Σₙₖ δₙₖ δₙₖᵀ      A = Σₙ [aₙ; 1] [aₙ; 1]ᵀ
 * </pre>
 *
 * <p>A pair is a weight and the parameter after it, where its rows are those of a bias with the
 * same δ. The elements in the space must be rows × columns of the weight, and those rows of the
 * bias; and the layer applied once an example. All other parameters are blocks of their own, as in
 * {@link KroneckerCurvature}. With one prior precision for both P has a Kronecker eigenbasis; with
 * two (as {@code Prior.layerwise} gives) it is a dense block, or beyond its limit known by its
 * products.
 */
public final class JointKroneckerCurvature implements Curvature {
  private final List<JointBlock> blocks;

  private JointKroneckerCurvature(List<JointBlock> blocks) {
    this.blocks = blocks;
  }

  static JointKroneckerCurvature of(GradientRows g) {
    List<JointBlock> sums = new ArrayList<>();
    g.forEach(batch -> {
      List<JointBlock> blocks = blocks(batch, g.space().blocks());
      for (int b = 0; b < blocks.size(); b++) {
        if (b == sums.size()) {
          sums.add(blocks.get(b));
        } else {
          sums.set(b, sums.get(b).plus(blocks.get(b)));
        }
      }
    });
    return new JointKroneckerCurvature(sums);
  }

  private static List<JointBlock> blocks(BlockRows batch, List<ParameterSpace.Block> names) {
    List<Rows> rows = batch.blocks();
    List<JointBlock> blocks = new ArrayList<>();
    for (int b = 0; b < rows.size(); b++) {
      String name = names.get(b).name();
      Optional<KhatriRaoRows> pair = b + 1 < rows.size()
          ? HomogeneousInput.of(rows.get(b), rows.get(b + 1))
          : Optional.empty();
      if (pair.isPresent()) {
        blocks.add(JointBlock.ofPair(name, pair.get()));
        b++;
      } else {
        blocks.add(JointBlock.of(name, rows.get(b)));
      }
    }
    return blocks;
  }

  /** How many weights were joined with their bias. */
  public int pairs() {
    return (int) blocks.stream().filter(JointBlock::isPair).count();
  }

  @Override
  public Curvature plus(Curvature other) {
    List<JointBlock> others = SameStructure.require(this, other).blocks;
    SameStructure.requireSize("blocks", blocks.size(), others.size());
    List<JointBlock> sum = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      sum.add(blocks.get(b).plus(others.get(b)));
    }
    return new JointKroneckerCurvature(sum);
  }

  @Override
  public Curvature times(double c) {
    return new JointKroneckerCurvature(blocks.stream().map(b -> b.times(c)).toList());
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    List<SpdOperator> operators = new ArrayList<>();
    int at = 0;
    for (JointBlock block : blocks) {
      operators.add(block.plusPrior(Arrays.copyOfRange(precisions, at, at + block.size())));
      at += block.size();
    }
    return BlockDiagonalSpd.of(operators);
  }

  @Override
  public Matrix toDense() {
    int size = blocks.stream().mapToInt(JointBlock::size).sum();
    MatrixSum sum = new MatrixSum(size, size);
    int at = 0;
    for (JointBlock block : blocks) {
      sum.add(block.toDense(), at, at);
      at += block.size();
    }
    return sum.total();
  }
}
