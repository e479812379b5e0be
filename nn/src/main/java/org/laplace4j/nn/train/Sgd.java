package org.laplace4j.nn.train;

/**
 * Gradient descent with momentum.
 *
 * <pre>
 *   v ← μ v + g                 v = 0 at the start
 *   θ ← θ − η v                 or, with Nesterov's momentum,  θ ← θ − η (g + μ v)
 * </pre>
 *
 * <p>The form of PyTorch: the rate η is not inside v, so a schedule acts on past gradients as well.
 *
 * @param rate η
 * @param momentum μ, 0 for plain descent
 * @param nesterov whether to look ahead
 * @param schedule the factor of η in the course of the run
 */
public record Sgd(double rate, double momentum, boolean nesterov, Schedule schedule)
    implements Optimizer {

  /** Checks that 0 &lt; η and 0 ≤ μ &lt; 1, and that Nesterov's momentum is not zero. */
  public Sgd {
    Checks.positive("Sgd", "rate", rate);
    Checks.fraction("Sgd", "momentum", momentum);
    if (nesterov && momentum == 0) {
      throw new IllegalArgumentException(
          "Sgd: Nesterov's momentum was asked for with a momentum of 0.0; give one, such as 0.9.");
    }
  }

  /** Plain descent at a constant rate. */
  public static Sgd of(double rate) {
    return new Sgd(rate, 0, false, Schedule.constant());
  }

  /** The same with momentum μ. */
  public Sgd withMomentum(double momentum) {
    return new Sgd(rate, momentum, nesterov, schedule);
  }

  /** The same with Nesterov's momentum μ. */
  public Sgd withNesterov(double momentum) {
    return new Sgd(rate, momentum, true, schedule);
  }

  /** The same with a schedule. */
  public Sgd withSchedule(Schedule schedule) {
    return new Sgd(rate, momentum, nesterov, schedule);
  }

  @Override
  public Descent start(int size) {
    double[] v = new double[size];
    return (theta, gradient, progress) -> {
      double eta = rate * schedule.factor(progress);
      double[] next = new double[size];
      for (int i = 0; i < size; i++) {
        v[i] = momentum * v[i] + gradient[i];
        next[i] = theta[i] - eta * (nesterov ? gradient[i] + momentum * v[i] : v[i]);
      }
      return next;
    };
  }
}
