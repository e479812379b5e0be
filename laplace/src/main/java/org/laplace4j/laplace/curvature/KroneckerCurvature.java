package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.BlockDiagonalSpd;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.KroneckerFactors;
import org.laplace4j.linalg.rows.KroneckerSums;
import org.laplace4j.linalg.rows.MatrixSum;

/**
 * H as one Kronecker product a parameter (KFAC, Martens and Grosse 2015; KFAC-expand under weight
 * sharing, Eschenhagen et al. 2023); a weight and its bias are separate blocks.
 *
 * <pre>
 *   H_b = B ⊗ A / count      B = Σₙₖ δₙₖ δₙₖᵀ      A = Σₙ aₙ aₙᵀ
 * </pre>
 *
 * <p>Under a mask the block is the principal submatrix of that product, see {@link KroneckerBlock}.
 * Adding two curvatures adds their factors: that is KFAC of all the data, not the sum of the two
 * matrices.
 */
public final class KroneckerCurvature implements Curvature {
  private final List<KroneckerBlock> blocks;

  private KroneckerCurvature(List<KroneckerBlock> blocks) {
    this.blocks = blocks;
  }

  static KroneckerCurvature of(GradientRows g) {
    return new KroneckerCurvature(blocks(g));
  }

  /** One pass: the summed factors of every parameter. */
  static List<KroneckerBlock> blocks(GradientRows g) {
    List<Places> places = new ArrayList<>();
    KroneckerSums sums = new KroneckerSums();
    g.forEach(batch -> {
      for (int b = places.size(); b < batch.blocks().size(); b++) {
        String name = g.space().blocks().get(b).name();
        places.add(Places.of(name, batch.blocks().get(b)));
      }
      sums.add(batch);
    });
    return KroneckerBlock.of(places, sums.totals());
  }

  /** The factors of each parameter of the space, unnormalised. */
  public List<KroneckerFactors> factors() {
    return blocks.stream().map(KroneckerBlock::factors).toList();
  }

  @Override
  public Curvature plus(Curvature other) {
    List<KroneckerBlock> others = SameStructure.require(this, other).blocks;
    SameStructure.requireSize("parameters", blocks.size(), others.size());
    List<KroneckerBlock> sum = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b++) {
      sum.add(blocks.get(b).plus(others.get(b)));
    }
    return new KroneckerCurvature(sum);
  }

  @Override
  public Curvature times(double c) {
    return new KroneckerCurvature(blocks.stream().map(b -> b.times(c)).toList());
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    List<SpdOperator> operators = new ArrayList<>();
    int at = 0;
    for (KroneckerBlock block : blocks) {
      operators.add(block.plusPrior(Arrays.copyOfRange(precisions, at, at + block.size())));
      at += block.size();
    }
    return BlockDiagonalSpd.of(operators);
  }

  @Override
  public Optional<double[]> eigenvalues(int from, int to) {
    double[] values = new double[to - from];
    int at = 0;
    for (KroneckerBlock block : blocks) {
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
    int size = blocks.stream().mapToInt(KroneckerBlock::size).sum();
    MatrixSum sum = new MatrixSum(size, size);
    int at = 0;
    for (KroneckerBlock block : blocks) {
      sum.add(block.toDense(), at, at);
      at += block.size();
    }
    return sum.total();
  }
}
