package org.laplace4j.linalg.operator;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.DenseRows;
import org.laplace4j.linalg.rows.HomogeneousInput;
import org.laplace4j.linalg.rows.Rows;

/**
 * P = Π Q Πᵀ over the elements of a weight W (out, in), row-major, and then of its bias b (out),
 * for a Q over those of [W b] (out, in + 1), row-major: the same matrix in another order. Nothing
 * else differs, so every answer is Q's, in this order.
 *
 * <p>Rows of W and b that belong together become those of [W b] ({@link HomogeneousInput}); others
 * are multiplied out.
 */
public final class WeightAndBiasSpd implements SpdOperator {

  private final SpdOperator q;
  private final int weights;
  private final int[] places;

  private WeightAndBiasSpd(SpdOperator q, int weights, int[] places) {
    this.q = q;
    this.weights = weights;
    this.places = places;
  }

  /** P for Q over [W b] with W (out, in). */
  public static WeightAndBiasSpd of(SpdOperator q, int out, int in) {
    if (out < 1 || in < 1 || q.size() != (long) out * (in + 1)) {
      throw new IllegalArgumentException("WeightAndBiasSpd: an operator over " + q.size()
          + " elements was given for a weight (" + out + ", " + in
          + ") and its bias; give one over "
          + (long) out * (in + 1L) + ".");
    }
    return new WeightAndBiasSpd(q, out * in, places(out, in));
  }

  /** The places in [W b] of the elements of W, then of b: a new array. */
  public static int[] places(int out, int in) {
    return IntStream.concat(
            IntStream.range(0, out * in).map(e -> e / in * (in + 1) + e % in),
            IntStream.range(0, out).map(i -> i * (in + 1) + in))
        .toArray();
  }

  @Override
  public int size() {
    return q.size();
  }

  @Override
  public int noiseSize() {
    return q.noiseSize();
  }

  @Override
  public double logDet() {
    return q.logDet();
  }

  @Override
  public double logDetStandardError() {
    return q.logDetStandardError();
  }

  @Override
  public double[] diagonal() {
    return inThisOrder(q.diagonal());
  }

  @Override
  public double[] times(double[] v) {
    return through("WeightAndBiasSpd.times", v, q::times);
  }

  @Override
  public double[] solve(double[] b) {
    return through("WeightAndBiasSpd.solve", b, q::solve);
  }

  @Override
  public double[] inverseDiagonal() {
    return inThisOrder(q.inverseDiagonal());
  }

  @Override
  public double[] unwhiten(double[] noise) {
    return inThisOrder(q.unwhiten(noise));
  }

  @Override
  public Matrix inverseQuadratic(Rows j) {
    OperatorArguments.sameSize("WeightAndBiasSpd.inverseQuadratic", j, this);
    return q.inverseQuadratic(joined(j));
  }

  @Override
  public Matrix inverseQuadraticBlocks(Rows j) {
    OperatorArguments.sameSize("WeightAndBiasSpd.inverseQuadraticBlocks", j, this);
    return q.inverseQuadraticBlocks(joined(j));
  }

  @Override
  public double[] inverseQuadraticDiagonal(Rows j) {
    OperatorArguments.sameSize("WeightAndBiasSpd.inverseQuadraticDiagonal", j, this);
    return q.inverseQuadraticDiagonal(joined(j));
  }

  @Override
  public Matrix toDense() {
    return q.toDense().select(places, places);
  }

  private double[] through(String where, double[] v, UnaryOperator<double[]> of) {
    Arrays.requireLength(where, size(), v);
    var ordered = new double[v.length];
    for (int e = 0; e < v.length; e++) ordered[places[e]] = v[e];
    return inThisOrder(of.apply(ordered));
  }

  private double[] inThisOrder(double[] v) {
    var ordered = new double[places.length];
    for (int e = 0; e < ordered.length; e++) ordered[e] = v[places[e]];
    return ordered;
  }

  /** The same rows over [W b]. */
  private Rows joined(Rows j) {
    Rows ofWeight = j.select(IntStream.range(0, weights).toArray());
    Rows ofBias = j.select(IntStream.range(weights, size()).toArray());
    var structured = HomogeneousInput.of(ofWeight, ofBias);
    if (structured.isPresent()) return structured.get();
    var order = new int[places.length];
    for (int e = 0; e < order.length; e++) order[places[e]] = e;
    return new DenseRows(j.dense().selectColumns(order), j.examples(), j.columns());
  }
}
