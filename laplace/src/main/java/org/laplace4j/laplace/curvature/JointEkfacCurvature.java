package org.laplace4j.laplace.curvature;

import java.util.List;
import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * EKFAC with each weight and its bias as one weight [W b] of the inputs [a; 1], so that what H has
 * between them is kept too; pairs as in {@link JointKroneckerCurvature}, the diagonal in their
 * eigenbases as in {@link EkfacCurvature}.
 *
 * <pre>  H_b = (U_B ⊗ U_A) diag(S) (U_B ⊗ U_A)ᵀ, U_A of Σₙ [aₙ; 1] [aₙ; 1]ᵀ  </pre>
 */
public final class JointEkfacCurvature implements Curvature {
  private final Blocks<JointBlock<EkfacBlock>> blocks;

  private JointEkfacCurvature(Blocks<JointBlock<EkfacBlock>> blocks) {
    this.blocks = blocks;
  }

  static JointEkfacCurvature of(GradientRows g) {
    JoinedRows rows = new JoinedRows(g);
    List<EkfacBlock> made = EkfacCurvature.blocks(rows);
    return new JointEkfacCurvature(rows.inOrderOfSpace(made));
  }

  /** How many weights were joined with their bias. */
  public int pairs() {
    return (int) blocks.each().stream().filter(JointBlock::isPair).count();
  }

  @Override
  public Curvature plus(Curvature other) {
    return new JointEkfacCurvature(blocks.plus(SameStructure.require(this, other).blocks));
  }

  @Override
  public Curvature times(double c) {
    return new JointEkfacCurvature(blocks.times(c));
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
