package org.laplace4j.linalg.rows;

import java.util.Optional;
import org.laplace4j.linalg.Matrix;

/**
 * A weight W (out, in) and its bias b (out) as one weight [W b] (out, in + 1) of the inputs [a; 1]:
 * W a + b = [W b] [a; 1], so the rows δ ⊗ a and δ ⊗ 1 are parts of the rows δ ⊗ [a; 1].
 */
public final class HomogeneousInput {

  private HomogeneousInput() {}

  /**
   * The rows of [W b], shape (N·K, out·(in + 1)), if the given ones are those of a weight and its
   * bias: both Khatri–Rao, with the same Δ, the second with inputs of one.
   */
  public static Optional<KhatriRaoRows> of(Rows weight, Rows bias) {
    if (weight instanceof KhatriRaoRows w
        && bias instanceof KhatriRaoRows b
        && isOne(b.a())
        && w.delta().equals(b.delta())) {
      return Optional.of(new KhatriRaoRows(w.delta(), withOne(w.a())));
    }
    return Optional.empty();
  }

  private static boolean isOne(Matrix a) {
    for (double value : a.array()) {
      if (value != 1) return false;
    }
    return a.cols() == 1;
  }

  private static Matrix withOne(Matrix a) {
    int in = a.cols();
    var values = new double[Math.multiplyExact(a.rows(), in + 1)];
    for (int n = 0; n < a.rows(); n++) {
      System.arraycopy(a.array(), n * in, values, n * (in + 1), in);
      values[n * (in + 1) + in] = 1;
    }
    return Matrix.adopt(a.rows(), in + 1, values);
  }
}
