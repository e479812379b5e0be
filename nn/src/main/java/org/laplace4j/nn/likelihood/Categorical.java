package org.laplace4j.nn.likelihood;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.Parallel;
import org.laplace4j.linalg.rows.OutputRoots;
import org.laplace4j.nn.Targets;

/**
 * p = softmax(f) over C ≥ 2 classes.
 *
 * <pre>
 *   log p(y | f) = f_y − log Σ eᶠ        score = e_y − p
 *   Λ = diag(p) − p pᵀ = S Sᵀ,   S (C, C − 1), since Λ has rank C − 1:
 *
 *   Sⱼⱼ = √(pⱼ rⱼ₊₁ / rⱼ)      Sᵢⱼ = −pᵢ √(pⱼ / (rⱼ rⱼ₊₁)) for i > j,   rⱼ = Σ_{i ≥ j} pᵢ
 * </pre>
 *
 * <p>That S is the Cholesky factor (Tanabe and Sagae 1992): it tells class j from those after it.
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
    double[] s = new double[b * c * (c - 1)];
    Parallel.ranges(b, (long) c * c, (from, to) -> {
      for (int n = from; n < to; n++) {
        writeRoot(p, n, c, s);
      }
    });
    return Tensor.adopt(Shape.of(b, c, c - 1), s);
  }

  /** Writes S of one example. */
  private static void writeRoot(double[] p, int n, int c, double[] s) {
    double rest = 0; // rⱼ₊₁: a sum of what is left, where 1 minus the others would cancel
    for (int j = c - 1; j >= 0; j--) {
      double own = p[n * c + j];
      if (rest > 0) {
        double share = Math.sqrt(own / (own + rest));
        double root = Math.sqrt(rest);
        s[(n * c + j) * (c - 1) + j] = share * root;
        for (int i = j + 1; i < c; i++) {
          s[(n * c + i) * (c - 1) + j] = -share * (p[n * c + i] / root);
        }
      }
      rest += own;
    }
  }

  /**
   * With the most probable class m set apart, q = √pₘ ≥ 1/√C, so that nothing cancels:
   *
   * <pre>
   *   S = E diag(√p) + u √pᵀ, p those of the others    u = −p / (1 + q), and −q of class m
   *   S Sᵀ = diag(p) − p pᵀ                            since (1 − q²) / (1 + q)² − 2 / (1 + q) = −1
   * </pre>
   */
  @Override
  public Optional<OutputRoots> outputRoots(Tensor f, Targets y) {
    int b = f.shape().dim(0);
    int c = f.shape().dim(1);
    double[] p = probabilities(f).array();
    double[] t = new double[b * (c - 1)];
    double[] u = new double[b * c];
    double[] v = new double[b * (c - 1)];
    int[] apart = new int[b];
    for (int n = 0; n < b; n++) {
      int m = mostProbable(p, n * c, c);
      double q = Math.sqrt(p[n * c + m]);
      for (int k = 0; k < c - 1; k++) {
        double own = p[n * c + (k == m ? c - 1 : k)];
        v[n * (c - 1) + k] = Math.sqrt(own);
        t[n * (c - 1) + k] = Math.sqrt(own) * (1 - own / (1 + q));
      }
      for (int i = 0; i < c; i++) {
        u[n * c + i] = i == m ? -q : -p[n * c + i] / (1 + q);
      }
      apart[n] = m;
    }
    return Optional.of(OutputRoots.withOneApart(
        Matrix.adopt(b, c - 1, t), Matrix.adopt(b, c, u), Matrix.adopt(b, c - 1, v), apart));
  }

  private static int mostProbable(double[] p, int at, int c) {
    int most = 0;
    for (int k = 1; k < c; k++) {
      most = p[at + k] > p[at + most] ? k : most;
    }
    return most;
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
