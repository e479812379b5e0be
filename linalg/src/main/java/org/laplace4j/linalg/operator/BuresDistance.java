package org.laplace4j.linalg.operator;

import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Cholesky;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.PolarFactor;

/**
 * The squared Bures distance of two covariances given by their inverses: the squared 2-Wasserstein
 * distance of N(0, P⁻¹) and N(0, Q⁻¹) (Dowson and Landau 1982).
 *
 * <pre>
 *   tr(P⁻¹ + Q⁻¹ − 2 (P^-½ Q⁻¹ P^-½)^½) = min ‖M − N U‖²_F over orthogonal U, M Mᵀ = P⁻¹, N Nᵀ = Q⁻¹
 *
 *   both diagonal, or in the same Kronecker basis    Σᵢ (sᵢ^-½ − tᵢ^-½)² over the eigenvalues
 *   others                                           U is the polar factor of NᵀM, all of it dense
 *   blocks                                           the sum over the blocks that both have
 * </pre>
 *
 * <p>Each form is a sum of squares, so it is at least zero, and small ones keep their digits. The
 * dense form is refused beyond {@value #LIMIT} elements.
 */
public final class BuresDistance {
  private static final int LIMIT = 1024;

  private BuresDistance() {}

  /** The squared distance. */
  public static double squared(SpdOperator p, SpdOperator q) {
    return OperatorPairs.of("BuresDistance", p, q).stream()
        .mapToDouble(pair -> ofBlock(pair.p(), pair.q()))
        .reduce(0, Double::sum); // in order
  }

  private static double ofBlock(SpdOperator p, SpdOperator q) {
    if (p instanceof DiagonalSpd && q instanceof DiagonalSpd) {
      return ofEigenvalues(p.diagonal(), q.diagonal());
    }
    if (p instanceof KroneckerBasisSpd ofP
        && q instanceof KroneckerBasisSpd ofQ
        && ofP.hasBasisOf(ofQ)) {
      return ofEigenvalues(ofP.s().array(), ofQ.s().array());
    }
    return dense(p, q);
  }

  private static double ofEigenvalues(double[] s, double[] t) {
    double sum = 0;
    for (int i = 0; i < s.length; i++) {
      double difference = 1 / Math.sqrt(s[i]) - 1 / Math.sqrt(t[i]);
      sum += difference * difference;
    }
    return sum;
  }

  private static double dense(SpdOperator p, SpdOperator q) {
    if (p.size() > LIMIT) {
      throw new IllegalArgumentException(String.format(
          "BuresDistance: for a %s and a %s of other bases there is no closed form, and %,d elements are too many for"
              + " a dense one; at most %,d are taken. Compare over fewer weights, or ask for the Kullback–Leibler"
              + " divergence.",
          p.getClass().getSimpleName(), q.getClass().getSimpleName(), p.size(), LIMIT));
    }
    Matrix m = root(p);
    Matrix n = root(q);
    Matrix difference = m.minus(n.times(PolarFactor.of(n.transposeTimes(m))));
    return Arrays.dot(difference.array(), difference.array());
  }

  /** L⁻ᵀ: a root of the inverse. */
  private static Matrix root(SpdOperator p) {
    Cholesky factor = p instanceof DenseSpd dense ? dense.factor() : new Cholesky(p.toDense());
    return factor.solveUpper(Matrix.identity(p.size()));
  }
}
