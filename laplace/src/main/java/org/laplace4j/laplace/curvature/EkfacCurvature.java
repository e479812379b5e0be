package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.BlockRows;
import org.laplace4j.linalg.rows.MatrixSum;

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
  private final List<EkfacBlock> blocks;

  private EkfacCurvature(List<EkfacBlock> blocks) {
    this.blocks = blocks;
  }

  static EkfacCurvature of(GradientRows g) {
    List<KroneckerBlock> factors = KroneckerCurvature.blocks(g);
    List<double[]> moments = factors.stream()
        .map(f -> new double[f.factors().b().rows() * f.factors().a().rows()])
        .toList();
    g.forEach(batch -> addMoments(moments, factors, batch));
    List<EkfacBlock> blocks = new ArrayList<>();
    for (int b = 0; b < factors.size(); b++) {
      blocks.add(EkfacBlock.of(factors.get(b), moments.get(b)));
    }
    return new EkfacCurvature(blocks);
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
    List<EkfacBlock> others = SameStructure.require(this, other).blocks;
    SameStructure.requireSize("parameters", blocks.size(), others.size());
    List<EkfacBlock> sum = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      sum.add(blocks.get(b).plus(others.get(b)));
    }
    return new EkfacCurvature(sum);
  }

  @Override
  public Curvature times(double c) {
    return new EkfacCurvature(blocks.stream().map(b -> b.times(c)).toList());
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    List<SpdOperator> operators = new ArrayList<>();
    int at = 0;
    for (EkfacBlock block : blocks) {
      operators.add(block.plusPrior(Arrays.copyOfRange(precisions, at, at + block.size())));
      at += block.size();
    }
    return BlockDiagonalSpd.of(operators);
  }

  @Override
  public Optional<double[]> eigenvalues(int from, int to) {
    double[] values = new double[to - from];
    int at = 0;
    for (EkfacBlock block : blocks) {
      int end = at + block.size();
      if (at < to && end > from) {
        Optional<double[]> own = block.eigenvalues();
        if (at < from || end > to || own.isEmpty()) {
          return Optional.empty();
        }
        System.arraycopy(own.get(), 0, values, at - from, own.get().length);
      }
      at = end;
    }
    return Optional.of(values);
  }

  @Override
  public Matrix toDense() {
    int size = blocks.stream().mapToInt(EkfacBlock::size).sum();
    MatrixSum sum = new MatrixSum(size, size);
    int at = 0;
    for (EkfacBlock block : blocks) {
      sum.add(block.toDense(), at, at);
      at += block.size();
    }
    return sum.total();
  }
}
