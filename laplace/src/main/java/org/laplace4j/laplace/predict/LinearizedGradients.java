package org.laplace4j.laplace.predict;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.autodiff.InputGradients;
import org.laplace4j.autodiff.Linearization;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.LinearizedModel;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.nn.likelihood.Likelihood;

/**
 * The gradients in x of the mean and the variance of one output of the linearised network, exact.
 *
 * <pre>
 *   g = ∇θ f_c(θ*, x)      v = P⁻¹ g      σ² = gᵀ v
 *   ∂σ²/∂x = 2 vᵀ ∂g/∂x = 2 ∇ₓ [J_c(x) v],  v held fixed
 * </pre>
 *
 * <p>Each input has its own v, so each is swept alone: a solve, three reverse sweeps and a forward
 * one. No second derivative is formed.
 *
 * @param output c
 */
record LinearizedGradients(int output) implements Predictive<Likelihood, OutputGradients> {

  @Override
  public OutputGradients predict(LaplacePosterior<? extends Likelihood> posterior, Tensor x) {
    int b = x.shape().dim(0);
    double[] mean = new double[b];
    double[] variance = new double[b];
    List<Tensor> meanGradients = new ArrayList<>();
    List<Tensor> varianceGradients = new ArrayList<>();
    LinearizedModel model = posterior.model();
    for (int n = 0; n < b; n++) {
      Tensor one = x.slice(0, n, n + 1);
      InputGradients inputs =
          InputGradients.of(model.model(), model.space(), model.thetaStar(), one);
      Tensor f = inputs.output();
      Tensor unit = unit(f);
      double[] g =
          Linearization.of(model.model(), model.space(), model.thetaStar(), one).pullback(unit);
      double[] v = posterior.precision().solve(g);
      mean[n] = f.array()[output];
      variance[n] = Arrays.dot(g, v);
      meanGradients.add(inputs.gradient(unit));
      varianceGradients.add(inputs.tangentGradient(v, unit).times(2));
    }
    return new OutputGradients(
        Tensor.vector(mean),
        Tensor.vector(variance),
        Tensor.concat(0, meanGradients),
        Tensor.concat(0, varianceGradients));
  }

  private Tensor unit(Tensor f) {
    if (output < 0 || output >= f.size()) {
      throw new IllegalArgumentException("Predictive.gradients: there is no output " + output
          + "; the model has " + f.size() + ", 0 to " + (f.size() - 1) + ".");
    }
    double[] unit = new double[f.size()];
    unit[output] = 1;
    return Tensor.adopt(f.shape(), unit);
  }
}
