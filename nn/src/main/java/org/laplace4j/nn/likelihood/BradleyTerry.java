package org.laplace4j.nn.likelihood;

import java.util.random.RandomGenerator;
import org.laplace4j.autodiff.Shape;
import org.laplace4j.autodiff.Tensor;
import org.laplace4j.nn.Targets;

/**
 * Which of two items was preferred, from their rewards f = (r₀, r₁): label 0 for the first, 1 for
 * the second. One item wins by how much its reward w exceeds the loser's l.
 *
 * <pre>
 *   log p(y | f) = log σ(r_w − r_l)        score = (1 − p(y)) (e_w − e_l)
 *   Λ = p (1 − p) ( 1, −1; −1, 1 ) = S Sᵀ  with  S = √(p (1 − p)) (1, −1)ᵀ,  K = 1
 * </pre>
 *
 * <p>A reward network is applied to both items of a pair by {@link org.laplace4j.nn.layer.OfEach}.
 * Only differences of rewards are observed: a constant added to all rewards, such as a last bias,
 * keeps its prior.
 */
public record BradleyTerry() implements ClassLikelihood {

  /** The probabilities that the first and that the second is preferred, (…, 2) → (…, 2). */
  @Override
  public Tensor probabilities(Tensor f) {
    return f.softmax();
  }

  @Override
  public Tensor logDensities(Tensor f, Targets y) {
    return f.times(winnerMinusLoser(y)).sum(false, -1).negate().softplus().negate();
  }

  @Override
  public Tensor score(Tensor f, Targets y) {
    Tensor sign = winnerMinusLoser(y);
    return sign.times(f.times(sign).sum(true, -1).negate().sigmoid());
  }

  @Override
  public Tensor hessianRoot(Tensor f, Targets y) {
    double[] difference = firstMinusSecond(f).array();
    double[] s = new double[2 * difference.length];
    for (int n = 0; n < difference.length; n++) {
      // √(p (1 − p)) = 1/(2 cosh(d/2)), and e^(−|d|/2) keeps it from overflowing.
      double small = Math.exp(-Math.abs(difference[n]) / 2);
      s[2 * n] = small / (1 + small * small);
      s[2 * n + 1] = -s[2 * n];
    }
    return Tensor.adopt(Shape.of(difference.length, 2, 1), s);
  }

  @Override
  public Targets draw(Tensor f, RandomGenerator rng) {
    double[] first = firstMinusSecond(f).sigmoid().array();
    int[] labels = new int[first.length];
    for (int n = 0; n < labels.length; n++) {
      labels[n] = rng.nextDouble() < first[n] ? 0 : 1;
    }
    return Targets.labels(labels);
  }

  @Override
  public void check(Tensor f, Targets y) {
    LikelihoodChecks.outputs("BradleyTerry", f, y);
    if (f.shape().dim(1) != 2) {
      throw new IllegalArgumentException("BradleyTerry: two outputs are needed, the rewards of the"
          + " two items of a pair, the outputs are " + f.shape()
          + "; apply a reward network to inputs (B, 2, …) by OfEach.");
    }
    LikelihoodChecks.labels("BradleyTerry", y, 2);
  }

  private static Tensor firstMinusSecond(Tensor f) {
    return f.slice(1, 0, 1).minus(f.slice(1, 1, 2));
  }

  /** e_w − e_l of every pair, (B, 2). */
  private static Tensor winnerMinusLoser(Targets y) {
    double[] signs = new double[2 * y.count()];
    for (int n = 0; n < y.count(); n++) {
      signs[2 * n + y.label(n)] = 1;
      signs[2 * n + 1 - y.label(n)] = -1;
    }
    return Tensor.adopt(Shape.of(y.count(), 2), signs);
  }
}
