package org.laplace4j.linalg;

import java.util.function.UnaryOperator;

/**
 * A symmetric positive definite M near to a P that is known only by its products: everything about
 * M is cheap.
 *
 * @param size n
 * @param logDet log det M
 * @param solve r ↦ M⁻¹ r, a new array
 * @param noiseSize the length of the noise that {@code colour} takes
 * @param colour ε ↦ W ε with W Wᵀ = M, a new array
 */
public record Preconditioner(
    int size,
    double logDet,
    UnaryOperator<double[]> solve,
    int noiseSize,
    UnaryOperator<double[]> colour) {

  /** M = I. */
  public static Preconditioner identity(int n) {
    return new Preconditioner(n, 0, double[]::clone, n, double[]::clone);
  }

  /** M = diag(d), each entry positive and finite. */
  public static Preconditioner diagonal(double[] d) {
    double[] inverse = Arrays.reciprocal(Arrays.requirePositive("Preconditioner.diagonal", d));
    double[] root = Arrays.sqrt(d);
    return new Preconditioner(
        d.length,
        Arrays.sumLog(d),
        r -> Arrays.times(inverse, r),
        d.length,
        e -> Arrays.times(root, e));
  }
}
