package org.laplace4j.nn.likelihood;

import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

/**
 * p = softmax(f) over C ≥ 2 classes.
 *
 * <pre>
 *   log p(y | f) = f_y − log Σ eᶠ        score = e_y − p
 *   Λ = diag(p) − p pᵀ = S Sᵀ  with  S = diag(√p) − p √pᵀ
 * </pre>
 */
public record Categorical() implements ClassLikelihood {

  @Override
  public Tensor probabilities(Tensor f) {
    return f.softmax();
  }

  @Override
  public Tensor logProbabilities(Tensor f) {
    return f.logSoftmax();
  }

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    return f.logSoftmax().times(oneHot(y, f.shape().dim(-1))).sum(false, -1);
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    return oneHot(y, f.shape().dim(-1)).minus(probabilities(f));
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    int b = f.shape().dim(0);
    int c = f.shape().dim(1);
    double[] p = probabilities(f).array();
    double[] s = new double[b * c * c];
    for (int n = 0; n < b; n++) {
      for (int i = 0; i < c; i++) {
        for (int j = 0; j < c; j++) {
          double root = Math.sqrt(p[n * c + j]);
          s[(n * c + i) * c + j] = (i == j ? root : 0) - p[n * c + i] * root;
        }
      }
    }
    return Tensor.adopt(Shape.of(b, c, c), s);
  }

  /** The first class whose cumulative probability exceeds a uniform number. */
  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    int c = f.shape().dim(1);
    double[] p = probabilities(f).array();
    int[] labels = new int[f.shape().dim(0)];
    for (int n = 0; n < labels.length; n++) {
      double u = rng.nextDouble() - p[n * c];
      while (u >= 0 && labels[n] < c - 1) {
        u -= p[n * c + ++labels[n]];
      }
    }
    return Targets.labels(labels);
  }

  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.outputs("Categorical", f, y);
    if (f.shape().dim(1) < 2) {
      throw new IllegalArgumentException(
          "Categorical: needs one output a class and at least 2 classes, the outputs are "
              + f.shape() + "; for one logit use Bernoulli.");
    }
    LikelihoodChecks.labels("Categorical", y, f.shape().dim(1));
  }

  private static Tensor oneHot(Targets y, int classes) {
    double[] values = new double[y.count() * classes];
    for (int n = 0; n < y.count(); n++) {
      values[n * classes + y.label(n)] = 1;
    }
    return Tensor.adopt(Shape.of(y.count(), classes), values);
  }
}
