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
   * With the last class apart, q = √p_C and k &lt; C:
   *
   * <pre>
   *   S = diag(√p) + u √pᵀ over the others,   u = −(p, q (1 + q)) / (1 + q)
   *   S Sᵀ = diag(p) − p pᵀ                   since (‖√p‖² = 1 − q²) / (1 + q)² − 2 / (1 + q) = −1
   *   Sₖₖ = √pₖ (q + Σ_{j ≠ k} pⱼ) / (1 + q)    where 1 − pₖ would cancel
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
    for (int n = 0; n < b; n++) {
      double q = Math.sqrt(p[n * c + c - 1]);
      double[] others = sumsOfOthers(p, n * c, c);
      for (int k = 0; k < c - 1; k++) {
        double own = p[n * c + k];
        v[n * (c - 1) + k] = Math.sqrt(own);
        u[n * c + k] = -own / (1 + q);
        t[n * (c - 1) + k] = Math.sqrt(own) * (q + others[k]) / (1 + q);
      }
      u[n * c + c - 1] = -q;
    }
    return Optional.of(OutputRoots.of(
        Matrix.adopt(b, c - 1, t), Matrix.adopt(b, c, u), Matrix.adopt(b, c - 1, v)));
  }

  /** Σ_{j ≠ k} pⱼ for every k: what is before it and what is after it. */
  private static double[] sumsOfOthers(double[] p, int at, int c) {
    double[] sums = new double[c];
    double before = 0;
    for (int k = 0; k < c; k++) {
      sums[k] = before;
      before += p[at + k];
    }
    double after = 0;
    for (int k = c - 1; k >= 0; k--) {
      sums[k] += after;
      after += p[at + k];
    }
    return sums;
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
