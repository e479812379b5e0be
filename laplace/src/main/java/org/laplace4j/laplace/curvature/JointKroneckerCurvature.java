package org.laplace4j.laplace.curvature;

import java.util.List;
import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;

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
  private final Blocks<JointBlock<KroneckerBlock>> blocks;

  private JointKroneckerCurvature(Blocks<JointBlock<KroneckerBlock>> blocks) {
    this.blocks = blocks;
  }

  static JointKroneckerCurvature of(GradientRows g) {
    JoinedRows rows = new JoinedRows(g);
    List<KroneckerBlock> made = KroneckerCurvature.blocks(rows);
    return new JointKroneckerCurvature(rows.inOrderOfSpace(made));
  }

  /** How many weights were joined with their bias. */
  public int pairs() {
    return (int) blocks.each().stream().filter(JointBlock::isPair).count();
  }

  @Override
  public Curvature plus(Curvature other) {
    return new JointKroneckerCurvature(blocks.plus(SameStructure.require(this, other).blocks));
  }

  @Override
  public Curvature times(double c) {
    return new JointKroneckerCurvature(blocks.times(c));
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    return blocks.plusPrior(precisions);
  }

  @Override
  public Optional<double[]> eigenvalues(int from, int to) {
    return blocks.eigenvalues(from, to);
  }

  @Override
  public Matrix toDense() {
    return blocks.toDense();
  }
}
