package org.laplace4j.laplace;

import java.util.LinkedHashSet;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;
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
  /** Numbers of draws, or of their noise, that are made together: 32 MB. */
  private static final int CHUNK = 1 << 22;

  /** More draws at a time read what they share no less often. */
  private static final int MOST_TOGETHER = 128;

  private final LinearizedModel model;
  private final SpdOperator precision;
  private final WeightNoise noise;
  private final double[] mean;
  private final int count;

  private WeightSamples(
      LinearizedModel model, SpdOperator precision, WeightNoise noise, int count) {
    this.model = model;
    this.precision = precision;
    this.noise = noise;
    this.mean = model.mean();
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
    return Arrays.plus(mean, precision.unwhiten(noise.of(s)));
  }

  /**
   * Draws {@code from} (inclusive) to {@code to} (exclusive) of the active elements, one a row, (to
   * − from, Θ): the same bits as one by one, in less time.
   */
  public Matrix active(int from, int to) {
    if (from < 0 || from > to || to > count) {
      throw new IllegalArgumentException("WeightSamples: draws " + from + " to " + to
          + " (exclusive) were asked for; there are draws 0 to " + (count - 1) + ".");
    }
    double[] draws = precision.unwhiten(noise.of(from, to)).array(); // no one else's
    Parallel.ranges(to - from, 2L * mean.length, (first, end) -> {
      for (int s = first; s < end; s++) {
        for (int i = 0; i < mean.length; i++) {
          draws[s * mean.length + i] += mean[i];
        }
      }
    });
    return Matrix.adopt(to - from, mean.length, draws);
  }

  /** Every draw of the active elements, (S, Θ). */
  public Matrix active() {
    double[] draws = new double[Math.multiplyExact(count, mean.length)];
    forEachChunk((from, chunk) ->
        System.arraycopy(chunk.array(), 0, draws, from * mean.length, chunk.array().length));
    return Matrix.adopt(count, mean.length, draws);
  }

  /** What is done with some draws, (k, Θ), of which the first has the number {@code from}. */
  public interface Chunk {
    /** Does it. */
    void take(int from, Matrix draws);
  }

  /**
   * All draws of the active elements in order, some at a time: at most as many as have their noise
   * in 32 MB, or one, so that memory does not grow with S; a power of two, which any number of
   * threads shares best.
   */
  public void forEachChunk(Chunk chunk) {
    int each = Math.max(mean.length, precision.noiseSize());
    int together = Integer.highestOneBit(Math.max(1, Math.min(MOST_TOGETHER, CHUNK / each)));
    for (int from = 0, to; from < count; from = to) {
      to = from + Math.min(together, count - from);
      chunk.take(from, active(from, to));
    }
  }

  /** Draw s as weights, with which the model can be evaluated. */
  public Weights weights(int s) {
    return model.space().scatter(active(s), model.thetaStar());
  }

  /** Draw s of all elements. */
  public double[] all(int s) {
    return all(weights(s));
  }

  private double[] all(Weights weights) {
    return new LinkedHashSet<>(model.model().parameters().values())
        .stream()
            .map(weights::get)
            .flatMapToDouble(tensor -> java.util.Arrays.stream(tensor.array()))
            .toArray();
  }

  /** Every draw of all elements, (S, all). */
  public Matrix all() {
    int width = all(model.thetaStar()).length;
    double[] rows = new double[Math.multiplyExact(count, width)];
    forEachChunk((from, chunk) -> {
      for (int s = 0; s < chunk.rows(); s++) {
        Weights weights = model.space().scatter(chunk.row(s), model.thetaStar());
        System.arraycopy(all(weights), 0, rows, (from + s) * width, width);
      }
    });
    return Matrix.adopt(count, width, rows);
  }
}
