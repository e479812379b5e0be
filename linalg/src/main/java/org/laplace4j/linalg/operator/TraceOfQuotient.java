package org.laplace4j.linalg.operator;

import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.rows.DenseRows;

/**
 * tr(Q P⁻¹) of two operators: how much wider P⁻¹ is than Q⁻¹, summed over the directions of Q⁻¹.
 *
 * <pre>
 *   one of them diagonal         Σᵢ Qᵢᵢ (P⁻¹)ᵢᵢ
 *   both in a Kronecker basis    ⟨T, (V_BᵀU_B)² (1/S) ((V_AᵀU_A)²)ᵀ⟩ for Q = (V_B ⊗ V_A) diag(T) (V_B ⊗ V_A)ᵀ,
 *                                the squares element by element
 *   Q = D + Gᵀ G                 Σᵢ dᵢ (P⁻¹)ᵢᵢ + tr(G P⁻¹ Gᵀ);  a dense Q = L Lᵀ is D = 0, G = Lᵀ
 *   others                       Σⱼ mⱼᵀ Q mⱼ over the columns of M, M Mᵀ = P⁻¹
 *   blocks                       the sum over the blocks that both have
 * </pre>
 *
 * <p>The columns of M cost a draw and a product each: refused beyond {@value #LIMIT} of them.
 */
public final class TraceOfQuotient {
  private static final int LIMIT = 8192;

  private TraceOfQuotient() {}

  /** tr(Q P⁻¹). */
  public static double of(SpdOperator q, SpdOperator p) {
    return OperatorPairs.of("TraceOfQuotient", p, q).stream()
        .mapToDouble(pair -> ofBlock(pair.q(), pair.p()))
        .reduce(0, Double::sum); // in order
  }

  private static double ofBlock(SpdOperator q, SpdOperator p) {
    if (q instanceof DiagonalSpd || p instanceof DiagonalSpd) {
      return Arrays.dot(q.diagonal(), p.inverseDiagonal());
    }
    if (q instanceof KroneckerBasisSpd ofQ
        && p instanceof KroneckerBasisSpd ofP
        && ofQ.hasShapeOf(ofP)) {
      return ofBases(ofQ, ofP);
    }
    if (q instanceof DenseSpd dense) {
      Matrix root = dense.factor().lower().transpose();
      return Arrays.sum(p.inverseQuadraticDiagonal(new DenseRows(root, root.rows(), 1)));
    }
    if (q instanceof LowRankPlusDiagonal low) {
      return Arrays.dot(low.d(), p.inverseDiagonal())
          + sum(low.rank(), low::column, f -> Arrays.dot(f, p.solve(f)));
    }
    if (q instanceof RowsPlusDiagonal rows) {
      return Arrays.dot(rows.d(), p.inverseDiagonal())
          + Arrays.sum(p.inverseQuadraticDiagonal(rows.g()));
    }
    return byColumns(q, p);
  }

  private static double ofBases(KroneckerBasisSpd q, KroneckerBasisSpd p) {
    Matrix b = q.uB().transposeTimes(p.uB());
    Matrix a = q.uA().transposeTimes(p.uA());
    Matrix inverse = Matrix.adopt(b.cols(), a.cols(), Arrays.reciprocal(p.s().array()));
    Matrix seen = b.hadamard(b).times(inverse).timesTranspose(a.hadamard(a));
    return Arrays.dot(q.s().array(), seen.array());
  }

  private static double byColumns(SpdOperator q, SpdOperator p) {
    int columns = p.noiseSize();
    if (columns > LIMIT) {
      throw new IllegalArgumentException(String.format(
          "TraceOfQuotient: for a %s and a %s there is no closed form, and %,d draws, one an element, would be"
              + " needed; at most %,d are made. Compare posteriors of the same structure, or over fewer weights.",
          q.getClass().getSimpleName(), p.getClass().getSimpleName(), columns, LIMIT));
    }
    return sum(columns, j -> p.unwhiten(unit(columns, j)), m -> Arrays.dot(m, q.times(m)));
  }

  private static double[] unit(int size, int j) {
    double[] unit = new double[size];
    unit[j] = 1;
    return unit;
  }

  /** Σⱼ f(vⱼ), in order. */
  private static double sum(int count, IntFunction<double[]> v, ToDoubleFunction<double[]> f) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += f.applyAsDouble(v.apply(j));
    }
    return sum;
  }
}
