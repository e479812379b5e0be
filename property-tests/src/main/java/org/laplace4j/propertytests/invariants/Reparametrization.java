package org.laplace4j.propertytests.invariants;

import org.laplace4j.linalg.Matrix;

/**
 * The same weights written down otherwise: each in another place, and in another unit.
 *
 * <pre>  θ′ᵢ = cᵢ θ_s(i)      δ′ᵢ = δ_s(i) / cᵢ²      P′ᵢⱼ = P_s(i)s(j) / (cᵢ cⱼ)  </pre>
 *
 * @param source s, (Θ)
 * @param scale c, (Θ), none of them 0
 */
public record Reparametrization(int[] source, double[] scale) {

  /** Copies the arrays. */
  public Reparametrization {
    if (source.length != scale.length) {
      throw new IllegalArgumentException("Reparametrization: " + source.length + " places and "
          + scale.length + " scales were given; give one of each an entry.");
    }
    source = source.clone();
    scale = scale.clone();
  }

  @Override
  public int[] source() {
    return source.clone();
  }

  @Override
  public double[] scale() {
    return scale.clone();
  }

  /** θ′ of θ. */
  public double[] weights(double[] theta) {
    double[] carried = new double[source.length];
    for (int i = 0; i < carried.length; i++) carried[i] = scale[i] * theta[source[i]];
    return carried;
  }

  /** δ′ of δ: the prior of θ′ that says the same. */
  public double[] precisions(double[] delta) {
    double[] carried = new double[source.length];
    for (int i = 0; i < carried.length; i++) {
      carried[i] = delta[source[i]] / (scale[i] * scale[i]);
    }
    return carried;
  }

  /** P′ of P. */
  public Matrix precision(Matrix p) {
    double[] inverse = new double[scale.length];
    for (int i = 0; i < inverse.length; i++) inverse[i] = 1 / scale[i];
    return p.select(source, source).scaleRows(inverse).scaleColumns(inverse);
  }
}
