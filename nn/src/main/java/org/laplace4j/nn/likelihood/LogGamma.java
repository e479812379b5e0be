package org.laplace4j.nn.likelihood;

/**
 * log Γ(x) for x > 0: Stirling's series where x is large, and Γ(x + 1) = x Γ(x) to get there.
 *
 * <pre>  log Γ(x) = (x − ½) log x − x + ½ log 2π + Σⱼ B₂ⱼ / (2j (2j − 1) x²ʲ⁻¹)  </pre>
 */
final class LogGamma {
  private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  /** From here the first term left out, 0.0064 x⁻¹³, is below 1e-16. */
  private static final double LARGE = 14;

  /** B₂ⱼ / (2j (2j − 1)) for j = 6, …, 1. */
  private static final double[] SERIES = {
    -691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12
  };

  private LogGamma() {}

  /** log Γ(x). */
  static double at(double x) {
    double product = 1;
    double large = x;
    while (large < LARGE) {
      product *= large++;
    }
    double series = 0;
    for (double coefficient : SERIES) {
      series = series / (large * large) + coefficient;
    }
    return (large - 0.5) * Math.log(large)
        - large
        + HALF_LOG_TWO_PI
        + series / large
        - Math.log(product);
  }
}
