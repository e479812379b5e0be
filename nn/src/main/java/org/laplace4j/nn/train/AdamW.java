package org.laplace4j.nn.train;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2019, in PyTorch's form).
 *
 * <pre>
 *   θ ← (1 − η λ) θ          then Adam's step, its gradient taken before the decay
 * </pre>
 *
 * <p>The decay λ is no prior: it shrinks every weight alike, whereas a Gaussian prior in the
 * objective goes through Adam's scaling. Where the two are to agree on an optimum, as for a Laplace
 * approximation, use {@link Adam} and let the prior decay the weights.
 *
 * @param adam the step
 * @param decay λ
 */
public record AdamW(Adam adam, double decay) implements Optimizer {

  /** Checks that 0 ≤ λ &lt; ∞ and η λ &lt; 1, so that no weight changes sign by decay. */
  public AdamW {
    Checks.fraction("AdamW", "product of rate and decay", adam.rate() * decay);
  }

  /** {@link Adam#of(double)} with decay λ (PyTorch's default is 0.01). */
  public static AdamW of(double rate, double decay) {
    return new AdamW(Adam.of(rate), decay);
  }

  /** The same with a schedule, which acts on the decay as well. */
  public AdamW withSchedule(Schedule schedule) {
    return new AdamW(adam.withSchedule(schedule), decay);
  }

  @Override
  public Descent start(int size) {
    Descent steps = adam.start(size);
    return (theta, gradient, progress) -> {
      double kept = 1 - adam.rate() * adam.schedule().factor(progress) * decay;
      double[] shrunken = new double[size];
      for (int i = 0; i < size; i++) {
        shrunken[i] = kept * theta[i];
      }
      return steps.step(shrunken, gradient, progress);
    };
  }
}
