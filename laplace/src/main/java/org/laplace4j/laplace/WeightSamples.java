package org.laplace4j.laplace;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.autodiff.Parameter;
import org.laplace4j.autodiff.ParameterSpace;
import org.laplace4j.autodiff.Weights;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.operator.SpdOperator;

/**
 * S draws θ* + M ε, M Mᵀ = P⁻¹, of the weights in a space. The noise ε of each draw and parameter
 * has a stream of its own, keyed by (key, draw, parameter): draw s is the same however many are
 * drawn, in whatever order, on however many threads.
 */
public final class WeightSamples {
  private final LinearizedModel model;
  private final Matrix active;

  private WeightSamples(LinearizedModel model, Matrix active) {
    this.model = model;
    this.active = active;
  }

  static WeightSamples draw(LinearizedModel model, SpdOperator precision, int count, long key) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "LaplacePosterior.samples: " + count + " draws were asked for; at least 1 is needed.");
    }
    double[] mean = model.mean();
    double[] draws = new double[Math.multiplyExact(count, mean.length)];
    for (int s = 0; s < count; s++) {
      double[] draw =
          Arrays.plus(mean, precision.unwhiten(noise(model.space(), precision, key, s)));
      System.arraycopy(draw, 0, draws, s * mean.length, mean.length);
    }
    return new WeightSamples(model, Matrix.adopt(count, mean.length, draws));
  }

  /**
   * One stream a parameter; an operator that needs more noise than Θ takes the rest from one more.
   */
  private static double[] noise(ParameterSpace space, SpdOperator precision, long key, int s) {
    double[] noise = new double[precision.noiseSize()];
    List<ParameterSpace.Block> blocks = space.blocks();
    for (int b = 0; b < blocks.size(); b++) {
      ParameterSpace.Block block = blocks.get(b);
      NormalStream.of(key, s, b).fill(noise, block.offset(), block.end());
    }
    NormalStream.of(key, s, blocks.size()).fill(noise, space.size(), noise.length);
    return noise;
  }

  /** S. */
  public int count() {
    return active.rows();
  }

  /** The elements of the space, (S, Θ). */
  public Matrix active() {
    return active;
  }

  /**
   * Every element of every parameter in the model's order, (S, all): the ones outside the space are
   * those of θ*, bit for bit.
   */
  public Matrix all() {
    List<double[]> rows = new ArrayList<>();
    for (int s = 0; s < count(); s++) {
      Weights weights = weights(s);
      double[] row = new double[0];
      for (Parameter p : model.model().parameters().values()) {
        double[] values = weights.get(p).array();
        int at = row.length;
        row = java.util.Arrays.copyOf(row, at + values.length);
        System.arraycopy(values, 0, row, at, values.length);
      }
      rows.add(row);
    }
    int width = rows.get(0).length;
    double[] all = new double[Math.multiplyExact(count(), width)];
    for (int s = 0; s < count(); s++) {
      System.arraycopy(rows.get(s), 0, all, s * width, width);
    }
    return Matrix.adopt(count(), width, all);
  }

  /** Draw s as weights, with which the model can be evaluated. */
  public Weights weights(int s) {
    return model.space().scatter(active.row(s), model.thetaStar());
  }
}
