package org.laplace4j.laplace.curvature;

import java.util.Arrays;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * Of a source what belongs to one output c alone: H = Σₙ Λₙcc Jₙcᵀ Jₙc with Λ = S Sᵀ, one column.
 *
 * @param source the columns of S
 * @param output c
 */
public record OneOutput(CurvatureSource source, int output) implements CurvatureSource {

  /** Checks that c ≥ 0. */
  public OneOutput {
    if (output < 0) {
      throw new IllegalArgumentException(
          "OneOutput: output " + output + " was asked for; the first is 0.");
    }
  }

  @Override
  public Tensor columns(Likelihood likelihood, Tensor f, Targets y, long first) {
    if (output >= f.shape().dim(1)) {
      throw new IllegalArgumentException(
          "OneOutput: output " + output + " was asked for; there are "
              + f.shape().dim(1) + ", 0 to " + (f.shape().dim(1) - 1) + ".");
    }
    Tensor lambda = source.columns(likelihood, f, y, first).square().sum(false, 0); // (B, C)
    double[] unit = new double[f.shape().dim(1)];
    Arrays.setAll(unit, c -> c == output ? 1 : 0);
    return lambda.sqrt().times(Tensor.vector(unit)).reshape(f.shape().prepend(1));
  }

  @Override
  public int noisePower() {
    return source.noisePower();
  }
}
