package org.laplace4j.laplace.evidence;

import java.util.ArrayList;
import java.util.List;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.laplace.LaplacePosterior;
import org.laplace4j.laplace.predict.NormalPrediction;
import org.laplace4j.laplace.predict.OutputDistribution;
import org.laplace4j.laplace.predict.Predictive;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.NotPositiveDefiniteException;
import org.laplace4j.nn.Dataset;
import org.laplace4j.nn.Targets;
import org.laplace4j.nn.likelihood.Gaussian;

/**
 * What the linearised model says of each example when it is fitted to all others, in closed form:
 * one prediction of the data, and no refit. With S = J P⁻¹ Jᵀ of the example, (C, C), its residual
 * r = y − f(θ*), and R = T diag(σ²) τ²/w with the noise τ and the weight w of the example,
 *
 * <pre>
 *   mean        f − S (R − S)⁻¹ r
 *   covariance  S + S (R − S)⁻¹ S
 * </pre>
 *
 * <p>Exact where the model is linear, θ* is its optimum, and P keeps every entry of the GGN
 * ({@code Structure.full} or {@code functional}); of a network, exact for the one linearised at θ*.
 *
 * @param prediction of each example from all others, (N, C)
 * @param logDensities log p(yₙ | all others), (N)
 */
public record LeaveOneOut(NormalPrediction prediction, Tensor logDensities) {

  /**
   * For the data that the posterior was fitted to.
   *
   * @throws IllegalArgumentException if that is another number of examples
   * @throws NotPositiveDefiniteException if R − S is not positive definite, as it is for exact
   *     curvature: the structure says less of an example than the example itself
   */
  public static LeaveOneOut of(LaplacePosterior<Gaussian> posterior, Dataset data) {
    posterior.dataFit().requireDataOfFit("LeaveOneOut", data);
    List<NormalPrediction> parts = new ArrayList<>();
    List<Tensor> densities = new ArrayList<>();
    data.forEach(batch -> {
      OutputDistribution f = posterior.predict(batch.x(), Predictive.outputs());
      NormalPrediction part = part(posterior, f, batch.targets());
      parts.add(part);
      densities.add(part.logDensities(batch.targets().values()));
    });
    NormalPrediction all = new NormalPrediction(
        Tensor.concat(0, parts.stream().map(NormalPrediction::mean).toList()),
        Tensor.concat(0, parts.stream().map(NormalPrediction::epistemic).toList()),
        Tensor.concat(0, parts.stream().map(NormalPrediction::aleatoric).toList()));
    return new LeaveOneOut(all, Tensor.concat(0, densities));
  }

  /** Σₙ log p(yₙ | all others): the larger, the better. */
  public double logPseudoLikelihood() {
    return logDensities.sum().item();
  }

  private static NormalPrediction part(
      LaplacePosterior<Gaussian> posterior, OutputDistribution f, Targets targets) {
    int b = f.mean().shape().dim(0);
    int c = f.mean().shape().dim(1);
    Tensor y = targets.values();
    Tensor squares = targets.noise().square().reshape(b, 1);
    Tensor variances = Tensor.vector(posterior.likelihood().variances(c)).times(squares); // (B, C)
    Tensor inCurvature =
        variances.times(posterior.temperature()).dividedBy(targets.weights().reshape(b, 1));
    double[] mean = new double[b * c];
    double[] covariance = new double[b * c * c];
    for (int n = 0; n < b; n++) {
      Matrix s = f.covariance().slice(0, n, n + 1).reshape(c, c).matrix();
      Cholesky rest = withoutExample(
          n, Matrix.diagonal(inCurvature.slice(0, n, n + 1).array()).minus(s));
      double[] fn = f.mean().slice(0, n, n + 1).array();
      double[] r = org.laplace4j.linalg.Arrays.minus(y.slice(0, n, n + 1).array(), fn);
      double[] shifted = org.laplace4j.linalg.Arrays.minus(fn, s.times(rest.solve(r)));
      System.arraycopy(shifted, 0, mean, n * c, c);
      Matrix without = s.plus(s.times(rest.solve(s)));
      System.arraycopy(without.array(), 0, covariance, n * c * c, c * c);
    }
    return new NormalPrediction(
        Tensor.adopt(f.mean().shape(), mean),
        Tensor.adopt(Shape.of(b, c, c), covariance),
        variances);
  }

  private static Cholesky withoutExample(int n, Matrix rest) {
    try {
      return new Cholesky(rest);
    } catch (NotPositiveDefiniteException e) {
      throw new NotPositiveDefiniteException(
          "LeaveOneOut: R - S of example " + n + " in its batch: this structure knows less of the"
              + " example than it says itself; fit with Structure.full or functional",
          rest.rows(),
          e.pivot(),
          e.value());
    }
  }
}
