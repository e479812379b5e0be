package org.laplace4j.laplace.curvature;

import java.util.Optional;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.operator.WeightAndBiasSpd;

/**
 * A block that belongs to a weight W (out, in) and its bias together, or to one parameter by
 * itself. The elements of the space follow the order W, b; the block, for a pair, that of [W b].
 *
 * @param out 0 for one parameter
 */
record JointBlock<B extends CurvatureBlock<B>>(B block, int out, int in)
    implements CurvatureBlock<JointBlock<B>> {

  /** Of one parameter. */
  static <B extends CurvatureBlock<B>> JointBlock<B> of(B block) {
    return new JointBlock<>(block, 0, 0);
  }

  /** Of [W b]. */
  static <B extends CurvatureBlock<B>> JointBlock<B> ofPair(B block, int out, int in) {
    return new JointBlock<>(block, out, in);
  }

  boolean isPair() {
    return out > 0;
  }

  @Override
  public int size() {
    return block.size();
  }

  @Override
  public JointBlock<B> plus(JointBlock<B> other) {
    if (isPair() != other.isPair()) {
      throw new IllegalArgumentException("Curvature.plus: a weight and its bias are joined in one"
          + " curvature and not in the other; fit both over the same space.");
    }
    return new JointBlock<>(block.plus(other.block), out, in);
  }

  @Override
  public JointBlock<B> times(double c) {
    return new JointBlock<>(block.times(c), out, in);
  }

  @Override
  public SpdOperator plusPrior(double[] precisions) {
    if (!isPair()) return block.plusPrior(precisions);
    double[] ordered = new double[precisions.length];
    int[] places = WeightAndBiasSpd.places(out, in);
    for (int e = 0; e < ordered.length; e++) ordered[places[e]] = precisions[e];
    return WeightAndBiasSpd.of(block.plusPrior(ordered), out, in);
  }

  /** Another order of the elements does not change them. */
  @Override
  public Optional<double[]> eigenvalues() {
    return block.eigenvalues();
  }

  @Override
  public Matrix toDense() {
    if (!isPair()) return block.toDense();
    int[] places = WeightAndBiasSpd.places(out, in);
    return block.toDense().select(places, places);
  }
}
