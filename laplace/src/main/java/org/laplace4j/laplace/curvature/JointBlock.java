package org.laplace4j.laplace.curvature;

import java.util.stream.IntStream;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;
import org.laplace4j.linalg.operator.WeightAndBiasSpd;
import org.laplace4j.linalg.rows.HomogeneousInput;
import org.laplace4j.linalg.rows.Rows;

/**
 * The part of a Kronecker curvature that belongs to a weight and its bias together, or to one
 * parameter by itself. The elements of the space follow the order W, b; the block, for a pair, that
 * of [W b].
 */
final class JointBlock {
  private final KroneckerBlock block;
  private final boolean isPair;

  private JointBlock(KroneckerBlock block, boolean isPair) {
    this.block = block;
    this.isPair = isPair;
  }

  /** Of one parameter. */
  static JointBlock of(String name, Rows rows) {
    return new JointBlock(KroneckerBlock.of(Places.of(name, rows), rows.kroneckerFactors()), false);
  }

  /** Of the weight and the bias whose rows {@link HomogeneousInput} can join. */
  static JointBlock ofPair(String name, Rows joined) {
    return new JointBlock(
        KroneckerBlock.of(Places.of(name, joined), joined.kroneckerFactors()), true);
  }

  boolean isPair() {
    return isPair;
  }

  int size() {
    return block.size();
  }

  JointBlock plus(JointBlock other) {
    if (isPair != other.isPair) {
      throw new IllegalArgumentException("Curvature.plus: a weight and its bias are joined in one"
          + " curvature and not in the other; fit both over the same space.");
    }
    return new JointBlock(block.plus(other.block), isPair);
  }

  JointBlock times(double c) {
    return new JointBlock(block.times(c), isPair);
  }

  SpdOperator plusPrior(double[] precisions) {
    if (!isPair) return block.plusPrior(precisions);
    double[] ordered = new double[precisions.length];
    int[] places = places();
    for (int e = 0; e < ordered.length; e++) ordered[places[e]] = precisions[e];
    return WeightAndBiasSpd.of(block.plusPrior(ordered), out(), in());
  }

  Matrix toDense() {
    return block.toDense().select(places(), places());
  }

  private int[] places() {
    return isPair
        ? WeightAndBiasSpd.places(out(), in())
        : IntStream.range(0, size()).toArray();
  }

  private int out() {
    return block.factors().b().rows();
  }

  private int in() {
    return block.factors().a().rows() - 1;
  }
}
