package org.laplace4j.laplace.curvature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.rows.KroneckerFactors;
import org.laplace4j.linalg.rows.KroneckerSums;
import org.laplace4j.linalg.rows.SharedRows;

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
  private final Blocks<KroneckerBlock> blocks;

  private KroneckerCurvature(Blocks<KroneckerBlock> blocks) {
    this.blocks = blocks;
  }

  static KroneckerCurvature of(GradientRows g) {
    return new KroneckerCurvature(new Blocks<>(blocks(NamedRows.of(g))));
  }

  /**
   * KFAC-reduce (Eschenhagen et al. 2023): a weight that is applied at several positions of an
   * example counts as applied once, to their mean input and with the sum of their δ.
   */
  static KroneckerCurvature reduced(GradientRows g) {
    NamedRows rows = NamedRows.of(g, own -> own instanceof SharedRows s ? s.reduced() : own);
    return new KroneckerCurvature(new Blocks<>(blocks(rows)));
  }

  /** One pass: the summed factors of every block. */
  static List<KroneckerBlock> blocks(NamedRows rows) {
    List<Places> places = new ArrayList<>();
    KroneckerSums sums = new KroneckerSums();
    rows.forEach(batch -> {
      for (int b = places.size(); b < batch.blocks().size(); b++) {
        places.add(Places.of(rows.name(b), batch.blocks().get(b)));
      }
      sums.add(batch);
    });
    return KroneckerBlock.of(places, sums.totals());
  }

  /** The factors of each parameter of the space, unnormalised. */
  public List<KroneckerFactors> factors() {
    return blocks.each().stream().map(KroneckerBlock::factors).toList();
  }

  @Override
  public Curvature plus(Curvature other) {
    return new KroneckerCurvature(blocks.plus(SameStructure.require(this, other).blocks));
  }

  @Override
  public Curvature times(double c) {
    if (c == 1) return this; // the usual temperature: no second copy of the factors
    return new KroneckerCurvature(blocks.times(c));
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    KroneckerBlock.decompose(blocks.each(), precisions);
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
