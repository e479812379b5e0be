package org.laplace4j.linalg.operator;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.laplace4j.linalg.Arrays;
import org.laplace4j.linalg.Matrix;
import org.laplace4j.linalg.SymmetricEigen;

/**
 * H = S Q Sᵀ: the rows and columns of Q = (U_B ⊗ U_A) diag(s) (U_B ⊗ U_A)ᵀ ⪰ 0 that belong to some
 * elements of a weight (out, in). S picks Θ places out of out·in.
 *
 * <pre>
 *   H v     = what U_B ((U_Bᵀ V U_A) ∘ s) U_Aᵀ has at the places, V zero elsewhere    (B V A for a Kronecker product)
 *   root ε  = what U_B (E ∘ √s) U_Aᵀ has at the places: its covariance is H
 *   diag H  = what (U_B ∘ U_B) s (U_A ∘ U_A)ᵀ has at the places
 * </pre>
 *
 * @param uB the eigenvectors U_B, (out, out)
 * @param uA the eigenvectors U_A, (in, in)
 * @param s the eigenvalues, (out, in), none negative
 * @param product V ↦ Q V for V (out, in)
 * @param places row-major, ascending
 */
record KroneckerPart(Matrix uB, Matrix uA, Matrix s, UnaryOperator<Matrix> product, int[] places) {

  /** Of B ⊗ A: s = λ_B λ_Aᵀ, and a product takes half the work. */
  static KroneckerPart of(SymmetricEigen b, SymmetricEigen a, int[] places) {
    double[] lambdaB = KroneckerBasisSpd.clipped("the factor B", b.values());
    double[] lambdaA = KroneckerBasisSpd.clipped("the factor A", a.values());
    Matrix wholeB = b.vectors().scaleColumns(lambdaB).timesTranspose(b.vectors());
    Matrix wholeA = a.vectors().scaleColumns(lambdaA).timesTranspose(a.vectors());
    Matrix s =
        Matrix.adopt(lambdaB.length, 1, lambdaB).times(Matrix.adopt(1, lambdaA.length, lambdaA));
    return new KroneckerPart(
        b.vectors(), a.vectors(), s, v -> wholeB.times(v).times(wholeA), places);
  }

  /** Of any eigenvalues. */
  static KroneckerPart of(Matrix uB, Matrix uA, Matrix s, int[] places) {
    return new KroneckerPart(
        uB,
        uA,
        s,
        v -> uB.times(uB.transposeTimes(v).times(uA).hadamard(s)).timesTranspose(uA),
        places);
  }

  /** Θ. */
  int size() {
    return places.length;
  }

  /** out·in. */
  int touched() {
    return s.array().length;
  }

  double[] times(double[] v) {
    double[] whole = new double[touched()];
    for (int e = 0; e < places.length; e++) whole[places[e]] = v[e];
    return atPlaces(product.apply(weight(whole)));
  }

  /** R ε with R Rᵀ = H, for ε (out·in). */
  double[] root(double[] noise) {
    Matrix scaled = weight(Arrays.times(noise, Arrays.sqrt(s.array())));
    return atPlaces(uB.times(scaled).timesTranspose(uA));
  }

  double[] diagonal() {
    return atPlaces(uB.hadamard(uB).times(s).timesTranspose(uA.hadamard(uA)));
  }

  /** Q + δ I, whatever the places. */
  KroneckerBasisSpd plus(double delta) {
    double[] sum = Arrays.map(s.array(), v -> v + delta);
    return KroneckerBasisSpd.of(uB, uA, weight(sum));
  }

  /** F (Θ, count) with F Fᵀ = S Q' Sᵀ, where Q' keeps the largest eigenvalues of Q. */
  Matrix leadingRoot(int count) {
    int[] leading = IntStream.range(0, touched())
        .boxed()
        .sorted((i, j) -> Double.compare(s.array()[j], s.array()[i]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
    int in = uA.rows();
    double[] f = new double[Math.multiplyExact(size(), count)];
    for (int e = 0, at = 0; e < places.length; e++) {
      for (int k : leading) {
        f[at++] = uB.get(places[e] / in, k / in)
            * uA.get(places[e] % in, k % in)
            * Math.sqrt(s.array()[k]);
      }
    }
    return Matrix.adopt(size(), count, f);
  }

  private double[] atPlaces(Matrix whole) {
    double[] picked = new double[places.length];
    for (int e = 0; e < picked.length; e++) picked[e] = whole.array()[places[e]];
    return picked;
  }

  private Matrix weight(double[] v) {
    return Matrix.adopt(s.rows(), s.cols(), v);
  }
}
