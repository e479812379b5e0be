package org.laplace4j.propertytests.reference;

/**
 * Two numbers of a functional posterior that the reference defines over functions, from the
 * Jacobian J of the training points, in plain loops.
 *
 * <pre>
 *   mᵀ (J P₀⁻¹ Jᵀ + 10⁻⁵)⁻¹ m,  m = J (θ* − μ)       in place of (θ* − μ)ᵀ P₀ (θ* − μ), which it is
 *                                                   without the jitter where J sees all of θ* − μ
 *   log evidence + ½ gᵀ P⁻¹ g                       the evidence of the linearised regression;
 *                                                   g is the gradient of the log posterior at θ*
 * </pre>
 */
final class FunctionSpace {
  private static final double JITTER = 1e-5;

  private FunctionSpace() {}

  static double priorQuadratic(Held held, Fitted posterior) {
    double[] offset = Conversions.priorOffset(held.of(), held.variant());
    double[] precisions = posterior.priorPrecisions();
    double[] j = posterior.jacobian(held.variant().x(held.of()));
    int size = offset.length;
    int rows = j.length / size;
    var m = new double[rows];
    var kernel = new double[rows * rows];
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < size; i++) {
        m[r] += j[r * size + i] * offset[i];
      }
      for (int s = 0; s <= r; s++) {
        for (int i = 0; i < size; i++) {
          kernel[r * rows + s] += j[r * size + i] * j[s * size + i] / precisions[i];
        }
      }
      kernel[r * rows + r] += JITTER;
    }
    return dot(m, new DenseSymmetric(rows, kernel).solve(m));
  }

  static double linearizedEvidence(Held held) {
    Inputs x = held.variant().x(held.of());
    double[] offset = Conversions.priorOffset(held.of(), held.variant());
    double[] precisions = held.fitted().priorPrecisions();
    double[] j = held.fitted().jacobian(x);
    double[] f = held.fitted().outputs(x);
    double[] y = held.variant().y(held.of());
    double variance = held.variant().sigmaNoise() * held.variant().sigmaNoise();
    var gradient = new double[offset.length];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = -precisions[i] * offset[i];
      for (int r = 0; r < f.length; r++) {
        gradient[i] += j[r * offset.length + i] * (y[r] - f[r]) / variance;
      }
    }
    return held.fitted().logMarginalLikelihood()
        + 0.5 * dot(gradient, held.fitted().solve(gradient));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
