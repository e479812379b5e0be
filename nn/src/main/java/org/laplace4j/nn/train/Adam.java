package org.laplace4j.nn.train;

/**
 * Adam (Kingma and Ba 2015): steps of about the rate's size in every coordinate.
 *
 * <pre>
 *   m ← β₁ m + (1 − β₁) g            m̂ = m / (1 − β₁ᵗ)         m = v = 0 before step t = 1
 *   v ← β₂ v + (1 − β₂) g²           v̂ = v / (1 − β₂ᵗ)
 *   θ ← θ − η m̂ / (√v̂ + ε)
 * </pre>
 *
 * @param rate η
 * @param beta1 β₁, the memory of the gradient
 * @param beta2 β₂, the memory of its square
 * @param epsilon ε, what keeps the step finite where the gradient vanishes
 * @param schedule the factor of η in the course of the run
 */
public record Adam(double rate, double beta1, double beta2, double epsilon, Schedule schedule)
    implements Optimizer {

  /** Checks that 0 &lt; η, 0 ≤ β &lt; 1 and 0 &lt; ε. */
  public Adam {
    Checks.positive("Adam", "rate", rate);
    Checks.fraction("Adam", "memory β₁", beta1);
    Checks.fraction("Adam", "memory β₂", beta2);
    Checks.positive("Adam", "ε", epsilon);
  }

  /** The paper's β₁ = 0.9, β₂ = 0.999 and ε = 1e−8, at a constant rate (the paper's is 0.001). */
  public static Adam of(double rate) {
    return new Adam(rate, 0.9, 0.999, 1e-8, Schedule.constant());
  }

  /** The same with other memories. */
  public Adam withBetas(double beta1, double beta2) {
    return new Adam(rate, beta1, beta2, epsilon, schedule);
  }

  /** The same with another ε. */
  public Adam withEpsilon(double epsilon) {
    return new Adam(rate, beta1, beta2, epsilon, schedule);
  }

  /** The same with a schedule. */
  public Adam withSchedule(Schedule schedule) {
    return new Adam(rate, beta1, beta2, epsilon, schedule);
  }

  @Override
  public Descent start(int size) {
    return new Run(size);
  }

  /** The moments, and the powers βᵗ kept as products: the same bits whatever the platform's pow. */
  private final class Run implements Descent {
    private final double[] m;
    private final double[] v;
    private double beta1Power = 1;
    private double beta2Power = 1;

    Run(int size) {
      this.m = new double[size];
      this.v = new double[size];
    }

    @Override
    public double[] step(double[] theta, double[] gradient, double progress) {
      beta1Power *= beta1;
      beta2Power *= beta2;
      double eta = rate * schedule.factor(progress);
      double[] next = new double[m.length];
      for (int i = 0; i < m.length; i++) {
        double g = gradient[i];
        m[i] = beta1 * m[i] + (1 - beta1) * g;
        v[i] = beta2 * v[i] + (1 - beta2) * g * g;
        double mHat = m[i] / (1 - beta1Power);
        double vHat = v[i] / (1 - beta2Power);
        next[i] = theta[i] - eta * mHat / (Math.sqrt(vHat) + epsilon);
      }
      return next;
    }
  }
}
