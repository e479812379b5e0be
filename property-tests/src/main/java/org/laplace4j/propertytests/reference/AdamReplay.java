package org.laplace4j.propertytests.reference;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.laplace4j.interop.Json;

/**
 * The optimiser of the reference, step for step: Adam on log δ, which stops before it has
 * converged.
 *
 * <pre>
 *   g = −½ Σᵢ (1 − δ (P⁻¹)ᵢᵢ − δ (θ*ᵢ − μᵢ)²)        the gradient of −log evidence, i over the elements that share δ
 *   m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
 *   log δ ← log δ − rate · m / (1 − β₁ᵗ) / (√v / √(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * @param steps the number of steps
 * @param rate the learning rate
 * @param initial δ before the first step
 */
public record AdamReplay(int steps, double rate, double initial) {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPSILON = 1e-8;

  static AdamReplay from(Json json) throws IOException {
    return new AdamReplay(
        json.get("n_steps").integer(),
        json.get("lr").number(),
        json.get("init_prior_prec").number());
  }

  /**
   * The precisions after the last step.
   *
   * @param posterior any posterior with the curvature of the variant
   */
  Precisions tune(
      ReferenceCase of, ReferenceVariant variant, Fitted posterior, Precisions.Form form) {
    Pulled pulled = variant.isIndependent()
        ? FunctionSpace.ofIndependentOutputs(of, variant, posterior)::slopes
        : delta -> squares(delta, Conversions.priorOffset(of, variant));
    List<Integer> blocks = variant.blocks(of);
    int[] groups = Precisions.groups(form, blocks);
    var logDelta = new double[groups.length];
    var m = new double[groups.length];
    var v = new double[groups.length];
    Arrays.fill(logDelta, Math.log(initial));
    for (int t = 1; t <= steps; t++) {
      var delta = new Precisions(form, exp(logDelta));
      Fitted there = posterior.with(delta, variant.sigmaNoise());
      double[] determinant = there.determinantGradient();
      double[] squares = pulled.squares(there.priorPrecisions());
      double mScale = 1 - Math.pow(BETA1, t);
      double vScale = Math.sqrt(1 - Math.pow(BETA2, t));
      int at = 0;
      for (int k = 0; k < groups.length; k++) {
        double gradient = 0;
        for (int end = at + groups[k]; at < end; at++) {
          gradient -= determinant[at] - 0.5 * squares[at];
        }
        m[k] = BETA1 * m[k] + (1 - BETA1) * gradient;
        v[k] = BETA2 * v[k] + (1 - BETA2) * gradient * gradient;
        logDelta[k] -= rate * m[k] / mScale / (Math.sqrt(v[k]) / vScale + EPSILON);
      }
    }
    return new Precisions(form, exp(logDelta));
  }

  /** δᵢ (θ*ᵢ − μᵢ)², of every element: the gradient of the quadratic term in each log δᵢ. */
  private interface Pulled {
    double[] squares(double[] delta);
  }

  private static double[] squares(double[] delta, double[] offset) {
    var squares = new double[delta.length];
    Arrays.setAll(squares, i -> delta[i] * offset[i] * offset[i]);
    return squares;
  }

  private static double[] exp(double[] x) {
    return Arrays.stream(x).map(Math::exp).toArray();
  }
}
