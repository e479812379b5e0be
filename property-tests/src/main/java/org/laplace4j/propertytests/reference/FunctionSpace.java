package org.laplace4j.propertytests.reference;

import java.util.ArrayList;
import java.util.List;

/**
 * What the reference defines over functions, from the Jacobian J of the training points, in plain
 * loops: in place of (θ* − μ)ᵀ P₀ (θ* − μ), for each output where they are independent,
 *
 * <pre>
 *   mᵀ (J P₀⁻¹ Jᵀ + 10⁻⁵)⁻¹ m,  m = J (θ* − μ)       which it is without the jitter where J sees all of θ* − μ
 *   ∂/∂ log δᵢ = δᵢ uᵢ²,  u = P₀⁻¹ Jᵀ (J P₀⁻¹ Jᵀ + 10⁻⁵)⁻¹ m
 * </pre>
 *
 * @param offset θ* − μ
 * @param jacobians J of each output, or one of all
 */
record FunctionSpace(double[] offset, List<double[]> jacobians) {
  private static final double JITTER = 1e-5;

  static FunctionSpace of(Held held, Fitted posterior) {
    if (held.variant().isIndependent()) {
      return ofIndependentOutputs(held.of(), held.variant(), posterior);
    }
    double[] offset = Conversions.priorOffset(held.of(), held.variant());
    return new FunctionSpace(offset, List.of(posterior.jacobian(held.variant().x(held.of()))));
  }

  static FunctionSpace ofIndependentOutputs(
      ReferenceCase of, ReferenceVariant variant, Fitted posterior) {
    double[] offset = Conversions.priorOffset(of, variant);
    double[] j = posterior.jacobian(variant.x(of));
    var each = new ArrayList<double[]>();
    for (int c = 0; c < of.outputs(); c++) {
      each.add(everyRow(j, offset.length, c, of.outputs()));
    }
    return new FunctionSpace(offset, each);
  }

  /** Rows c, c + C, c + 2C, …. */
  private static double[] everyRow(double[] j, int size, int first, int step) {
    var rows = new double[j.length / step];
    for (int n = 0; n < rows.length / size; n++) {
      System.arraycopy(j, (n * step + first) * size, rows, n * size, size);
    }
    return rows;
  }

  double priorQuadratic(double[] precisions) {
    double sum = 0;
    for (double[] j : jacobians) {
      double[] m = seen(j);
      sum += dot(m, solve(j, precisions, m));
    }
    return sum;
  }

  /** Its gradient in each log δᵢ. */
  double[] slopes(double[] precisions) {
    var slopes = new double[offset.length];
    for (double[] j : jacobians) {
      double[] a = solve(j, precisions, seen(j));
      for (int i = 0; i < slopes.length; i++) {
        double ja = 0;
        for (int r = 0; r < a.length; r++) {
          ja += j[r * slopes.length + i] * a[r];
        }
        slopes[i] += ja * ja / precisions[i];
      }
    }
    return slopes;
  }

  /** m = J (θ* − μ). */
  private double[] seen(double[] j) {
    var m = new double[j.length / offset.length];
    for (int r = 0; r < m.length; r++) {
      for (int i = 0; i < offset.length; i++) {
        m[r] += j[r * offset.length + i] * offset[i];
      }
    }
    return m;
  }

  /** (J P₀⁻¹ Jᵀ + 10⁻⁵)⁻¹ m. */
  private double[] solve(double[] j, double[] precisions, double[] m) {
    int size = offset.length;
    int rows = m.length;
    var kernel = new double[rows * rows];
    for (int r = 0; r < rows; r++) {
      for (int s = 0; s <= r; s++) {
        for (int i = 0; i < size; i++) {
          kernel[r * rows + s] += j[r * size + i] * j[s * size + i] / precisions[i];
        }
      }
      kernel[r * rows + r] += JITTER;
    }
    return new DenseSymmetric(rows, kernel).solve(m);
  }

  /**
   * log evidence + ½ gᵀ P⁻¹ g, the evidence of the linearised regression; g is the gradient of the
   * log posterior at θ*.
   */
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
