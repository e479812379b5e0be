package org.laplace4j.autodiff;

import java.util.function.UnaryOperator;
import org.laplace4j.linalg.Arrays;

/**
 * The derivative of a function along a direction by central differences of fourth order.
 *
 * <pre>  f′ v ≈ (8 (f(x + h v) − f(x − h v)) − (f(x + 2 h v) − f(x − 2 h v))) / 12 h  </pre>
 *
 * <p>With h = 1e-3 the truncation (h⁴/30 of the fifth derivative) and the rounding (1e-16/h) are
 * both near 1e-13.
 */
final class CentralDifference {
  private static final double STEP = 1e-3;

  private CentralDifference() {}

  static double[] along(UnaryOperator<double[]> f, double[] x, double[] v) {
    double[] near = difference(f, x, v, STEP);
    double[] far = difference(f, x, v, 2 * STEP);
    return Arrays.scale(Arrays.minus(Arrays.scale(near, 8), far), 1 / (12 * STEP));
  }

  private static double[] difference(UnaryOperator<double[]> f, double[] x, double[] v, double h) {
    return Arrays.minus(f.apply(moved(x, v, h)), f.apply(moved(x, v, -h)));
  }

  private static double[] moved(double[] x, double[] v, double h) {
    double[] moved = x.clone();
    Arrays.addScaled(h, v, moved);
    return moved;
  }
}
