package org.laplace4j.laplace;

import java.util.LinkedHashSet;
import java.util.function.IntFunction;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * S draws from a posterior, each made when it is asked for, so that memory does not grow with S.
 *
 * <pre>  θ_s = θ* + M ε_s,  M Mᵀ = P⁻¹  </pre>
 *
 * <p>Two ways to write a draw down, whatever the subset and whatever the structure:
 *
 * <ul>
 *   <li><b>active</b>, (Θ): the random elements and nothing else, in the order of
 *       {@link org.laplace4j.autodiff.ParameterSpace}: parameter by parameter as the model has
 *       them, within one its selected and trainable elements, row-major. The structure says how
 *       they are correlated, not what they are: P⁻¹ is their exact covariance.
 *   <li><b>all</b>: every element of every parameter of the model, row-major, one parameter after
 *       the other as the model has them, each once (a shared one where it comes first). The
 *       elements that are not active are those of θ*, bit for bit.
 * </ul>
 *
 * <p>Draw s is a function of the key that was taken from the generator, and of s: it is the same
 * however many are drawn, in whatever order, on however many threads. The noise of a parameter is a
 * function of the key, of s and of the parameter's place in the model, so a weight whose precision
 * does not change keeps its draws when other parameters become random too.
 */
public final class WeightSamples {
  private final LinearizedModel model;
  private final SpdOperator precision;
  private final WeightNoise noise;
  private final int count;

  private WeightSamples(
      LinearizedModel model, SpdOperator precision, WeightNoise noise, int count) {
    this.model = model;
    this.precision = precision;
    this.noise = noise;
    this.count = count;
  }

  static WeightSamples of(LinearizedModel model, SpdOperator precision, int count, long key) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "LaplacePosterior.samples: " + count + " draws were asked for; at least 1 is needed.");
    }
    return new WeightSamples(model, precision, WeightNoise.of(model, precision, key), count);
  }

  /** S. */
  public int count() {
    return count;
  }

  /** Draw s of the active elements, (Θ). */
  public double[] active(int s) {
    if (s < 0 || s >= count) {
      throw new IllegalArgumentException(
          "WeightSamples: draw " + s + " was asked for; there are draws 0 to " + (count - 1) + ".");
    }
    return Arrays.plus(model.mean(), precision.unwhiten(noise.of(s)));
  }

  /** Every draw of the active elements, (S, Θ). */
  public Matrix active() {
    return rows(this::active);
  }

  /** Draw s as weights, with which the model can be evaluated. */
  public Weights weights(int s) {
    return model.space().scatter(active(s), model.thetaStar());
  }

  /** Draw s of all elements. */
  public double[] all(int s) {
    Weights weights = weights(s);
    return new LinkedHashSet<>(model.model().parameters().values())
        .stream()
            .map(weights::get)
            .flatMapToDouble(tensor -> java.util.Arrays.stream(tensor.array()))
            .toArray();
  }

  /** Every draw of all elements, (S, all). */
  public Matrix all() {
    return rows(this::all);
  }

  private Matrix rows(IntFunction<double[]> row) {
    double[] first = row.apply(0);
    double[] rows = java.util.Arrays.copyOf(first, Math.multiplyExact(count, first.length));
    for (int s = 1; s < count; s++) {
      System.arraycopy(row.apply(s), 0, rows, s * first.length, first.length);
    }
    return Matrix.adopt(count, first.length, rows);
  }
}
