package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.BlockRows;

/**
 * H in the Kronecker eigenbasis with measured second moments (EKFAC, George et al. 2018): of all
 * diagonals in that basis the one nearest to H, where Kronecker takes the products of eigenvalues.
 *
 * <pre>
 *   H_b = (U_B ⊗ U_A) diag(S) (U_B ⊗ U_A)ᵀ        S = Σₙₖ ((U_B ⊗ U_A)ᵀ gₙₖ)²
 * </pre>
 *
 * <p>Two passes over the data. Adding two curvatures takes the eigenbases of the added factors, and
 * in them the diagonal of the sum of both matrices: what lies off that diagonal is lost.
 */
public final class EkfacCurvature implements Curvature {
  private final Blocks<EkfacBlock> blocks;

  private EkfacCurvature(Blocks<EkfacBlock> blocks) {
    this.blocks = blocks;
  }

  static EkfacCurvature of(GradientRows g) {
    return new EkfacCurvature(new Blocks<>(blocks(NamedRows.of(g))));
  }

  /** Two passes: the eigenbases of every block, and then the moments in them. */
  static List<EkfacBlock> blocks(NamedRows rows) {
    List<KroneckerBlock> factors = KroneckerCurvature.blocks(rows);
    List<double[]> moments = factors.stream()
        .map(f -> new double[f.factors().b().rows() * f.factors().a().rows()])
        .toList();
    rows.forEach(batch -> addMoments(moments, factors, batch));
    List<EkfacBlock> blocks = new ArrayList<>();
    for (int b = 0; b < factors.size(); b++) {
      blocks.add(EkfacBlock.of(factors.get(b), moments.get(b)));
    }
    return blocks;
  }

  private static void addMoments(
      List<double[]> moments, List<KroneckerBlock> factors, BlockRows batch) {
    for (int b = 0; b < factors.size(); b++) {
      Matrix uB = factors.get(b).eigenB().vectors();
      Matrix uA = factors.get(b).eigenA().vectors();
      double[] squares = Places.touched(batch.blocks().get(b)).rotated(uB, uA).squares();
      org.laplace4j.linalg.Arrays.addScaled(1, squares, moments.get(b));
    }
  }

  @Override
  public Curvature plus(Curvature other) {
    return new EkfacCurvature(blocks.plus(SameStructure.require(this, other).blocks));
  }

  @Override
  public Curvature times(double c) {
    return new EkfacCurvature(blocks.times(c));
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
